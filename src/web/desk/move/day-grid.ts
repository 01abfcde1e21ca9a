import type { DoctorToMoveTo, Stretch, TakenStretch } from '../../../clinic/appointments/read-move-page.ts'

/** In minutes. */
const track = 5
const anHour = 60

/** From which hour to which the day is shown, in minutes since midnight. */
export interface Frame {
  from: number
  until: number
}

/** Whatever stands in a doctor's column, from minute to minute. */
export type Piece = { from: number; until: number } & (
  | { kind: 'closed' }
  | { kind: 'taken'; taken: TakenStretch }
  /** A start at which the whole length fits. */
  | { kind: 'fits' }
  /** Free, but too short. */
  | { kind: 'short' }
)

export function frameOf(doctors: DoctorToMoveTo[]): Frame {
  const edges = doctors.flatMap(({ open, taken, fits }) => [
    ...open.flat(),
    ...taken.flatMap(({ starts, ends }) => [starts, ends]),
    ...fits,
  ])
  if (edges.length === 0) return { from: 8 * anHour, until: 17 * anHour }
  const first = Math.max(0, Math.min(...edges))
  const last = Math.min(24 * anHour, Math.max(...edges))
  return { from: Math.floor(first / anHour) * anHour, until: Math.ceil(last / anHour) * anHour }
}

/** A doctor's column, in order of time. */
export function piecesOf(doctor: DoctorToMoveTo, frame: Frame): Piece[] {
  const taken = doctor.taken.map(
    (one): Piece => ({ kind: 'taken', taken: one, from: one.starts, until: one.ends }),
  )
  const fits = doctor.fits.map((from, at): Piece => {
    const next = doctor.fits[at + 1] ?? Number.POSITIVE_INFINITY
    return { kind: 'fits', from, until: Math.min(from + doctor.gridMinutes, next) }
  })
  const all = [...closedOf(doctor, frame), ...taken, ...fits, ...shortOf(doctor)]
  return all
    .map((piece) => ({
      ...piece,
      from: Math.max(piece.from, frame.from),
      until: Math.min(piece.until, frame.until),
    }))
    .filter(({ from, until }) => from < until)
    .toSorted((a, b) => a.from - b.from)
}

/** Where the doctor does not work and nothing is booked. */
function closedOf({ open, taken }: DoctorToMoveTo, frame: Frame): Piece[] {
  const busy: Stretch[] = [...open, ...taken.map(({ starts, ends }): Stretch => [starts, ends])]
  return gapsIn(busy, frame).map(([from, until]) => ({ kind: 'closed', from, until }))
}

function gapsIn(stretches: Stretch[], { from, until }: Frame): Stretch[] {
  const gaps: Stretch[] = []
  let reached = from
  for (const [begins, ends] of stretches.toSorted((a, b) => a[0] - b[0])) {
    if (begins > reached) gaps.push([reached, begins])
    reached = Math.max(reached, ends)
  }
  if (reached < until) gaps.push([reached, until])
  return gaps
}

/** The rest of each free stretch, behind the last start that fits. */
function shortOf({ free, fits, gridMinutes }: DoctorToMoveTo): Piece[] {
  return free.flatMap(([begins, ends]): Piece[] => {
    const last = fits.findLast((start) => start >= begins && start < ends)
    const from = last === undefined ? begins : last + gridMinutes
    return ends - from >= track ? [{ kind: 'short', from, until: ends }] : []
  })
}

/** The classes of the tracks that a piece takes: the security policy allows no style attributes. */
export function tracksOf({ from, until }: Frame, frame: Frame): string {
  const row = Math.floor((from - frame.from) / track) + 1
  const end = Math.ceil((until - frame.from) / track) + 1
  return `r${row} n${end - row}`
}

/** `09:30` of a minute since midnight, on that date: as a wall clock. */
export function clockOf(on: string, minute: number): string {
  return new Date(Date.parse(`${on}T00:00Z`) + minute * 60_000).toISOString().slice(0, 16)
}
