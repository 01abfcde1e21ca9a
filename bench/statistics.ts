export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  const at = (index: number) => sorted[Math.trunc(index)] ?? Number.NaN
  return (at((sorted.length - 1) / 2) + at(sorted.length / 2)) / 2
}

/** By the nearest-rank method. */
export function percentile(numbers: number[], percent: number): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN
}

/** The median of the ratios round by round, because a slow machine slows both in the same round. */
export function medianRatio(ours: number[], others: number[]): number {
  return median(ours.map((number, round) => number / (others[round] ?? Number.NaN)))
}
