import type { Column } from '../../../clinic/day/columns.ts'
import type { Day, DayAppointment, Minute } from '../../../clinic/day/day.ts'
import type { DeskStatus } from '../../../clinic/day/desk-status.ts'
import { freeStarts, stepOf } from '../../../clinic/day/free-starts.ts'
import { isOn, statusAt } from '../../../clinic/day/standing.ts'

/** How many have each status; `all` leaves out what was cancelled. */
export function countOf(all: DayAppointment[], { now }: Day): Record<DeskStatus | 'all', number> {
  const counts = {
    all: 0,
    booked: 0,
    late: 0,
    arrived: 0,
    with_doctor: 0,
    fulfilled: 0,
    noshow: 0,
    cancelled: 0,
    pending: 0,
  }
  for (const one of all) {
    const status = statusAt(one, now)
    counts[status] += 1
    if (status !== 'cancelled') counts.all += 1
  }
  return counts
}

/** Whether it counts among those of today who wait or are late. */
export const isTodays = (day: Day) => (one: DayAppointment) => isOn(day.today, one)

export interface NextFree {
  doctorId: number
  /** On the wall clock. */
  local: string
}

/** The first free time of the doctors that are shown: on these days, or else on a later one. */
export function nextFreeIn(columns: Column[], local: (at: Minute) => string): NextFree | null {
  const offers = columns.flatMap(({ doctor, clock }): NextFree[] => {
    if (!doctor) return []
    const [start] = freeStarts(
      doctor.free.filter(([from]) => from < clock.end && from >= clock.start),
      clock,
      stepOf(doctor.gridMinutes),
    )
    if (start !== undefined) return [{ doctorId: doctor.id, local: local(start) }]
    return doctor.nextFree ? [{ doctorId: doctor.id, local: doctor.nextFree }] : []
  })
  return offers.toSorted((one, other) => (one.local < other.local ? -1 : 1))[0] ?? null
}
