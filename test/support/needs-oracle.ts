import { consultRules, minute, type Practice } from './availability-oracle.ts'

/** Someone or something that can meet needs, with everything that decides when they are free. */
export interface Candidate {
  type: 'person' | 'room' | 'device'
  /** Of a person. */
  role: string
  specialty: string
  /** Of a room or device. */
  kind: string
  is_here: boolean
  is_active: boolean
  sort_order: number
  /** None: a person never works, a room or device can always be used. */
  hours: Practice['hours']
  absences: Practice['time_off']
  taken: { start_at: string; end_at: string; expires_at: string | null }[]
}

interface Need {
  type: 'role' | 'room' | 'device'
  role: string | null
  specialty: string | null
  kinds: readonly string[] | null
  before_minutes: number
  after_minutes: number
}

interface Span {
  from: number
  to: number
}

type Clinic = Omit<Practice, 'hours' | 'time_off' | 'appointments'>

const everyDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  weekday,
  opens_at: '00:00:00',
  closes_at: '24:00:00',
  starts_on: null,
  ends_on: null,
}))

/** A candidate as if it were a doctor. */
export function toPractice(one: Candidate, clinic: Clinic): Practice {
  const isAlwaysThere = one.type !== 'person' && one.hours.length === 0
  return {
    ...clinic,
    hours: isAlwaysThere ? everyDay : one.hours,
    time_off: one.absences,
    appointments: one.taken.map(({ start_at, end_at, expires_at }) => ({
      doctor: 'asked',
      visit_type: null,
      status: 'booked',
      start_at,
      end_at,
      buffer_before_minutes: 0,
      buffer_after_minutes: 0,
      hold_expires_at: expires_at,
    })),
  }
}

/** Where a candidate is there and not taken. */
export function findFreeTime(one: Candidate, clinic: Clinic, asOf: number, span: Span): Span[] {
  const visitType = { ...clinic.visit_type, buffer_before_minutes: 0, buffer_after_minutes: 0 }
  return consultRules({ ...toPractice(one, clinic), visit_type: visitType }, true, asOf, span).free
}

function fits(one: Candidate, need: Need): boolean {
  if (!one.is_here || !one.is_active) return false
  if (need.type === 'role')
    return (
      one.type === 'person' && one.role === need.role && (need.specialty ?? one.specialty) === one.specialty
    )
  return one.type === need.type && (need.kinds?.includes(one.kind) ?? false)
}

/** Whether each need gets a candidate of its own at this start; `free` are the candidates' free times. */
export function canMeet(
  needs: Need[],
  candidates: Candidate[],
  free: Span[][],
  start: number,
  end: number,
): boolean {
  const takenBy = new Map<number, number>()

  const isFree = (one: number, { before_minutes, after_minutes }: Need) =>
    free[one]?.some(
      ({ from, to }) => from <= start - before_minutes * minute && end + after_minutes * minute <= to,
    )

  /** Gives the need a candidate, moving earlier needs to others where it must. */
  function settle(need: number, tried: Set<number>): boolean {
    const asked = needs[need] as Need
    return candidates.some((one, at) => {
      if (tried.has(at) || !fits(one, asked) || !isFree(at, asked)) return false
      tried.add(at)
      const holder = takenBy.get(at)
      if (holder !== undefined && !settle(holder, tried)) return false
      takenBy.set(at, need)
      return true
    })
  }
  return needs.every((_, need) => settle(need, new Set()))
}
