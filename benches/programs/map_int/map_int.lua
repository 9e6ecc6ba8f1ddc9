local n = tonumber(arg[1] or "1000000")
local map = {}
local state = 42
for i = 0, n - 1 do
  state = state * 16807 % 2147483647
  local key = state % n
  map[key] = (map[key] or 0) + i
end
local found, sum = 0, 0
for i = 0, 2 * n - 1 do
  local value = map[i]
  if value then
    found = found + 1
    sum = (sum * 31 + value) % 1000000007
  end
end
for i = 0, n - 1, 3 do
  map[i] = nil
end
local length = 0
for _ in pairs(map) do
  length = length + 1
end
print(string.format("%d %d %d", found, sum, length))
