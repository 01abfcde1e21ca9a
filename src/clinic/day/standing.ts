import type { Day, DayAppointment, DayClock, DayDoctor, Minute } from './day.ts'
import { type DeskStatus, deskStatusOf } from './desk-status.ts'
import { contains, without } from './ranges.ts'

/** What staff see as the status of an appointment at that minute. */
export function statusAt({ status, start, started }: DayAppointment, now: Minute): DeskStatus {
  return deskStatusOf({ status, startAt: start, startedAt: started }, now)
}

/** How a doctor's day goes right now; null when they see no one now. */
export type Standing = { kind: 'behind'; minutes: number } | { kind: 'on_time' | 'free_now' } | null

/** Fewer minutes than that are on time. */
const behindFrom = 5

export function standingOf({ appointments, now }: Day, doctor: DayDoctor): Standing {
  const current = appointments
    .filter((one) => one.doctorId === doctor.id && statusAt(one, now) === 'with_doctor')
    .toSorted((one, other) => (one.started ?? 0) - (other.started ?? 0))
    .at(-1)
  if (current) return paceOf(current, now)
  const open = without(
    doctor.hours,
    doctor.off.map(({ start, end }) => [start, end]),
  )
  return open.some((range) => contains(range, now)) ? { kind: 'free_now' } : null
}

function paceOf({ start, end, started }: DayAppointment, now: Minute): Standing {
  const minutes = Math.max((started ?? start) - start, now - end)
  return minutes >= behindFrom ? { kind: 'behind', minutes } : { kind: 'on_time' }
}

/** Who is here and has not been seen yet: whoever has waited longest first. */
export function waitingNow({ appointments, today }: Pick<Day, 'appointments' | 'today'>): DayAppointment[] {
  return appointments
    .filter((one) => one.status === 'arrived' && one.started === null && isOn(today, one))
    .toSorted(
      (one, other) => (one.arrived ?? one.start) - (other.arrived ?? other.start) || one.id - other.id,
    )
}

export const isOn = ({ start, end }: DayClock, one: { start: Minute }): boolean =>
  one.start >= start && one.start < end

/** Since when a patient has been where they are: late, waiting, or with the doctor. */
export function sinceOf(one: DayAppointment, status: DeskStatus): Minute | null {
  const since = { late: one.start, arrived: one.arrived, with_doctor: one.started }
  return status in since ? since[status as keyof typeof since] : null
}

/** How long that is. */
export function minutesSo(one: DayAppointment, status: DeskStatus, now: Minute): number | null {
  const since = sinceOf(one, status)
  return since === null ? null : Math.max(0, now - since)
}

/** Whether that is longer than the clinic wants. */
export function isOver(minutes: number | null, status: DeskStatus, alerts: Day['alerts']): boolean {
  const most = mostMinutes(status, alerts)
  return minutes !== null && most !== null && minutes > most
}

/** How long the clinic wants that to last; null where it does not care. */
export function mostMinutes(status: DeskStatus, alerts: Day['alerts']): number | null {
  const most = { late: alerts.late, arrived: alerts.waiting, with_doctor: alerts.withDoctor }
  return status in most ? most[status as keyof typeof most] : null
}

/** Whether what was done to it can be taken back: on its own day, or before the patient is told. */
export function canBeUndone(one: DayAppointment, { today, now }: Pick<Day, 'today' | 'now'>): boolean {
  if (one.status === 'cancelled') return one.told !== null && one.told > now
  return ['arrived', 'fulfilled', 'noshow'].includes(one.status) && isOn(today, one)
}
