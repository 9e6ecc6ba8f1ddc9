local function check(i)
  if i % 3 == 0 then
    error("multiple of three", 0)
  end
  return i
end

local function twice(i)
  return check(i) + check(i + 3)
end

local n = tonumber(arg[1] or "6000000")
local sum, caught, finished = 0, 0, 0
for i = 0, n - 1 do
  local ok, result = pcall(twice, i)
  if ok then
    sum = (sum + result) % 1000000007
  else
    caught = caught + #result
  end
  finished = finished + 1
end
print(string.format("%d %d %d", sum, caught, finished))
