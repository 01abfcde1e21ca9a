/** The middle one, or between the two in the middle. */
export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  const at = (index: number) => sorted[Math.trunc(index)] ?? Number.NaN
  return (at((sorted.length - 1) / 2) + at(sorted.length / 2)) / 2
}

/** The smallest number that so many of a hundred are not above (the nearest rank). */
export function percentile(numbers: number[], percent: number): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN
}

/** How many times the other each of ours is, round by round: what slows the machine in one slows both. */
export function medianRatio(ours: number[], others: number[]): number {
  return median(ours.map((number, round) => number / (others[round] ?? Number.NaN)))
}
