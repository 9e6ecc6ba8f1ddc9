package main

import (
	"fmt"
	"os"
	"strconv"
)

const (
	idle = iota
	worker
	handlerA
	handlerB
	deviceA
	deviceB
)

const (
	kindDevice = iota
	kindWork
)

const dataSize = 4

const (
	hasPacket = 1
	suspended = 2
	held      = 4
)

type packet struct {
	link                   *packet
	target, kind, position int
	data                   []int
}

func (p *packet) addedTo(queue *packet) *packet {
	p.link = nil
	if queue == nil {
		return p
	}
	last := queue
	for last.link != nil {
		last = last.link
	}
	last.link = p
	return queue
}

// What a kind of task does.
type behaviour interface {
	work(p *packet) *task
}

type task struct {
	behaviour
	scheduler        *scheduler
	link             *task
	number, priority int
	queue            *packet
	state            int
}

func (t *task) init(s *scheduler, number, priority int, queue *packet, b behaviour) {
	t.behaviour = b
	t.scheduler = s
	t.link = s.first
	t.number = number
	t.priority = priority
	t.queue = queue
	t.state = suspended
	if queue != nil {
		t.state |= hasPacket
	}
	s.add(t)
}

func (t *task) isHeldOrSuspended() bool {
	return t.state&held != 0 || t.state == suspended
}

func (t *task) run() *task {
	var p *packet
	if t.state == suspended|hasPacket {
		p = t.queue
		t.queue = p.link
		t.state = 0
		if t.queue != nil {
			t.state = hasPacket
		}
	}
	return t.work(p)
}

func (t *task) accept(running *task, p *packet) *task {
	wasIdle := t.queue == nil
	t.queue = p.addedTo(t.queue)
	if wasIdle {
		t.state |= hasPacket
		if t.priority > running.priority {
			return t
		}
	}
	return running
}

type idleTask struct {
	task
	register, count int
}

func newIdleTask(s *scheduler, count int) {
	t := &idleTask{register: 1, count: count}
	t.init(s, idle, 0, nil, t)
	t.state = 0
}

func (t *idleTask) work(*packet) *task {
	t.count--
	if t.count == 0 {
		return t.scheduler.holdCurrent()
	}
	if t.register&1 == 0 {
		t.register >>= 1
		return t.scheduler.release(deviceA)
	}
	t.register = t.register>>1 ^ 0xD008
	return t.scheduler.release(deviceB)
}

type workerTask struct {
	task
	target, letter int
}

func newWorkerTask(s *scheduler, queue *packet) {
	t := &workerTask{target: handlerA}
	t.init(s, worker, 1000, queue, t)
}

func (t *workerTask) work(p *packet) *task {
	if p == nil {
		return t.scheduler.suspendCurrent()
	}
	if t.target == handlerA {
		t.target = handlerB
	} else {
		t.target = handlerA
	}
	p.target = t.target
	p.position = 0
	for at := range p.data {
		t.letter = t.letter%26 + 1
		p.data[at] = t.letter
	}
	return t.scheduler.send(p)
}

type handlerTask struct {
	task
	workQueue, deviceQueue *packet
}

func newHandlerTask(s *scheduler, number, priority int, queue *packet) {
	t := &handlerTask{}
	t.init(s, number, priority, queue, t)
}

func (t *handlerTask) work(p *packet) *task {
	if p != nil {
		if p.kind == kindWork {
			t.workQueue = p.addedTo(t.workQueue)
		} else {
			t.deviceQueue = p.addedTo(t.deviceQueue)
		}
	}
	if work := t.workQueue; work != nil {
		if work.position == dataSize {
			t.workQueue = work.link
			return t.scheduler.send(work)
		}
		if free := t.deviceQueue; free != nil {
			t.deviceQueue = free.link
			free.position = work.data[work.position]
			work.position++
			return t.scheduler.send(free)
		}
	}
	return t.scheduler.suspendCurrent()
}

type deviceTask struct {
	task
	pending *packet
}

func newDeviceTask(s *scheduler, number, priority int) {
	t := &deviceTask{}
	t.init(s, number, priority, nil, t)
}

func (t *deviceTask) work(p *packet) *task {
	if p == nil {
		done := t.pending
		if done == nil {
			return t.scheduler.suspendCurrent()
		}
		t.pending = nil
		return t.scheduler.send(done)
	}
	t.pending = p
	return t.scheduler.holdCurrent()
}

type scheduler struct {
	first, current *task
	tasks          []*task
	sent, holds    int
}

func (s *scheduler) add(t *task) {
	s.first = t
	s.tasks = append(s.tasks, t)
}

func (s *scheduler) run() {
	s.current = s.first
	for s.current != nil {
		if t := s.current; t.isHeldOrSuspended() {
			s.current = t.link
		} else {
			s.current = t.run()
		}
	}
}

func (s *scheduler) release(number int) *task {
	t := s.tasks[number]
	t.state &^= held
	if t.priority > s.current.priority {
		return t
	}
	return s.current
}

func (s *scheduler) holdCurrent() *task {
	s.holds++
	s.current.state |= held
	return s.current.link
}

func (s *scheduler) suspendCurrent() *task {
	s.current.state |= suspended
	return s.current
}

func (s *scheduler) send(p *packet) *task {
	receiver := s.tasks[p.target]
	s.sent++
	p.link = nil
	p.target = s.current.number
	return receiver.accept(s.current, p)
}

func packets(count, target, kind int) *packet {
	var queue *packet
	for n := 0; n < count; n++ {
		queue = &packet{link: queue, target: target, kind: kind, data: make([]int, dataSize)}
	}
	return queue
}

func simulate(count int) *scheduler {
	s := &scheduler{}
	newIdleTask(s, count)
	newWorkerTask(s, packets(2, worker, kindWork))
	newHandlerTask(s, handlerA, 2000, packets(3, deviceA, kindDevice))
	newHandlerTask(s, handlerB, 3000, packets(3, deviceB, kindDevice))
	newDeviceTask(s, deviceA, 4000)
	newDeviceTask(s, deviceB, 5000)
	s.run()
	return s
}

func main() {
	n := 4000000
	if len(os.Args) > 1 {
		n, _ = strconv.Atoi(os.Args[1])
	}
	s := simulate(n)
	fmt.Println(s.sent, s.holds)
}
