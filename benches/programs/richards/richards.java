import java.util.ArrayList;

class Main {
    static final int IDLE = 0, WORKER = 1, HANDLER_A = 2, HANDLER_B = 3, DEVICE_A = 4, DEVICE_B = 5;
    static final int KIND_DEVICE = 0, KIND_WORK = 1;
    static final int DATA_SIZE = 4;
    static final int HAS_PACKET = 1, SUSPENDED = 2, HELD = 4;

    static final class Packet {
        Packet link;
        int target;
        final int kind;
        int position = 0;
        final int[] data = new int[DATA_SIZE];

        Packet(Packet link, int target, int kind) {
            this.link = link;
            this.target = target;
            this.kind = kind;
        }

        Packet addedTo(Packet queue) {
            link = null;
            if (queue == null) return this;
            Packet last = queue, next = last.link;
            while (next != null) {
                last = next;
                next = last.link;
            }
            last.link = this;
            return queue;
        }
    }

    static abstract class Task {
        final Scheduler scheduler;
        final Task link;
        final int number;
        final long priority;
        Packet queue;
        int state;

        Task(Scheduler scheduler, int number, long priority, Packet queue) {
            this.scheduler = scheduler;
            this.link = scheduler.first;
            this.number = number;
            this.priority = priority;
            this.queue = queue;
            this.state = queue == null ? SUSPENDED : SUSPENDED | HAS_PACKET;
            scheduler.add(this);
        }

        abstract Task work(Packet packet);

        boolean isHeldOrSuspended() {
            return (state & HELD) != 0 || state == SUSPENDED;
        }

        Task run() {
            Packet packet = null;
            if (state == (SUSPENDED | HAS_PACKET)) {
                packet = queue;
                queue = packet.link;
                state = queue == null ? 0 : HAS_PACKET;
            }
            return work(packet);
        }

        Task accept(Task running, Packet packet) {
            boolean wasIdle = queue == null;
            queue = packet.addedTo(queue);
            if (wasIdle) {
                state |= HAS_PACKET;
                if (priority > running.priority) return this;
            }
            return running;
        }
    }

    static final class IdleTask extends Task {
        long register = 1;
        long count;

        IdleTask(Scheduler scheduler, long count) {
            super(scheduler, IDLE, 0, null);
            this.count = count;
            this.state = 0;
        }

        @Override
        Task work(Packet packet) {
            count--;
            if (count == 0) return scheduler.holdCurrent();
            if ((register & 1) == 0) {
                register >>= 1;
                return scheduler.release(DEVICE_A);
            }
            register = register >> 1 ^ 0xD008;
            return scheduler.release(DEVICE_B);
        }
    }

    static final class WorkerTask extends Task {
        int target = HANDLER_A;
        int letter = 0;

        WorkerTask(Scheduler scheduler, Packet queue) {
            super(scheduler, WORKER, 1000, queue);
        }

        @Override
        Task work(Packet packet) {
            if (packet == null) return scheduler.suspendCurrent();
            target = target == HANDLER_A ? HANDLER_B : HANDLER_A;
            packet.target = target;
            packet.position = 0;
            for (int at = 0; at < DATA_SIZE; at++) {
                letter = letter % 26 + 1;
                packet.data[at] = letter;
            }
            return scheduler.send(packet);
        }
    }

    static final class HandlerTask extends Task {
        Packet workQueue = null, deviceQueue = null;

        HandlerTask(Scheduler scheduler, int number, long priority, Packet queue) {
            super(scheduler, number, priority, queue);
        }

        @Override
        Task work(Packet packet) {
            if (packet != null) {
                if (packet.kind == KIND_WORK) workQueue = packet.addedTo(workQueue);
                else deviceQueue = packet.addedTo(deviceQueue);
            }
            Packet work = workQueue;
            if (work != null) {
                if (work.position == DATA_SIZE) {
                    workQueue = work.link;
                    return scheduler.send(work);
                }
                Packet free = deviceQueue;
                if (free != null) {
                    deviceQueue = free.link;
                    free.position = work.data[work.position];
                    work.position++;
                    return scheduler.send(free);
                }
            }
            return scheduler.suspendCurrent();
        }
    }

    static final class DeviceTask extends Task {
        Packet pending = null;

        DeviceTask(Scheduler scheduler, int number, long priority) {
            super(scheduler, number, priority, null);
        }

        @Override
        Task work(Packet packet) {
            if (packet == null) {
                Packet done = pending;
                if (done == null) return scheduler.suspendCurrent();
                pending = null;
                return scheduler.send(done);
            }
            pending = packet;
            return scheduler.holdCurrent();
        }
    }

    static final class Scheduler {
        Task first = null, current = null;
        final ArrayList<Task> tasks = new ArrayList<>();
        long sent = 0, holds = 0;

        void add(Task task) {
            first = task;
            tasks.add(task);
        }

        void run() {
            current = first;
            while (true) {
                Task task = current;
                if (task == null) return;
                current = task.isHeldOrSuspended() ? task.link : task.run();
            }
        }

        Task release(int number) {
            Task task = tasks.get(number);
            task.state &= ~HELD;
            Task running = current;
            return task.priority > running.priority ? task : running;
        }

        Task holdCurrent() {
            Task running = current;
            holds++;
            running.state |= HELD;
            return running.link;
        }

        Task suspendCurrent() {
            Task running = current;
            running.state |= SUSPENDED;
            return running;
        }

        Task send(Packet packet) {
            Task running = current;
            Task receiver = tasks.get(packet.target);
            sent++;
            packet.link = null;
            packet.target = running.number;
            return receiver.accept(running, packet);
        }
    }

    static Packet packets(int count, int target, int kind) {
        Packet queue = null;
        for (int n = 0; n < count; n++) queue = new Packet(queue, target, kind);
        return queue;
    }

    static Scheduler simulate(long count) {
        Scheduler scheduler = new Scheduler();
        new IdleTask(scheduler, count);
        new WorkerTask(scheduler, packets(2, WORKER, KIND_WORK));
        new HandlerTask(scheduler, HANDLER_A, 2000, packets(3, DEVICE_A, KIND_DEVICE));
        new HandlerTask(scheduler, HANDLER_B, 3000, packets(3, DEVICE_B, KIND_DEVICE));
        new DeviceTask(scheduler, DEVICE_A, 4000);
        new DeviceTask(scheduler, DEVICE_B, 5000);
        scheduler.run();
        return scheduler;
    }

    public static void main(String[] args) {
        Scheduler scheduler = simulate(args.length > 0 ? Long.parseLong(args[0]) : 4000000);
        System.out.println(scheduler.sent + " " + scheduler.holds);
    }
}
