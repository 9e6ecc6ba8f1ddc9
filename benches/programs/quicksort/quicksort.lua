local floor = math.floor

local function random_ints(n)
  local xs = {}
  local state = 42
  for i = 1, n do
    state = state * 16807 % 2147483647
    xs[i] = state
  end
  return xs
end

local function quicksort(xs, low, high)
  while low < high do
    local pivot = xs[low + floor((high - low) / 2)]
    local i, j = low, high
    while i <= j do
      while xs[i] < pivot do
        i = i + 1
      end
      while xs[j] > pivot do
        j = j - 1
      end
      if i <= j then
        xs[i], xs[j] = xs[j], xs[i]
        i = i + 1
        j = j - 1
      end
    end
    quicksort(xs, low, j)
    low = i
  end
end

local n = tonumber(arg[1] or "2000000")
local xs = random_ints(n)
quicksort(xs, 1, n)
local checksum = 0
for i = 1, n do
  checksum = (checksum * 31 + xs[i]) % 1000000007
end
print(string.format("%d %d %d", xs[1], xs[n], checksum))
