local byte, sub = string.byte, string.sub

local function make_text(n)
  local records = {}
  local state = 42
  for i = 0, n - 1 do
    state = state * 16807 % 2147483647
    records[i + 1] = string.format(
      '{"id": %d, "name": "user%d", "tags": [true, false, null], "score": %d}',
      i, state % 1000, state % 100000)
  end
  return "[" .. table.concat(records, ",\n") .. "]"
end

local function is_letter(c)
  return c >= 97 and c <= 122
end

local function is_digit_byte(c)
  return c >= 48 and c <= 57
end

local function tokenize(text, tokens)
  local counts = { punctuation = 0, words = 0, strings = 0, string_bytes = 0, number_sum = 0 }
  local i, last = 1, #text
  while i <= last do
    local c = byte(text, i)
    if c == 32 or c == 10 then
      i = i + 1
    elseif c == 34 then
      local start = i + 1
      i = start
      while byte(text, i) ~= 34 do
        i = i + 1
      end
      local token = sub(text, start, i - 1)
      i = i + 1
      tokens[#tokens + 1] = token
      counts.strings = counts.strings + 1
      counts.string_bytes = counts.string_bytes + #token
    elseif is_digit_byte(c) then
      local value = 0
      while i <= last and is_digit_byte(byte(text, i)) do
        value = value * 10 + byte(text, i) - 48
        i = i + 1
      end
      counts.number_sum = counts.number_sum + value
    elseif is_letter(c) then
      while i <= last and is_letter(byte(text, i)) do
        i = i + 1
      end
      counts.words = counts.words + 1
    else
      counts.punctuation = counts.punctuation + 1
      i = i + 1
    end
  end
  return counts
end

local n = tonumber(arg[1] or "200000")
local text = make_text(n)
local tokens = {}
local c = tokenize(text, tokens)
print(string.format("%d %d %d %d %d %d %s", #text, c.punctuation, c.words, c.strings, c.string_bytes,
  c.number_sum, tokens[#tokens - 2]))
