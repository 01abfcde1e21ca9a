import { Temporal } from 'temporal-polyfill'
import type { appointmentStatuses } from '../../drizzle/schema/appointments.ts'

/** One doctor and one visit type with everything that decides their slots, named like the columns. */
export interface Practice {
  time_zone: string
  grid_minutes: number
  hours: Hours[]
  time_off: Absence[]
  closures: Absence[]
  appointments: Appointment[]
  is_offered: boolean
  visit_type: {
    minutes: number
    buffer_before_minutes: number
    buffer_after_minutes: number
    notice_minutes: number
    horizon_days: number
    daily_cap: number | null
    bookable_online: boolean
  }
}

interface Hours {
  weekday: number
  /** `08:30:00`, up to `24:00:00`. */
  opens_at: string
  closes_at: string
  starts_on: string | null
  ends_on: string | null
}

interface Absence {
  /** Wall-clock time: `2027-03-28T02:30:00`. */
  starts_at: string
  ends_at: string
}

export interface Appointment {
  doctor: 'asked' | 'colleague'
  visit_type: 'asked' | 'other' | null
  status: (typeof appointmentStatuses)[number]
  /** `2027-03-28T01:30:00.000Z`, like the other instants. */
  start_at: string
  end_at: string
  buffer_before_minutes: number
  buffer_after_minutes: number
  hold_expires_at: string | null
}

/** `[from, to)` in milliseconds since 1970, like all instants below. */
interface Span {
  from: number
  to: number
}

export const minute = 60_000
/** Every present-day zone and every grid is a multiple of it. */
const step = 5 * minute

const has = ({ from, to }: Span, at: number) => from <= at && at < to
const overlap = (one: Span, other: Span) => one.from < other.to && other.from < one.to

function remember<Answer>(answer: (zone: string, of: string | number) => Answer): typeof answer {
  const answers = new Map<string, Map<string | number, Answer>>()
  return (zone, of) => {
    const known = answers.get(zone) ?? new Map<string | number, Answer>()
    const answered = known.get(of) ?? answer(zone, of)
    answers.set(zone, known.set(of, answered))
    return answered
  }
}

/** The instant of a wall-clock time: moved forward in a gap, the second one in a fold. */
export const findInstant = remember((zone, clock) => {
  const plain = Temporal.PlainDateTime.from(String(clock))
  return plain.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds
})

export const readClock = remember((zone, at) =>
  Temporal.Instant.fromEpochMilliseconds(Number(at)).toZonedDateTimeISO(zone),
)

const findMidnight = (zone: string, date: Temporal.PlainDate) => findInstant(zone, `${date}T00:00:00`)

/** The day from midnight to midnight; from the second one where midnight comes twice. */
const findDay = remember((zone, at) => {
  const date = readClock(zone, at).toPlainDate()
  const days = [-1, 0, 1].map((days) => date.add({ days }))
  const spans = (day: Temporal.PlainDate) => ({
    from: findMidnight(zone, day),
    to: findMidnight(zone, day.add({ days: 1 })),
  })
  return String(days.find((day) => has(spans(day), Number(at))))
})

/** What a case happens around: a clock change, or an ordinary midnight. */
export interface Place {
  zone: string
  at: number
}

/** The zone's clock changes in these years, the last included. */
export function listClockChanges(zone: string, firstYear: number, lastYear: number): Place[] {
  const changes: Place[] = []
  let change = readClock(zone, Date.UTC(firstYear, 0)).getTimeZoneTransition('next')
  while (change && change.epochMilliseconds < Date.UTC(lastYear + 1, 0)) {
    changes.push({ zone, at: change.epochMilliseconds })
    change = change.getTimeZoneTransition('next')
  }
  return changes
}

/** The zone's offset from UTC in seconds, on each day and on both sides of each change. */
export function sampleOffsets(zone: string, firstYear: number, years: number) {
  const days = Array.from({ length: years * 366 }, (_, n) => Date.UTC(firstYear, 0, 1 + n))
  const changes = listClockChanges(zone, firstYear, firstYear + years).flatMap(({ at }) => [at - 1, at])
  return [...days, ...changes].map((at) => ({
    zone,
    at: new Date(at),
    seconds: readClock(zone, at).offsetNanoseconds / 1e9,
  }))
}

/** Each occurrence of the weekly hours within the span and five days around it. */
function listHours({ time_zone, hours }: Practice, { from, to }: Span): Span[] {
  const spans: Span[] = []
  const last = readClock(time_zone, to).toPlainDate().add({ days: 5 })
  let date = readClock(time_zone, from).toPlainDate().subtract({ days: 5 })
  for (; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 })) {
    for (const { weekday, opens_at, closes_at, starts_on, ends_on } of hours) {
      const day = date.toString()
      if (weekday !== date.dayOfWeek || (starts_on && day < starts_on) || (ends_on && day > ends_on)) continue
      spans.push({
        from: findInstant(time_zone, `${day}T${opens_at}`),
        to:
          closes_at === '24:00:00'
            ? findMidnight(time_zone, date.add({ days: 1 }))
            : findInstant(time_zone, `${day}T${closes_at}`),
      })
    }
  }
  return spans
}

