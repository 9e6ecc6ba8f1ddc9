local function escape_time(cr, ci, limit)
  local zr, zi = 0.0, 0.0
  for i = 0, limit - 1 do
    local rr, ii = zr * zr, zi * zi
    if rr + ii > 4.0 then
      return i
    end
    zi = 2.0 * zr * zi + ci
    zr = rr - ii + cr
  end
  return limit
end

local n = tonumber(arg[1] or "1300")
local total = 0
for y = 0, n - 1 do
  local ci = 2.0 * y / n - 1.0
  for x = 0, n - 1 do
    local cr = 2.0 * x / n - 1.5
    total = total + escape_time(cr, ci, 50)
  end
end
print(string.format("%d", total))
