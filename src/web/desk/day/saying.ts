import type { DayAppointment } from '../../../clinic/day/day.ts'
import type { DeskStatus } from '../../../clinic/day/desk-status.ts'
import type { DayProps } from './page.ts'

/** What staff must know of a status beyond its word: who marked it, until when it lasts; empty when there is nothing. */
export function sayingOf({ words, times }: DayProps, one: DayAppointment, status: DeskStatus): string {
  const at = (minute: number | null, say: (time: string) => string) =>
    minute === null ? '' : say(times.clock(minute))
  if (status === 'noshow') return at(one.marked, (time) => words.markedBy(time, one.markedBy))
  if (status === 'cancelled')
    return [one.offBecause ?? '', at(one.told, words.toldAt)].filter(Boolean).join(' · ')
  if (status === 'with_doctor') return at(one.started, words.since)
  if (status !== 'pending') return ''
  return one.awaitsApproval ? words.request : at(one.holdExpires, words.heldUntil)
}

/** The same, with how long a patient has been waiting, and how to call one who is late. */
export function listSayingOf(
  props: DayProps,
  one: DayAppointment,
  status: DeskStatus,
  minutes: number | null,
): string {
  const { words } = props
  if (one.capacity !== null) return words.places(one.placesTaken, one.capacity)
  if (status === 'arrived' && minutes !== null) return words.waitingSince(words.minutes(minutes))
  if (status === 'late' && one.phone) return words.phone(one.phone)
  return sayingOf(props, one, status)
}
