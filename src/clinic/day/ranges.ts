import type { Range } from './day.ts'

/** Whether the two have a minute in common. */
export const overlaps = (one: Range, other: Range): boolean => one[0] < other[1] && other[0] < one[1]

export const contains = ([from, until]: Range, at: number): boolean => at >= from && at < until

/** What of them lies inside the window, in their order. */
export function within(ranges: readonly Range[], [from, until]: Range): Range[] {
  return ranges
    .filter((range) => overlaps(range, [from, until]))
    .map((range) => [Math.max(range[0], from), Math.min(range[1], until)])
}

/** What is left of them, in their order. */
export function without(ranges: readonly Range[], taken: readonly Range[]): Range[] {
  return taken.reduce<Range[]>((left, gone) => left.flatMap((range) => cut(range, gone)), [...ranges])
}

function cut(range: Range, [from, until]: Range): Range[] {
  if (!overlaps(range, [from, until])) return [range]
  const parts: Range[] = [
    [range[0], Math.min(from, range[1])],
    [Math.max(until, range[0]), range[1]],
  ]
  return parts.filter((part) => part[0] < part[1])
}
