/** A seeded random generator (mulberry32). */
export function drawingFrom(seed: number) {
  let state = seed
  /** In [0, 1). */
  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  /** One of the items; undefined from an empty list. */
  return { pick: <T>(from: readonly T[]) => from[Math.floor(next() * from.length)] as T }
}
