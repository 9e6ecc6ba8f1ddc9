local function chain_length(n)
  local steps = 1
  while n ~= 1 do
    if n % 2 == 0 then
      n = n // 2
    else
      n = 3 * n + 1
    end
    steps = steps + 1
  end
  return steps
end

local n = tonumber(arg[1] or "500000")
local longest, at = 0, 0
for start = 1, n - 1 do
  local steps = chain_length(start)
  if steps > longest then
    longest, at = steps, start
  end
end
print(string.format("%d %d", at, longest))
