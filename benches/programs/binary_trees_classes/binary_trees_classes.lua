local Leaf = {}
Leaf.__index = Leaf

function Leaf:check()
  return self.item
end

local Branch = {}
Branch.__index = Branch

function Branch:check()
  return self.item + self.left:check() - self.right:check()
end

local function make(item, depth)
  if depth == 0 then
    return setmetatable({ item = item }, Leaf)
  end
  local left, right = make(2 * item - 1, depth - 1), make(2 * item, depth - 1)
  return setmetatable({ item = item, left = left, right = right }, Branch)
end

local n = math.floor(tonumber(arg[1] or "16"))
local long_lived = make(1, n)
for depth = 4, n, 4 do
  local trees = math.floor(2 ^ (n - depth + 4))
  local total = 0
  for i = 0, trees - 1 do
    total = total + make(i, depth):check()
  end
  print(string.format("%d %d %d", trees, depth, total))
end
print(string.format("%d", long_lived:check()))
