local function push(heap, key)
  local at = #heap
  heap[at + 1] = key
  while at > 0 do
    local parent = (at - 1) // 2
    if heap[parent + 1] <= key then
      break
    end
    heap[at + 1] = heap[parent + 1]
    at = parent
  end
  heap[at + 1] = key
end

local function pop(heap)
  local smallest = heap[1]
  local n = #heap - 1
  local key = heap[n + 1]
  heap[n + 1] = nil
  if n == 0 then
    return smallest
  end
  local at = 0
  while true do
    local child = 2 * at + 1
    if child >= n then
      break
    end
    if child + 1 < n and heap[child + 2] < heap[child + 1] then
      child = child + 1
    end
    if heap[child + 1] >= key then
      break
    end
    heap[at + 1] = heap[child + 1]
    at = child
  end
  heap[at + 1] = key
  return smallest
end

local function distances(n, targets, weights)
  local found = {}
  for i = 0, n - 1 do
    found[i + 1] = -1
  end
  local heap = {}
  push(heap, 0)
  while #heap > 0 do
    local key = pop(heap)
    local distance = key // n
    local node = key % n
    if found[node + 1] < 0 then
      found[node + 1] = distance
      for edge = node * 5, node * 5 + 4 do
        local target = targets[edge + 1]
        if found[target + 1] < 0 then
          push(heap, (distance + weights[edge + 1]) * n + target)
        end
      end
    end
  end
  return found
end

local n = math.floor(tonumber(arg[1] or "200000"))
local targets, weights = {}, {}
local state = 42
for i = 1, 5 * n do
  state = state * 16807 % 2147483647
  targets[i] = state % n
  state = state * 16807 % 2147483647
  weights[i] = state % 1000 + 1
end
local reached, farthest, checksum = 0, 0, 0
for _, distance in ipairs(distances(n, targets, weights)) do
  if distance >= 0 then
    reached = reached + 1
    farthest = math.max(farthest, distance)
  end
  checksum = (checksum * 31 + distance + 1) % 1000000007
end
print(string.format("%d %d %d", reached, farthest, checksum))
