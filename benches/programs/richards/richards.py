import sys

IDLE = 0
WORKER = 1
HANDLER_A = 2
HANDLER_B = 3
DEVICE_A = 4
DEVICE_B = 5

KIND_DEVICE = 0
KIND_WORK = 1

DATA_SIZE = 4

HAS_PACKET = 1
SUSPENDED = 2
HELD = 4


class Packet:
    __slots__ = ("link", "target", "kind", "position", "data")

    def __init__(self, link, target, kind):
        self.link = link
        self.target = target
        self.kind = kind
        self.position = 0
        self.data = [0] * DATA_SIZE

    def added_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        next = last.link
        while next is not None:
            last = next
            next = last.link
        last.link = self
        return queue


class Task:
    __slots__ = ("link", "number", "priority", "queue", "state", "scheduler")

    def __init__(self, scheduler, number, priority, queue):
        self.scheduler = scheduler
        self.link = scheduler.first
        self.number = number
        self.priority = priority
        self.queue = queue
        self.state = SUSPENDED if queue is None else SUSPENDED | HAS_PACKET
        scheduler.add(self)

    def is_held_or_suspended(self):
        return self.state & HELD != 0 or self.state == SUSPENDED

    def run(self):
        packet = None
        if self.state == SUSPENDED | HAS_PACKET:
            packet = self.queue
            if packet is not None:
                self.queue = packet.link
            self.state = 0 if self.queue is None else HAS_PACKET
        return self.work(packet)

    def accept(self, running, packet):
        was_idle = self.queue is None
        self.queue = packet.added_to(self.queue)
        if was_idle:
            self.state |= HAS_PACKET
            if self.priority > running.priority:
                return self
        return running


class IdleTask(Task):
    __slots__ = ("register", "count")

    def __init__(self, scheduler, count):
        self.register = 1
        self.count = count
        super().__init__(scheduler, IDLE, 0, None)
        self.state = 0

    def work(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.scheduler.hold_current()
        if self.register & 1 == 0:
            self.register >>= 1
            return self.scheduler.release(DEVICE_A)
        self.register = self.register >> 1 ^ 0xD008
        return self.scheduler.release(DEVICE_B)


class WorkerTask(Task):
    __slots__ = ("target", "letter")

    def __init__(self, scheduler, queue):
        self.target = HANDLER_A
        self.letter = 0
        super().__init__(scheduler, WORKER, 1000, queue)

    def work(self, packet):
        if packet is None:
            return self.scheduler.suspend_current()
        self.target = HANDLER_B if self.target == HANDLER_A else HANDLER_A
        packet.target = self.target
        packet.position = 0
        for at in range(DATA_SIZE):
            self.letter = self.letter % 26 + 1
            packet.data[at] = self.letter
        return self.scheduler.send(packet)


class HandlerTask(Task):
    __slots__ = ("work_queue", "device_queue")

    def __init__(self, scheduler, number, priority, queue):
        self.work_queue = None
        self.device_queue = None
        super().__init__(scheduler, number, priority, queue)

    def work(self, packet):
        if packet is not None:
            if packet.kind == KIND_WORK:
                self.work_queue = packet.added_to(self.work_queue)
            else:
                self.device_queue = packet.added_to(self.device_queue)
        work = self.work_queue
        if work is not None:
            if work.position == DATA_SIZE:
                self.work_queue = work.link
                return self.scheduler.send(work)
            free = self.device_queue
            if free is not None:
                self.device_queue = free.link
                free.position = work.data[work.position]
                work.position += 1
                return self.scheduler.send(free)
        return self.scheduler.suspend_current()


class DeviceTask(Task):
    __slots__ = ("pending",)

    def __init__(self, scheduler, number, priority):
        self.pending = None
        super().__init__(scheduler, number, priority, None)

    def work(self, packet):
        if packet is None:
            done = self.pending
            if done is None:
                return self.scheduler.suspend_current()
            self.pending = None
            return self.scheduler.send(done)
        self.pending = packet
        return self.scheduler.hold_current()


class Scheduler:
    __slots__ = ("first", "current", "tasks", "sent", "holds")

    def __init__(self):
        self.first = None
        self.current = None
        self.tasks = []
        self.sent = 0
        self.holds = 0

    def add(self, task):
        self.first = task
        self.tasks.append(task)

    def run(self):
        self.current = self.first
        while True:
            task = self.current
            if task is None:
                return
            if task.is_held_or_suspended():
                self.current = task.link
            else:
                self.current = task.run()

    def release(self, number):
        task = self.tasks[number]
        task.state &= ~HELD
        running = self.current
        return task if task.priority > running.priority else running

    def hold_current(self):
        running = self.current
        self.holds += 1
        running.state |= HELD
        return running.link

    def suspend_current(self):
        running = self.current
        running.state |= SUSPENDED
        return running

    def send(self, packet):
        running = self.current
        receiver = self.tasks[packet.target]
        self.sent += 1
        packet.link = None
        packet.target = running.number
        return receiver.accept(running, packet)


def packets(count, target, kind):
    queue = None
    for _ in range(count):
        queue = Packet(queue, target, kind)
    return queue


def simulate(count):
    scheduler = Scheduler()
    IdleTask(scheduler, count)
    WorkerTask(scheduler, packets(2, WORKER, KIND_WORK))
    HandlerTask(scheduler, HANDLER_A, 2000, packets(3, DEVICE_A, KIND_DEVICE))
    HandlerTask(scheduler, HANDLER_B, 3000, packets(3, DEVICE_B, KIND_DEVICE))
    DeviceTask(scheduler, DEVICE_A, 4000)
    DeviceTask(scheduler, DEVICE_B, 5000)
    scheduler.run()
    return scheduler


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 4000000
    scheduler = simulate(n)
    print(scheduler.sent, scheduler.holds)


main()
