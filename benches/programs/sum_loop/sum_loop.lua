local function sum_loop(n)
  local total = 0
  for i = 0, n - 1 do
    total = total + i * 3 % 7
  end
  return total
end

local n = tonumber(arg[1] or "100000000")
print(string.format("%d", sum_loop(n)))
