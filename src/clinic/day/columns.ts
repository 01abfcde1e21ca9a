import { type ClosedTime, closedTimeOf, rangeOf } from './closed-time.ts'
import type { Absence, Day, DayAppointment, DayClock, DayDoctor, DayRoom, Minute, Range } from './day.ts'
import { freeStarts, stepOf } from './free-starts.ts'
import { overlaps, within, without } from './ranges.ts'

export type Entry = { start: Minute; end: Minute } & (
  | { kind: 'appointment'; one: DayAppointment }
  | { kind: 'free' }
  | { kind: 'closed'; why: ClosedTime['why'] }
  | { kind: 'block'; off: Absence; affected: number }
)

/** One day of a doctor or a room. */
export interface Column {
  clock: DayClock
  doctor: DayDoctor | null
  /** Null for a doctor, and for what takes place in no room. */
  room: DayRoom | null
  entries: Entry[]
  /** Whether anything is open or happens on that day. */
  isUsed: boolean
}

/** A column for each doctor on each day; of those at work, unless nobody is. */
export function doctorColumns(day: Day): Column[] {
  const columns = day.days.flatMap((clock) => {
    const own = byDoctor(inDay(day, clock))
    return day.doctors.map((doctor) => doctorColumn(day, clock, doctor, own.get(doctor.id) ?? []))
  })
  const used = columns.filter(({ isUsed }) => isUsed)
  return used.length > 0 && day.doctors.length > 1 ? used : columns
}

/** Those in which each doctor takes part. */
function byDoctor(all: DayAppointment[]): Map<number, DayAppointment[]> {
  const own = new Map<number, DayAppointment[]>()
  for (const one of all)
    for (const id of [one.doctorId, ...one.colleagues]) {
      const others = own.get(id)
      if (others) others.push(one)
      else own.set(id, [one])
    }
  return own
}

function doctorColumn(day: Day, clock: DayClock, doctor: DayDoctor, own: DayAppointment[]): Column {
  const taken = own.filter(takesTime).map(rangeOf)
  const whole: Range = [clock.start, clock.end]
  const closed = closedTimeOf(doctor, clock, day.closures)
  const blocks = doctor.off.filter((off) => off.kind !== 'away' && overlaps(rangeOf(off), whole))
  const entries: Entry[] = [
    ...own.map((one): Entry => ({ kind: 'appointment', one, start: one.start, end: one.end })),
    ...freeEntries(doctor.free, clock, stepOf(doctor.gridMinutes)),
    ...closedEntries(closed, [...taken, ...blocks.map(rangeOf)]),
    ...blocks.map(
      (off): Entry => ({ kind: 'block', off, ...clipped(off, whole), affected: countIn(own, off) }),
    ),
    ...skippedHour(clock),
  ]
  const isUsed = own.length > 0 || (doctor.isActive && within(doctor.hours, whole).length > 0)
  return { clock, doctor, room: null, entries: inOrder(entries), isUsed }
}

/** A column for each room on each day, and one for what takes place in none. */
export function roomColumns(day: Day): Column[] {
  return day.days.flatMap((clock) => {
    const all = inDay(day, clock)
    const known = new Set(day.rooms.map(({ id }) => id))
    const nowhere = all.filter(({ rooms }) => !rooms.some((id) => known.has(id)))
    const columns = day.rooms.map((room) => roomColumn(clock, room, all))
    const entries = nowhere.map(
      (one): Entry => ({ kind: 'appointment', one, start: one.start, end: one.end }),
    )
    return nowhere.length > 0
      ? [...columns, { clock, doctor: null, room: null, entries: inOrder(entries), isUsed: true }]
      : columns
  })
}

/** Rooms have no grid of their own. */
const roomStep = 15

function roomColumn(clock: DayClock, room: DayRoom, all: DayAppointment[]): Column {
  const own = all.filter(({ rooms }) => rooms.includes(room.id))
  const shut = without([[clock.start, clock.end]], room.open).map(
    ([start, end]): ClosedTime => ({ start, end, why: whyShut(room, start) }),
  )
  const entries: Entry[] = [
    ...own.map((one): Entry => ({ kind: 'appointment', one, start: one.start, end: one.end })),
    ...freeEntries(room.free, clock, roomStep),
    ...closedEntries(shut, own.filter(takesTime).map(rangeOf)),
    ...skippedHour(clock),
  ]
  return { clock, doctor: null, room, entries: inOrder(entries), isUsed: true }
}

const whyShut = ({ off }: DayRoom, at: Minute): ClosedTime['why'] => ({
  kind: 'closure',
  name: off.find(({ start, end }) => at >= start && at < end)?.name ?? null,
})

/** A session stands for all who take part in it. */
const inDay = ({ appointments }: Day, { start, end }: DayClock): DayAppointment[] =>
  appointments.filter((one) => one.sessionId === null && one.start < end && one.end > start)

const takesTime = ({ status }: DayAppointment) => status !== 'cancelled' && status !== 'noshow'

const freeEntries = (free: Range[], clock: DayClock, step: number): Entry[] =>
  freeStarts(within(free, [clock.start, clock.end]), clock, step).map((start) => ({
    kind: 'free',
    start,
    end: start + step,
  }))

/** Whatever takes place at a closed time, with a reason, lies on top of it. */
const closedEntries = (closed: ClosedTime[], taken: Range[]): Entry[] =>
  closed.flatMap(({ why, ...piece }) =>
    without([rangeOf(piece)], taken).map(([start, end]): Entry => ({ kind: 'closed', why, start, end })),
  )

/** It has no minutes; the grid gives it the room that it has on the clock. */
const skippedHour = ({ changes, shift }: DayClock): Entry[] =>
  changes !== null && shift > 0
    ? [{ kind: 'closed', why: { kind: 'skipped' }, start: changes, end: changes }]
    : []

const clipped = ({ start, end }: Absence, [from, until]: Range) => ({
  start: Math.max(start, from),
  end: Math.min(end, until),
})

const countIn = (own: DayAppointment[], off: Absence): number =>
  own.filter((one) => takesTime(one) && one.patientId !== null && overlaps(rangeOf(one), rangeOf(off))).length

const inOrder = (entries: Entry[]): Entry[] =>
  entries.toSorted((one, other) => one.start - other.start || one.end - other.end)
