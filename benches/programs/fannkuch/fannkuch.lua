-- The arrays start at 0, so that values are indices as in the other versions.
local function fannkuch(n)
  local permutation, flipped, count = {}, {}, {}
  for i = 0, n - 1 do
    permutation[i], flipped[i], count[i] = i, 0, 0
  end
  local checksum, max_flips, index, r = 0, 0, 0, n
  while true do
    while r ~= 1 do
      count[r - 1] = r
      r = r - 1
    end
    for i = 0, n - 1 do
      flipped[i] = permutation[i]
    end
    local flips = 0
    local k = flipped[0]
    while k ~= 0 do
      local low, high = 0, k
      while low < high do
        flipped[low], flipped[high] = flipped[high], flipped[low]
        low = low + 1
        high = high - 1
      end
      flips = flips + 1
      k = flipped[0]
    end
    if flips > max_flips then
      max_flips = flips
    end
    if index % 2 == 0 then
      checksum = checksum + flips
    else
      checksum = checksum - flips
    end
    while true do
      if r == n then
        return checksum, max_flips
      end
      local first = permutation[0]
      for i = 0, r - 1 do
        permutation[i] = permutation[i + 1]
      end
      permutation[r] = first
      count[r] = count[r] - 1
      if count[r] > 0 then
        break
      end
      r = r + 1
    end
    index = index + 1
  end
end

local n = tonumber(arg[1] or "10")
print(string.format("%d %d", fannkuch(n)))
