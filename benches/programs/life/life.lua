local function first_generation(n)
  local cells = {}
  local state = 42
  for i = 1, n * n do
    state = state * 16807 % 2147483647
    cells[i] = state % 100 < 30 and 1 or 0
  end
  return cells
end

local function step(cells, after, n)
  for y = 0, n - 1 do
    local above = (y == 0 and n - 1 or y - 1) * n
    local here = y * n
    local below = (y == n - 1 and 0 or y + 1) * n
    for x = 1, n do
      local left = x == 1 and n or x - 1
      local right = x == n and 1 or x + 1
      local neighbours = cells[above + left] + cells[above + x] + cells[above + right]
        + cells[here + left] + cells[here + right]
        + cells[below + left] + cells[below + x] + cells[below + right]
      if neighbours == 3 or neighbours == 2 and cells[here + x] == 1 then
        after[here + x] = 1
      else
        after[here + x] = 0
      end
    end
  end
end

local n = tonumber(arg[1] or "500")
local cells = first_generation(n)
local after = {}
for i = 1, n * n do
  after[i] = cells[i]
end
for _ = 1, 100 do
  step(cells, after, n)
  cells, after = after, cells
end
local alive, checksum = 0, 0
for i = 0, n * n - 1 do
  if cells[i + 1] == 1 then
    alive = alive + 1
    checksum = (checksum * 31 + i) % 1000000007
  end
end
print(string.format("%d %d", alive, checksum))
