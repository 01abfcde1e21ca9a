import type { BookingRefusal, ChangeRefusal } from '../../clinic/refusals.ts'

/** Why something was refused, said to staff wherever a page has no closer words. */
export const reasons = {
  slot_taken: 'The doctor has another appointment at that time.',
  patient_busy: 'The patient has another appointment at that time.',
  resource_taken: 'A room, device or colleague that is needed isn’t free at that time.',
  outside_hours: 'The doctor doesn’t see patients at that time. To choose it anyway, give a reason.',
  off_grid: 'Appointments can’t start at that minute.',
  short_notice: 'That is too soon for this visit type.',
  beyond_horizon: 'That is further ahead than this visit type is booked. To choose it anyway, give a reason.',
  day_full: 'The doctor is fully booked for this visit type that day.',
  not_offered: 'This doctor doesn’t offer this visit type.',
  session_needed: 'This visit type is for groups: open its session, and add the patient there.',
  session_full: 'That session is full.',
  in_the_past: 'That time has passed. Choose a later one.',
  not_your_patient: 'You can’t do this for this patient.',
  too_many_appointments: 'The patient has as many open appointments as the clinic allows.',
  patient_inactive: 'This person is no longer a patient here. Open their record to change that.',
  phone_needed: 'This visit is by phone: add the patient’s number to their record first.',
  invalid: 'Check the marked fields.',
  too_late: 'It is too late for that.',
  not_yet: 'This is possible once the appointment has started.',
  not_today: 'This is only possible on the day of the appointment.',
  wrong_status: 'The status it has now doesn’t allow this. See below how it is now.',
  stale: 'Someone changed this after you opened the page. See below how it is now, then try again.',
  approval_needed: 'The clinic has to approve this visit type first.',
} satisfies Record<BookingRefusal | ChangeRefusal, string>
