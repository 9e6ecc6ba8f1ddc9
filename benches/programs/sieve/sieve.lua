local function count_primes(n)
  local prime = {}
  for i = 1, n do
    prime[i] = true
  end
  local count = 0
  for i = 2, n - 1 do
    if prime[i] then
      count = count + 1
      local multiple = i * i
      while multiple < n do
        prime[multiple] = false
        multiple = multiple + i
      end
    end
  end
  return count
end

local n = tonumber(arg[1] or "20000000")
print(string.format("%d", count_primes(n)))
