local function sum_range(n)
  local total = 0
  for i = 0, n - 1 do
    total = total + i
  end
  return total
end

local n = tonumber(arg[1] or "100000000")
print(string.format("%d", sum_range(n)))
