local function make_text(n)
  local words = {}
  local state = 42
  for i = 1, n do
    state = state * 16807 % 2147483647
    local r = state % 1000
    words[i] = string.format("w%d", math.floor(r * r / 200))
  end
  return table.concat(words, " ")
end

local n = tonumber(arg[1] or "1500000")
local text = make_text(n)
local counts = {}
for word in string.gmatch(text, "[^ ]+") do
  counts[word] = (counts[word] or 0) + 1
end
local most, checksum, length = 0, 0, 0
for word, count in pairs(counts) do
  most = math.max(most, count)
  checksum = checksum + count * count % 1009 * #word
  length = length + 1
end
print(string.format("%d %d %d %d", #text, length, most, checksum))
