import { slotExample } from './appointment-examples.ts'

const at = (from: string, to: string) => ({
  start_at: `2026-12-01T${from}:00.000Z`,
  end_at: `2026-12-01T${to}:00.000Z`,
})
const morning = {
  ...at('01:00', '03:00'),
  start_local: '2026-12-01T08:00',
  end_local: '2026-12-01T10:00',
}
const seminar = {
  ...at('03:00', '05:00'),
  start_local: '2026-12-01T10:00',
  end_local: '2026-12-01T12:00',
}
const day = { ...morning, end_at: seminar.end_at, end_local: seminar.end_local }
const unnamed = { id: null, name: null, kind: null, doctor_name: null, location_name: 'Menteng' }

/** Its first two rules. */
export const explanationExample = {
  doctor_id: slotExample.doctor_id,
  doctor_name: slotExample.doctor_name,
  visit_type_id: slotExample.visit_type_id,
  visit_type_name: 'Consultation',
  locations: [{ id: slotExample.location_id, name: 'Menteng' }],
  on: '2026-12-01',
  time_zone: 'Asia/Jakarta',
  stopped_by: null,
  terms: {
    minutes: 150,
    buffer_before_minutes: 0,
    buffer_after_minutes: 10,
    notice_minutes: 1440,
    horizon_days: 60,
    daily_cap: 12,
    grid_minutes: 15,
    booked: 0,
    earliest_local: '2026-12-01T07:24',
    last_day: '2027-01-29',
  },
  rules: [
    {
      rule: 'hours',
      minutes_left: 240,
      remaining: [day],
      taken: [],
      causes: [{ ...day, ...unnamed }],
      without_it: null,
    },
    {
      rule: 'time_off',
      minutes_left: 120,
      remaining: [morning],
      taken: [seminar],
      causes: [{ ...seminar, ...unnamed, id: 5, name: 'Seminar', kind: 'block', location_name: null }],
      without_it: { times: 6, first_start_local: '2026-12-01T08:00' },
    },
  ],
  free: [],
  next: slotExample,
  instead: [{ visit_type_id: 8, name: 'Follow-up', start_local: '2026-12-01T08:00' }],
}
