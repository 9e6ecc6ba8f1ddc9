-- `ij * (ij + 1)` is even, so the float division by 2 is exact and runs on every Lua.
local function element(i, j)
  local ij = i + j
  return 1.0 / (ij * (ij + 1) / 2 + i + 1)
end

local function multiply_av(n, v, result)
  for i = 0, n - 1 do
    local sum = 0.0
    for j = 0, n - 1 do
      sum = sum + element(i, j) * v[j + 1]
    end
    result[i + 1] = sum
  end
end

local function multiply_atv(n, v, result)
  for i = 0, n - 1 do
    local sum = 0.0
    for j = 0, n - 1 do
      sum = sum + element(j, i) * v[j + 1]
    end
    result[i + 1] = sum
  end
end

local n = tonumber(arg[1] or "1600")
local u, v, w = {}, {}, {}
for i = 1, n do
  u[i], v[i], w[i] = 1.0, 0.0, 0.0
end
for _ = 1, 10 do
  multiply_av(n, u, w)
  multiply_atv(n, w, v)
  multiply_av(n, v, w)
  multiply_atv(n, w, u)
end
local vbv, vv = 0.0, 0.0
for i = 1, n do
  vbv = vbv + u[i] * v[i]
  vv = vv + v[i] * v[i]
end
print(string.format("%.9f", math.sqrt(vbv / vv)))
