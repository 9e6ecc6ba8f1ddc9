local byte = string.byte

local function random_text(n, seed)
  local bytes = {}
  local state = seed
  for i = 1, n do
    state = state * 16807 % 2147483647
    bytes[i] = string.char(97 + state % 4)
  end
  return table.concat(bytes)
end

local function distance(a, b)
  local row = {}
  for j = 0, #b do
    row[j] = j
  end
  for i = 1, #a do
    local diagonal = row[0]
    row[0] = i
    local c = byte(a, i)
    for j = 1, #b do
      local above = row[j]
      local best = diagonal
      if c ~= byte(b, j) then
        best = diagonal + 1
      end
      if above + 1 < best then
        best = above + 1
      end
      if row[j - 1] + 1 < best then
        best = row[j - 1] + 1
      end
      row[j] = best
      diagonal = above
    end
  end
  return row[#b]
end

local n = tonumber(arg[1] or "8000")
print(string.format("%d", distance(random_text(n, 42), random_text(n, 43))))
