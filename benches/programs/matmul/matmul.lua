local function matrix(n, seed)
  local rows = {}
  for i = 0, n - 1 do
    local row = {}
    for j = 0, n - 1 do
      row[j + 1] = (i - j) * (i + j) * seed
    end
    rows[i + 1] = row
  end
  return rows
end

local function multiply(a, b, n)
  local c = {}
  for i = 1, n do
    local row = {}
    local a_row = a[i]
    for j = 1, n do
      local sum = 0.0
      for k = 1, n do
        sum = sum + a_row[k] * b[k][j]
      end
      row[j] = sum
    end
    c[i] = row
  end
  return c
end

local n = tonumber(arg[1] or "600")
local seed = 1.0 / n / n
local c = multiply(matrix(n, seed), matrix(n, seed), n)
local trace = 0.0
for i = 1, n do
  trace = trace + c[i][i]
end
local middle = math.floor(n / 2) + 1
print(string.format("%.9f %.9f", c[middle][middle], trace))
