local function place(board, row)
  local n = board.n
  if row == n then
    return 1
  end
  local solutions = 0
  for column = 0, n - 1 do
    local up = row + column + 1
    local down = row - column + n
    if not board.columns[column + 1] and not board.rising[up] and not board.falling[down] then
      board.columns[column + 1] = true
      board.rising[up] = true
      board.falling[down] = true
      solutions = solutions + place(board, row + 1)
      board.columns[column + 1] = false
      board.rising[up] = false
      board.falling[down] = false
    end
  end
  return solutions
end

local function flags(n)
  local xs = {}
  for i = 1, n do
    xs[i] = false
  end
  return xs
end

local n = tonumber(arg[1] or "13")
local board = { n = n, columns = flags(n), rising = flags(2 * n - 1), falling = flags(2 * n - 1) }
print(string.format("%d", place(board, 0)))
