#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B, TASKS };
enum { KIND_DEVICE, KIND_WORK };
enum { DATA_SIZE = 4 };
enum { HAS_PACKET = 1, SUSPENDED = 2, HELD = 4 };

typedef struct Packet {
    struct Packet *link;
    int64_t target, kind, position;
    int64_t *data;
} Packet;

typedef struct Task Task;
typedef struct Scheduler Scheduler;

/* The base of each kind of task, whose method is `work`. */
struct Task {
    Task *(*work)(Task *, Packet *);
    Scheduler *scheduler;
    Task *link;
    int64_t number, priority;
    Packet *queue;
    int64_t state;
};

struct Scheduler {
    Task *first, *current;
    Task *tasks[TASKS];
    int64_t count, sent, holds;
};

static Packet *added_to(Packet *packet, Packet *queue) {
    packet->link = NULL;
    if (!queue) return packet;
    Packet *last = queue;
    while (last->link) last = last->link;
    last->link = packet;
    return queue;
}

static int is_held_or_suspended(const Task *task) {
    return (task->state & HELD) != 0 || task->state == SUSPENDED;
}

static Task *run_task(Task *task) {
    Packet *packet = NULL;
    if (task->state == (SUSPENDED | HAS_PACKET)) {
        packet = task->queue;
        task->queue = packet->link;
        task->state = task->queue ? HAS_PACKET : 0;
    }
    return task->work(task, packet);
}

static Task *accept(Task *task, Task *running, Packet *packet) {
    int was_idle = task->queue == NULL;
    task->queue = added_to(packet, task->queue);
    if (was_idle) {
        task->state |= HAS_PACKET;
        if (task->priority > running->priority) return task;
    }
    return running;
}

static void run(Scheduler *scheduler) {
    scheduler->current = scheduler->first;
    while (scheduler->current) {
        Task *task = scheduler->current;
        scheduler->current = is_held_or_suspended(task) ? task->link : run_task(task);
    }
}

static Task *release(Scheduler *scheduler, int64_t number) {
    Task *task = scheduler->tasks[number], *running = scheduler->current;
    task->state &= ~(int64_t)HELD;
    return task->priority > running->priority ? task : running;
}

static Task *hold_current(Scheduler *scheduler) {
    Task *running = scheduler->current;
    scheduler->holds++;
    running->state |= HELD;
    return running->link;
}

static Task *suspend_current(Scheduler *scheduler) {
    Task *running = scheduler->current;
    running->state |= SUSPENDED;
    return running;
}

static Task *send(Scheduler *scheduler, Packet *packet) {
    Task *running = scheduler->current, *receiver = scheduler->tasks[packet->target];
    scheduler->sent++;
    packet->link = NULL;
    packet->target = running->number;
    return accept(receiver, running, packet);
}

typedef struct {
    Task base;
    int64_t shift, count;
} IdleTask;

static Task *work_idle(Task *task, Packet *packet) {
    IdleTask *self = (IdleTask *)task;
    (void)packet;
    self->count--;
    if (self->count == 0) return hold_current(task->scheduler);
    if ((self->shift & 1) == 0) {
        self->shift >>= 1;
        return release(task->scheduler, DEVICE_A);
    }
    self->shift = self->shift >> 1 ^ 0xD008;
    return release(task->scheduler, DEVICE_B);
}

typedef struct {
    Task base;
    int64_t target, letter;
} WorkerTask;

static Task *work_worker(Task *task, Packet *packet) {
    WorkerTask *self = (WorkerTask *)task;
    if (!packet) return suspend_current(task->scheduler);
    self->target = self->target == HANDLER_A ? HANDLER_B : HANDLER_A;
    packet->target = self->target;
    packet->position = 0;
    for (int64_t at = 0; at < DATA_SIZE; at++) {
        self->letter = self->letter % 26 + 1;
        packet->data[at] = self->letter;
    }
    return send(task->scheduler, packet);
}

typedef struct {
    Task base;
    Packet *work_queue, *device_queue;
} HandlerTask;

static Task *work_handler(Task *task, Packet *packet) {
    HandlerTask *self = (HandlerTask *)task;
    if (packet) {
        if (packet->kind == KIND_WORK) self->work_queue = added_to(packet, self->work_queue);
        else self->device_queue = added_to(packet, self->device_queue);
    }
    Packet *work = self->work_queue;
    if (work) {
        if (work->position == DATA_SIZE) {
            self->work_queue = work->link;
            return send(task->scheduler, work);
        }
        Packet *unused = self->device_queue;
        if (unused) {
            self->device_queue = unused->link;
            unused->position = work->data[work->position];
            work->position++;
            return send(task->scheduler, unused);
        }
    }
    return suspend_current(task->scheduler);
}

typedef struct {
    Task base;
    Packet *pending;
} DeviceTask;

static Task *work_device(Task *task, Packet *packet) {
    DeviceTask *self = (DeviceTask *)task;
    if (!packet) {
        Packet *done = self->pending;
        if (!done) return suspend_current(task->scheduler);
        self->pending = NULL;
        return send(task->scheduler, done);
    }
    self->pending = packet;
    return hold_current(task->scheduler);
}

/* Takes the rest of the task, zeroed, from `size`. */
static void *new_task(size_t size, Task *(*work)(Task *, Packet *), Scheduler *scheduler, int64_t number,
                      int64_t priority, Packet *queue) {
    Task *task = calloc(1, size);
    task->work = work;
    task->scheduler = scheduler;
    task->link = scheduler->first;
    task->number = number;
    task->priority = priority;
    task->queue = queue;
    task->state = queue ? SUSPENDED | HAS_PACKET : SUSPENDED;
    scheduler->first = task;
    scheduler->tasks[scheduler->count++] = task;
    return task;
}

static Packet *packets(int64_t count, int64_t target, int64_t kind) {
    Packet *queue = NULL;
    for (int64_t n = 0; n < count; n++) {
        Packet *packet = malloc(sizeof *packet);
        *packet = (Packet){queue, target, kind, 0, calloc(DATA_SIZE, sizeof(int64_t))};
        queue = packet;
    }
    return queue;
}

static Scheduler *simulate(int64_t count) {
    Scheduler *scheduler = calloc(1, sizeof *scheduler);
    IdleTask *idle = new_task(sizeof *idle, work_idle, scheduler, IDLE, 0, NULL);
    idle->base.state = 0;
    idle->shift = 1;
    idle->count = count;
    WorkerTask *worker =
        new_task(sizeof *worker, work_worker, scheduler, WORKER, 1000, packets(2, WORKER, KIND_WORK));
    worker->target = HANDLER_A;
    Packet *free_a = packets(3, DEVICE_A, KIND_DEVICE), *free_b = packets(3, DEVICE_B, KIND_DEVICE);
    new_task(sizeof(HandlerTask), work_handler, scheduler, HANDLER_A, 2000, free_a);
    new_task(sizeof(HandlerTask), work_handler, scheduler, HANDLER_B, 3000, free_b);
    new_task(sizeof(DeviceTask), work_device, scheduler, DEVICE_A, 4000, NULL);
    new_task(sizeof(DeviceTask), work_device, scheduler, DEVICE_B, 5000, NULL);
    run(scheduler);
    return scheduler;
}

int main(int argc, char **argv) {
    Scheduler *scheduler = simulate(argc > 1 ? atoll(argv[1]) : 4000000);
    printf("%lld %lld\n", (long long)scheduler->sent, (long long)scheduler->holds);
}
