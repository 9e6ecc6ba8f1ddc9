local function make(depth)
  if depth == 0 then
    return { left = nil, right = nil }
  end
  return { left = make(depth - 1), right = make(depth - 1) }
end

local function count(node)
  local total = 1
  if node.left then
    total = total + count(node.left)
  end
  if node.right then
    total = total + count(node.right)
  end
  return total
end

local n = tonumber(arg[1] or "16")
local long_lived = make(n)
for depth = 4, n, 4 do
  local trees = 2 ^ (n - depth + 4)
  local total = 0
  for _ = 1, trees do
    total = total + count(make(depth))
  end
  print(string.format("%d %d %d", trees, depth, total))
end
print(string.format("%d", count(long_lived)))
