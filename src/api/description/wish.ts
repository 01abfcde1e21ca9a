import type { TimeRefusal } from '../../clinic/refusals.ts'

/** Refusals that another time on the same day may avoid. */
export const anyTimeRefusal: Record<TimeRefusal, true> = {
  slot_taken: true,
  patient_busy: true,
  resource_taken: true,
  outside_hours: true,
  off_grid: true,
  short_notice: true,
  beyond_horizon: true,
  day_full: true,
}

export const overrideSaid =
  'Allows a time outside the doctor’s hours or beyond the visit type’s horizon, and records why. Without a visit type, the longest horizon of the doctor’s visit types counts. Front desk only.'

/** Notes on the fields of a request for a time. */
export const wishFieldsSaid = {
  doctor_id: 'Leave out to get any free doctor who offers the visit type',
  location_id: 'With no `doctor_id`: only doctors at this location',
  specialty: 'With no `doctor_id`: only doctors of this specialty',
  patient_id: 'Patients can leave it out to book for themselves',
  visit_type_id:
    'Patients can send `end_at` instead: they get the doctor’s visit type of that length, in person if there is one',
  end_at:
    'Defaults to the length of the visit type. If the front desk sends another, the appointment has no visit type and no buffers.',
  override_reason: overrideSaid,
  reason_for_visit: 'In the patient’s own words',
  colleague_ids: 'Further doctors, nurses or interpreters who take part, at most 10. Front desk only.',
  resource_ids:
    'Rooms and devices at the location, at most 10. They meet the visit type’s needs where they fit. Front desk only.',
  companion_ids: 'Further patients who come along, such as a partner, at most 10',
}