/** With its buffers. */
const spanOccupied = (appointment: Appointment): Span => ({
  from: Date.parse(appointment.start_at) - appointment.buffer_before_minutes * minute,
  to: Date.parse(appointment.end_at) + appointment.buffer_after_minutes * minute,
})
const isOn = ({ status }: Appointment) => status !== 'cancelled' && status !== 'noshow'
const isHeld = ({ hold_expires_at }: Appointment, asOf: number) =>
  hold_expires_at === null || Date.parse(hold_expires_at) > asOf

/** Those the database would accept in turn, which ignores the expiry of holds. */
export function dropClashes(appointments: Appointment[]): Appointment[] {
  const kept: Appointment[] = []
  for (const one of appointments) {
    const rivals = kept.filter((other) => other.doctor === one.doctor && isOn(other) && isOn(one))
    if (!rivals.some((other) => overlap(spanOccupied(one), spanOccupied(other)))) kept.push(one)
  }
  return kept
}

/** Applies every rule to each instant of the span by itself. */
export function consultRules(practice: Practice, byDesk: boolean, asOf: number, span: Span) {
  const { time_zone, visit_type } = practice
  const before = visit_type.buffer_before_minutes * minute
  const after = visit_type.buffer_after_minutes * minute
  const length = visit_type.minutes * minute

  const hours = listHours(practice, span)
  const away = [...practice.time_off, ...practice.closures].map(({ starts_at, ends_at }) => ({
    from: findInstant(time_zone, starts_at),
    to: findInstant(time_zone, ends_at),
  }))
  const isOpen = (at: number) =>
    hours.some((range) => has(range, at)) && !away.some((range) => has(range, at))

  const agreed = practice.appointments.filter(
    (one) => one.doctor === 'asked' && isOn(one) && isHeld(one, asOf),
  )
  const occupied = agreed.map(spanOccupied)
  const agreedOnDayOf = (at: number) =>
    agreed.filter((one) => findDay(time_zone, Date.parse(one.start_at)) === findDay(time_zone, at))

  /** Every instant at which anything starts or ends. */
  const edges = [
    ...[...hours, ...away].flatMap(({ from, to }) => [from, to]),
    ...occupied.flatMap(({ from, to }) => [from - after, to + before]),
  ]

  function fits(start: number) {
    const end = start + length
    const isOpenThroughout = [start, ...edges.filter((edge) => start < edge && edge < end)].every(isOpen)
    const needed = { from: start - before, to: end + after }
    return isOpenThroughout && !occupied.some((span) => overlap(span, needed))
  }

  function isOnGrid(start: number) {
    const clock = readClock(time_zone, start)
    const isWholeMinute = clock.second === 0 && clock.millisecond === 0
    return isWholeMinute && (clock.hour * 60 + clock.minute) % practice.grid_minutes === 0
  }

  function isWithinHorizon(start: number) {
    const tooLate = readClock(time_zone, asOf)
      .toPlainDate()
      .add({ days: visit_type.horizon_days + 1 })
    return start < findMidnight(time_zone, tooLate)
  }

  function isOnline(start: number) {
    const { notice_minutes, daily_cap } = visit_type
    const alike = agreedOnDayOf(start).filter((one) => one.visit_type === 'asked')
    return start >= asOf + notice_minutes * minute && (daily_cap === null || alike.length < daily_cap)
  }

  /** Whether slots are answered at all. */
  const isAnswered = practice.is_offered && (byDesk || visit_type.bookable_online)
  const offers = (start: number) =>
    isAnswered &&
    fits(start) &&
    isOnGrid(start) &&
    isWithinHorizon(start) &&
    (byDesk ? start >= asOf : isOnline(start))

  /** Keeps this visit type's buffers clear of others. */
  const isFree = (at: number) =>
    isOpen(at) && !occupied.some(({ from, to }) => has({ from: from - after, to: to + before }, at))

  /** The parts of the span where `holds` holds. */
  function listSpans(holds: (at: number) => boolean) {
    const spans: Span[] = []
    let { from } = span
    const cuts = new Set([...edges.filter((edge) => span.from < edge && edge < span.to), span.to])
    for (const to of [...cuts].sort((one, other) => one - other)) {
      const last = spans.at(-1)
      if (holds(from) && last?.to === from) last.to = to
      else if (holds(from)) spans.push({ from, to })
      from = to
    }
    return spans
  }

  function listSlots() {
    const slots: { start: number; end: number; load: number }[] = []
    for (let start = Math.ceil(span.from / step) * step; start <= span.to; start += step) {
      if (offers(start)) slots.push({ start, end: start + length, load: agreedOnDayOf(start).length })
    }
    return slots
  }
  return { isAnswered, offers, slots: listSlots(), open: listSpans(isOpen), free: listSpans(isFree) }
}
