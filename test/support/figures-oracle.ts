import { Temporal } from 'temporal-polyfill'

/** A clinic at one location, as the test entered it. */
export interface ImaginedWeek {
  timeZone: string
  monday: string
  doctors: { id: number; hours: Hours[]; off: [from: string, until: string][] }[]
  rooms: { id: number; hours: Hours[] }[]
  closures: [from: string, until: string][]
  visits: ImaginedVisit[]
}

export interface Hours {
  weekday: number
  opens: string
  closes: string
}

export interface ImaginedVisit {
  doctorId: number
  roomId: number | null
  visitTypeId: number
  status: string
  isLetGo: boolean
  isWalkIn: boolean
  start: number
  end: number
  bookedAt: number
  arrivedAt: number | null
  startedAt: number | null
  doneAt: number | null
}

/** The figures of the week, counted minute by minute and one appointment after another. */
export function figuresOf(week: ImaginedWeek) {
  const from = instantOf(`${week.monday}T00:00`, week.timeZone)
  const until = instantOf(`${dayAfter(week.monday, 7)}T00:00`, week.timeZone)
  const visits = week.visits.filter((one) => one.start >= from && one.start < until && isAgreed(one))
  return {
    totals: { ...countsOf(visits), ...lengthsOf(visits) },
    days: [0, 1, 2, 3, 4, 5, 6].map((n) => {
      const date = dayAfter(week.monday, n)
      return { date, ...countsOf(visits.filter((one) => dateOf(one.start, week.timeZone) === date)) }
    }),
    doctors: week.doctors.map((doctor) => {
      const own = visits.filter(({ doctorId }) => doctorId === doctor.id)
      const open = minutesOf(week, doctor.hours, [...doctor.off, ...week.closures])
      const all = week.visits.filter(({ doctorId }) => doctorId === doctor.id)
      return { id: doctor.id, ...countsOf(own), ...lengthsOf(own), ...usageOf(open, all) }
    }),
    rooms: week.rooms.map((room) => {
      const own = room.hours.length > 0 ? minutesOf(week, room.hours, week.closures) : whenAnyoneWorks(week)
      return {
        id: room.id,
        ...usageOf(
          own,
          visits.filter(({ roomId }) => roomId === room.id),
        ),
      }
    }),
    leadDays: leadDaysOf(visits),
  }
}

const isAgreed = ({ status, isLetGo }: ImaginedVisit) => status !== 'pending' && !isLetGo

function countsOf(visits: ImaginedVisit[]) {
  const many = (...statuses: string[]) => visits.filter(({ status }) => statuses.includes(status)).length
  return {
    booked: visits.length,
    attended: many('arrived', 'fulfilled'),
    missed: many('noshow'),
    cancelled: many('cancelled'),
    open: many('booked'),
  }
}

function lengthsOf(visits: ImaginedVisit[]) {
  const between = (from: number | null, until: number | null) =>
    from === null || until === null ? [] : [until - from]
  return {
    lead: medianOf(visits.filter(({ isWalkIn }) => !isWalkIn).map(({ start, bookedAt }) => start - bookedAt)),
    waiting: medianOf(visits.flatMap(({ arrivedAt, startedAt }) => between(arrivedAt, startedAt))),
    withDoctor: medianOf(
      visits.flatMap(({ status, startedAt, doneAt }) =>
        status === 'fulfilled' ? between(startedAt, doneAt) : [],
      ),
    ),
  }
}

function medianOf(lengths: number[]) {
  const sorted = lengths.toSorted((one, other) => one - other)
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]]
  if (low === undefined || high === undefined) return { median: null, count: 0 }
  return { median: Math.floor((low + high) / 2 + 0.5), count: sorted.length }
}

function leadDaysOf(visits: ImaginedVisit[]): number[] {
  const bounds = [1, 3, 8, 15, 31, Number.POSITIVE_INFINITY]
  const counts = bounds.map(() => 0)
  for (const { start, bookedAt, isWalkIn } of visits) {
    const days = (start - bookedAt) / (24 * 60)
    const index = bounds.findIndex((bound) => days < bound)
    if (!isWalkIn) counts[index] = (counts[index] ?? 0) + 1
  }
  return counts
}

function usageOf(open: Set<number>, visits: ImaginedVisit[]) {
  const taken = new Set<number>()
  for (const one of visits.filter((visit) => isAgreed(visit) && visit.status !== 'cancelled'))
    for (let minute = one.start; minute < one.end; minute++) if (open.has(minute)) taken.add(minute)
  return { openMinutes: open.size, takenMinutes: taken.size }
}

function whenAnyoneWorks(week: ImaginedWeek): Set<number> {
  return new Set(
    week.doctors.flatMap(({ hours, off }) => [...minutesOf(week, hours, [...off, ...week.closures])]),
  )
}

/** Every minute of the week inside the hours and outside the absences. */
function minutesOf(week: ImaginedWeek, hours: Hours[], away: [string, string][]): Set<number> {
  const minutes = new Set<number>()
  for (let n = 0; n < 7; n++) {
    const date = dayAfter(week.monday, n)
    for (const { opens, closes } of hours.filter(({ weekday }) => weekday === n + 1)) {
      const end = closes === '24:00' ? `${dayAfter(date, 1)}T00:00` : `${date}T${closes}`
      for (let at = instantOf(`${date}T${opens}`, week.timeZone); at < instantOf(end, week.timeZone); at++)
        minutes.add(at)
    }
  }
  for (const [from, until] of away)
    for (let at = instantOf(from, week.timeZone); at < instantOf(until, week.timeZone); at++)
      minutes.delete(at)
  return minutes
}

export const dayAfter = (date: string, days: number) => Temporal.PlainDate.from(date).add({ days }).toString()

/** Minutes since 1970. */
export const instantOf = (local: string, timeZone: string) =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds / 60_000

const dateOf = (minute: number, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(minute * 60_000)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString()
