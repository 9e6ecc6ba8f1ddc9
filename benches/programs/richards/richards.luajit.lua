local band, bor, bxor, bnot, rshift = bit.band, bit.bor, bit.bxor, bit.bnot, bit.rshift

local IDLE = 0
local WORKER = 1
local HANDLER_A = 2
local HANDLER_B = 3
local DEVICE_A = 4
local DEVICE_B = 5

local KIND_DEVICE = 0
local KIND_WORK = 1

local DATA_SIZE = 4

local HAS_PACKET = 1
local SUSPENDED = 2
local HELD = 4

local function derive(base)
  local class = {}
  class.__index = class
  return setmetatable(class, base)
end

local Packet = derive(nil)

function Packet.new(link, target, kind)
  local data = {}
  for at = 1, DATA_SIZE do
    data[at] = 0
  end
  return setmetatable({ link = link, target = target, kind = kind, position = 0, data = data }, Packet)
end

function Packet:added_to(queue)
  self.link = nil
  if not queue then
    return self
  end
  local last = queue
  local next = last.link
  while next do
    last = next
    next = last.link
  end
  last.link = self
  return queue
end

local Task = derive(nil)

function Task.new(class, scheduler, number, priority, queue)
  local self = setmetatable({
    scheduler = scheduler,
    link = scheduler.first,
    number = number,
    priority = priority,
    queue = queue,
    state = queue and bor(SUSPENDED, HAS_PACKET) or SUSPENDED,
  }, class)
  scheduler:add(self)
  return self
end

function Task:is_held_or_suspended()
  return band(self.state, HELD) ~= 0 or self.state == SUSPENDED
end

function Task:run()
  local packet
  if self.state == bor(SUSPENDED, HAS_PACKET) then
    packet = self.queue
    self.queue = packet.link
    self.state = self.queue and HAS_PACKET or 0
  end
  return self:work(packet)
end

function Task:accept(running, packet)
  local was_idle = not self.queue
  self.queue = packet:added_to(self.queue)
  if was_idle then
    self.state = bor(self.state, HAS_PACKET)
    if self.priority > running.priority then
      return self
    end
  end
  return running
end

local IdleTask = derive(Task)

function IdleTask.new(scheduler, count)
  local self = Task.new(IdleTask, scheduler, IDLE, 0, nil)
  self.register = 1
  self.count = count
  self.state = 0
  return self
end

function IdleTask:work(packet)
  self.count = self.count - 1
  if self.count == 0 then
    return self.scheduler:hold_current()
  end
  if band(self.register, 1) == 0 then
    self.register = rshift(self.register, 1)
    return self.scheduler:release(DEVICE_A)
  end
  self.register = bxor(rshift(self.register, 1), 0xD008)
  return self.scheduler:release(DEVICE_B)
end

local WorkerTask = derive(Task)

function WorkerTask.new(scheduler, queue)
  local self = Task.new(WorkerTask, scheduler, WORKER, 1000, queue)
  self.target = HANDLER_A
  self.letter = 0
  return self
end

function WorkerTask:work(packet)
  if not packet then
    return self.scheduler:suspend_current()
  end
  self.target = self.target == HANDLER_A and HANDLER_B or HANDLER_A
  packet.target = self.target
  packet.position = 0
  for at = 1, DATA_SIZE do
    self.letter = self.letter % 26 + 1
    packet.data[at] = self.letter
  end
  return self.scheduler:send(packet)
end

local HandlerTask = derive(Task)

function HandlerTask.new(scheduler, number, priority, queue)
  return Task.new(HandlerTask, scheduler, number, priority, queue)
end

function HandlerTask:work(packet)
  if packet then
    if packet.kind == KIND_WORK then
      self.work_queue = packet:added_to(self.work_queue)
    else
      self.device_queue = packet:added_to(self.device_queue)
    end
  end
  local work = self.work_queue
  if work then
    if work.position == DATA_SIZE then
      self.work_queue = work.link
      return self.scheduler:send(work)
    end
    local free = self.device_queue
    if free then
      self.device_queue = free.link
      free.position = work.data[work.position + 1]
      work.position = work.position + 1
      return self.scheduler:send(free)
    end
  end
  return self.scheduler:suspend_current()
end

local DeviceTask = derive(Task)

function DeviceTask.new(scheduler, number, priority)
  return Task.new(DeviceTask, scheduler, number, priority, nil)
end

function DeviceTask:work(packet)
  if not packet then
    local done = self.pending
    if not done then
      return self.scheduler:suspend_current()
    end
    self.pending = nil
    return self.scheduler:send(done)
  end
  self.pending = packet
  return self.scheduler:hold_current()
end

local Scheduler = derive(nil)

function Scheduler.new()
  return setmetatable({ first = nil, current = nil, tasks = {}, sent = 0, holds = 0 }, Scheduler)
end

function Scheduler:add(task)
  self.first = task
  self.tasks[#self.tasks + 1] = task
end

function Scheduler:run()
  self.current = self.first
  while true do
    local task = self.current
    if not task then
      return
    end
    if task:is_held_or_suspended() then
      self.current = task.link
    else
      self.current = task:run()
    end
  end
end

function Scheduler:release(number)
  local task = self.tasks[number + 1]
  task.state = band(task.state, bnot(HELD))
  local running = self.current
  return task.priority > running.priority and task or running
end

function Scheduler:hold_current()
  local running = self.current
  self.holds = self.holds + 1
  running.state = bor(running.state, HELD)
  return running.link
end

function Scheduler:suspend_current()
  local running = self.current
  running.state = bor(running.state, SUSPENDED)
  return running
end

function Scheduler:send(packet)
  local running = self.current
  local receiver = self.tasks[packet.target + 1]
  self.sent = self.sent + 1
  packet.link = nil
  packet.target = running.number
  return receiver:accept(running, packet)
end

local function packets(count, target, kind)
  local queue
  for _ = 1, count do
    queue = Packet.new(queue, target, kind)
  end
  return queue
end

local function simulate(count)
  local scheduler = Scheduler.new()
  IdleTask.new(scheduler, count)
  WorkerTask.new(scheduler, packets(2, WORKER, KIND_WORK))
  HandlerTask.new(scheduler, HANDLER_A, 2000, packets(3, DEVICE_A, KIND_DEVICE))
  HandlerTask.new(scheduler, HANDLER_B, 3000, packets(3, DEVICE_B, KIND_DEVICE))
  DeviceTask.new(scheduler, DEVICE_A, 4000)
  DeviceTask.new(scheduler, DEVICE_B, 5000)
  scheduler:run()
  return scheduler
end

local scheduler = simulate(math.floor(tonumber(arg[1] or "4000000")))
print(string.format("%d %d", scheduler.sent, scheduler.holds))
