-- `text = text .. piece` copies the text each time in Lua, so the idiom is a table of pieces.
local function build(n)
  local sub = string.sub
  local alphabet = "abcdefghijklmnopqrstuvwxyz"
  local pieces = {}
  for i = 0, n - 1 do
    local at = i % 26 + 1
    pieces[#pieces + 1] = sub(alphabet, at, at)
  end
  return table.concat(pieces)
end

local n = tonumber(arg[1] or "6000000")
local text = build(n)
local sum = 0
for i = 1, #text, 101 do
  sum = sum + string.byte(text, i)
end
print(string.format("%d %d", #text, sum))
