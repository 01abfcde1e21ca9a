import type { Entry } from '../../../clinic/day/columns.ts'
import type { Rows } from './axis.ts'

type Placed = Rows & { entry: Entry }

/** The classes of entries at the same time, which stand beside one another; closed time lies below. */
export function sidesOf(placed: Placed[]): string[] {
  const beside = placed.filter(({ entry }) => entry.kind !== 'closed')
  const lanes = new Map(lanesOf(beside).map((lane, index) => [beside[index], lane]))
  return placed.map((one) => {
    const { lane, of } = lanes.get(one) ?? { lane: 0, of: 1 }
    if (of === 1) return ''
    if (isWide(one, beside)) return ' wide'
    const isSlim =
      one.entry.kind === 'free' && beside.some((other) => meets(one, other) && isWide(other, beside))
    return isSlim ? ' slim' : ` w${Math.min(of, 4)} k${Math.min(lane, 3)}`
  })
}

/** Time that was given back can be booked beside what gave it back. */
const isWide = (one: Placed, all: Placed[]): boolean =>
  one.entry.kind === 'appointment' &&
  all.every((other) => other === one || other.entry.kind === 'free' || !meets(one, other))

const meets = (one: Rows, other: Rows) => one.row < other.row + other.span && other.row < one.row + one.span

/** Which of how many lanes beside one another an entry takes. */
interface Lane {
  lane: number
  of: number
}

/** As a cancelled appointment and the one that took its time. They come in order of their rows. */
function lanesOf(all: Rows[]): Lane[] {
  const lanes: Lane[] = []
  let group: number[] = []
  let ends: number[] = []
  const close = () => {
    for (const index of group) lanes[index] = { lane: lanes[index]?.lane ?? 0, of: ends.length }
    group = []
    ends = []
  }
  for (const [index, { row, span }] of all.entries()) {
    if (ends.every((end) => end <= row)) close()
    const free = ends.findIndex((end) => end <= row)
    const lane = free === -1 ? ends.length : free
    ends[lane] = row + span
    lanes[index] = { lane, of: 1 }
    group.push(index)
  }
  close()
  return lanes
}
