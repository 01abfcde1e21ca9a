/** What limits count requests by. */
export interface Network {
  /** What one household or office has: an IPv4 address, or the first 56 bits of an IPv6 address (RFC 6177). */
  network: string
  /** The first 48 bits of an IPv6 address: the most that a provider hands to one customer. Null for IPv4. */
  wider: string | null
}

/**
 * The network of an address. Every limit uses it, so that one network does not get a budget per address. IPv4
 * written or carried in IPv6 counts as IPv4: mapped (RFC 4291), translated by NAT64 (RFC 6052) or 6to4 (RFC 3056).
 */
export function networkOf(address: string): Network {
  const groups = address.includes(':') ? groupsOf(address.toLowerCase()) : null
  if (!groups) return { network: address, wider: null }
  const ipv4 = ipv4In(groups)
  if (ipv4) return { network: ipv4, wider: null }
  const site = groups.slice(0, 3).map(inHexadecimal).join(':')
  const household = inHexadecimal((groups[3] ?? 0) & 0xff00)
  return { network: `${site}:${household}::/56`, wider: `${site}::/48` }
}

const inHexadecimal = (group: number) => group.toString(16)

/** The eight groups of 16 bits; null when it is no IPv6 address. */
function groupsOf(address: string): number[] | null {
  const [head = '', tail, ...others] = withoutDots(address).split('::')
  if (others.length > 0) return null
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean)) as [
    string[],
    string[],
  ]
  const missing = 8 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 0) return null
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after]
  return groups.every((group) => /^[\da-f]{1,4}$/.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : null
}

/** Rewrites a final `192.0.2.1` as two groups. */
function withoutDots(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number)
    return `${inHexadecimal(a * 256 + b)}:${inHexadecimal(c * 256 + d)}`
  })
}

function ipv4In(groups: number[]): string | null {
  const prefix = groups.slice(0, 6).map(inHexadecimal).join(':')
  const isWithin = ['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0'].includes(prefix)
  if (!isWithin && groups[0] !== 0x2002) return null
  const [high = 0, low = 0] = isWithin ? groups.slice(6) : groups.slice(1, 3)
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
