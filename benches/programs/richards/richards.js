const IDLE = 0;
const WORKER = 1;
const HANDLER_A = 2;
const HANDLER_B = 3;
const DEVICE_A = 4;
const DEVICE_B = 5;

const KIND_DEVICE = 0;
const KIND_WORK = 1;

const DATA_SIZE = 4;

const HAS_PACKET = 1;
const SUSPENDED = 2;
const HELD = 4;

class Packet {
  constructor(link, target, kind) {
    this.link = link;
    this.target = target;
    this.kind = kind;
    this.position = 0;
    this.data = new Array(DATA_SIZE).fill(0);
  }

  addedTo(queue) {
    this.link = null;
    if (queue === null) return this;
    let last = queue, next = last.link;
    while (next !== null) {
      last = next;
      next = last.link;
    }
    last.link = this;
    return queue;
  }
}

class Task {
  constructor(scheduler, number, priority, queue) {
    this.scheduler = scheduler;
    this.link = scheduler.first;
    this.number = number;
    this.priority = priority;
    this.queue = queue;
    this.state = queue === null ? SUSPENDED : SUSPENDED | HAS_PACKET;
    scheduler.add(this);
  }

  isHeldOrSuspended() {
    return (this.state & HELD) !== 0 || this.state === SUSPENDED;
  }

  run() {
    let packet = null;
    if (this.state === (SUSPENDED | HAS_PACKET)) {
      packet = this.queue;
      this.queue = packet.link;
      this.state = this.queue === null ? 0 : HAS_PACKET;
    }
    return this.work(packet);
  }

  accept(running, packet) {
    const wasIdle = this.queue === null;
    this.queue = packet.addedTo(this.queue);
    if (wasIdle) {
      this.state |= HAS_PACKET;
      if (this.priority > running.priority) return this;
    }
    return running;
  }
}

class IdleTask extends Task {
  constructor(scheduler, count) {
    super(scheduler, IDLE, 0, null);
    this.register = 1;
    this.count = count;
    this.state = 0;
  }

  work(packet) {
    this.count--;
    if (this.count === 0) return this.scheduler.holdCurrent();
    if ((this.register & 1) === 0) {
      this.register >>= 1;
      return this.scheduler.release(DEVICE_A);
    }
    this.register = (this.register >> 1) ^ 0xd008;
    return this.scheduler.release(DEVICE_B);
  }
}

class WorkerTask extends Task {
  constructor(scheduler, queue) {
    super(scheduler, WORKER, 1000, queue);
    this.target = HANDLER_A;
    this.letter = 0;
  }

  work(packet) {
    if (packet === null) return this.scheduler.suspendCurrent();
    this.target = this.target === HANDLER_A ? HANDLER_B : HANDLER_A;
    packet.target = this.target;
    packet.position = 0;
    for (let at = 0; at < DATA_SIZE; at++) {
      this.letter = (this.letter % 26) + 1;
      packet.data[at] = this.letter;
    }
    return this.scheduler.send(packet);
  }
}

class HandlerTask extends Task {
  constructor(scheduler, number, priority, queue) {
    super(scheduler, number, priority, queue);
    this.workQueue = null;
    this.deviceQueue = null;
  }

  work(packet) {
    if (packet !== null) {
      if (packet.kind === KIND_WORK) this.workQueue = packet.addedTo(this.workQueue);
      else this.deviceQueue = packet.addedTo(this.deviceQueue);
    }
    const work = this.workQueue;
    if (work !== null) {
      if (work.position === DATA_SIZE) {
        this.workQueue = work.link;
        return this.scheduler.send(work);
      }
      const free = this.deviceQueue;
      if (free !== null) {
        this.deviceQueue = free.link;
        free.position = work.data[work.position];
        work.position++;
        return this.scheduler.send(free);
      }
    }
    return this.scheduler.suspendCurrent();
  }
}

class DeviceTask extends Task {
  constructor(scheduler, number, priority) {
    super(scheduler, number, priority, null);
    this.pending = null;
  }

  work(packet) {
    if (packet === null) {
      const done = this.pending;
      if (done === null) return this.scheduler.suspendCurrent();
      this.pending = null;
      return this.scheduler.send(done);
    }
    this.pending = packet;
    return this.scheduler.holdCurrent();
  }
}

class Scheduler {
  constructor() {
    this.first = null;
    this.current = null;
    this.tasks = [];
    this.sent = 0;
    this.holds = 0;
  }

  add(task) {
    this.first = task;
    this.tasks.push(task);
  }

  run() {
    this.current = this.first;
    for (;;) {
      const task = this.current;
      if (task === null) return;
      this.current = task.isHeldOrSuspended() ? task.link : task.run();
    }
  }

  release(number) {
    const task = this.tasks[number];
    task.state &= ~HELD;
    const running = this.current;
    return task.priority > running.priority ? task : running;
  }

  holdCurrent() {
    const running = this.current;
    this.holds++;
    running.state |= HELD;
    return running.link;
  }

  suspendCurrent() {
    const running = this.current;
    running.state |= SUSPENDED;
    return running;
  }

  send(packet) {
    const running = this.current;
    const receiver = this.tasks[packet.target];
    this.sent++;
    packet.link = null;
    packet.target = running.number;
    return receiver.accept(running, packet);
  }
}

function packets(count, target, kind) {
  let queue = null;
  for (let n = 0; n < count; n++) queue = new Packet(queue, target, kind);
  return queue;
}

function simulate(count) {
  const scheduler = new Scheduler();
  new IdleTask(scheduler, count);
  new WorkerTask(scheduler, packets(2, WORKER, KIND_WORK));
  new HandlerTask(scheduler, HANDLER_A, 2000, packets(3, DEVICE_A, KIND_DEVICE));
  new HandlerTask(scheduler, HANDLER_B, 3000, packets(3, DEVICE_B, KIND_DEVICE));
  new DeviceTask(scheduler, DEVICE_A, 4000);
  new DeviceTask(scheduler, DEVICE_B, 5000);
  scheduler.run();
  return scheduler;
}

const scheduler = simulate(Number(process.argv[2] ?? 4000000));
console.log(`${scheduler.sent} ${scheduler.holds}`);
