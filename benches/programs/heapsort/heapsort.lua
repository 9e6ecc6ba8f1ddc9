-- The heap is xs[1..n]; positions are counted from 0 as in the other versions.
local function random_floats(n)
  local xs = {}
  local state = 42
  for i = 1, n do
    state = state * 16807 % 2147483647
    xs[i] = state / 2147483647.0
  end
  return xs
end

local function sift_down(xs, start, last)
  local root = start
  local value = xs[root + 1]
  while true do
    local child = 2 * root + 1
    if child >= last then
      break
    end
    if child + 1 < last and xs[child + 1] < xs[child + 2] then
      child = child + 1
    end
    if value >= xs[child + 1] then
      break
    end
    xs[root + 1] = xs[child + 1]
    root = child
  end
  xs[root + 1] = value
end

local function heapsort(xs)
  local n = #xs
  for start = math.floor(n / 2) - 1, 0, -1 do
    sift_down(xs, start, n)
  end
  for last = n - 1, 1, -1 do
    xs[1], xs[last + 1] = xs[last + 1], xs[1]
    sift_down(xs, 0, last)
  end
end

local n = tonumber(arg[1] or "1000000")
local xs = random_floats(n)
heapsort(xs)
local checksum = 0.0
for i = 0, n - 1 do
  checksum = checksum + xs[i + 1] * (i % 7)
end
print(string.format("%.9f %.9f %.4f", xs[1], xs[math.floor(n / 2) + 1], checksum))
