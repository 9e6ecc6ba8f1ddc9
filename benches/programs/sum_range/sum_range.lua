local function sum_range(last)
  local total = 0
  for i = 1, last do
    total = total + i
  end
  return total
end

local n = tonumber(arg[1] or "300")
local checksum = 0
for turn = 0, n - 1 do
  checksum = checksum + sum_range(1000000 + turn)
end
print(string.format("%d", checksum))
