import type { TimeRefusal } from '../../clinic/refusals.ts'

/** Reasons that another time of the same day may overcome. */
export const anyTimeRefusal: Record<TimeRefusal, true> = {
  slot_taken: true,
  patient_busy: true,
  outside_hours: true,
  off_grid: true,
  short_notice: true,
  beyond_horizon: true,
  day_full: true,
}

/** What the shape of a wish does not say. */
export const wishFieldsSaid = {
  doctor_id: 'Left out, whoever offers the visit type and is free',
  location_id: 'Any doctor who works there',
  specialty: 'Any doctor of it',
  patient_id: 'A patient may leave it out, and means themselves',
  end_at: 'Left out, the visit type says how long it is',
  override_reason: 'Why it may lie outside the hours; only for the front desk',
  reason_for_visit: 'What the patient says it is about',
}
