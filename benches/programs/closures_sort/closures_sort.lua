local abs = math.abs

local function by_id()
  return function(a, b) return a.id - b.id end
end

local function near(centre)
  return function(a, b) return abs(a.place - centre) - abs(b.place - centre) end
end

local function by_rank(ranks)
  return function(a, b) return ranks[a.group + 1] - ranks[b.group + 1] end
end

local function descending(order)
  return function(a, b) return order(b, a) end
end

local function both(first, second)
  return function(a, b)
    local result = first(a, b)
    if result ~= 0 then
      return result
    end
    return second(a, b)
  end
end

local function sort_by(records, order)
  table.sort(records, function(a, b) return order(a, b) < 0 end)
end

local function checksum(records)
  local sum = 0
  for _, record in ipairs(records) do
    sum = (sum * 31 + record.id) % 1000000007
  end
  return string.format("%d", sum)
end

local n = math.floor(tonumber(arg[1] or "80000"))
local records = {}
local state = 42
for id = 0, n - 1 do
  state = state * 16807 % 2147483647
  local place = state % 1000
  state = state * 16807 % 2147483647
  records[id + 1] = { id = id, place = place, group = state % 16 }
end
local ranks = {}
for group = 0, 15 do
  ranks[group + 1] = group * 7 % 16
end
for centre = 100, 999, 400 do
  sort_by(records, both(near(centre), by_id()))
  print(checksum(records))
  sort_by(records, both(by_rank(ranks), both(descending(near(centre)), by_id())))
  print(checksum(records))
end
