import type { VisitTypeChoice } from '../../clinic/appointments/begin.ts'
import type {
  AppointmentEventJson,
  AppointmentJson,
  HoldJson,
  SessionJson,
  SlotJson,
} from '../appointment-answers.ts'
import type { PlannedDateJson, SeriesJson } from '../series-answers.ts'

// The sample clinic of `npm start`.

const times = {
  start_at: '2026-11-23T02:00:00.000Z',
  end_at: '2026-11-23T02:30:00.000Z',
  start_local: '2026-11-23T09:00',
  end_local: '2026-11-23T09:30',
  time_zone: 'Asia/Jakarta',
}

const about = { doctor_id: 7, patient_id: 3, visit_type_id: 1, location_id: 2 }

export const appointmentExample: AppointmentJson = {
  id: 42,
  ...about,
  status: 'booked',
  ...times,
  awaits_approval_until: null,
  decline_reason: null,
  patient_response: 'accepted',
  arrived_at: null,
  arrived_local: null,
  started_at: null,
  started_local: null,
  reason_for_visit: 'A cough that won’t go away',
  resources: [{ id: 12, type: 'room', kind: 'consultation', name: 'Room 3' }],
  session_id: null,
  series_id: null,
  participants: [
    { type: 'doctor', id: 7, name: 'Dr. Strange' },
    { type: 'patient', id: 3, name: 'Siti Rahma' },
  ],
}

export const seriesExample: SeriesJson = {
  id: 5,
  patient_id: about.patient_id,
  rule: { every: 1, unit: 'week', count: 10 },
  created_at: '2026-11-22T08:00:00.000Z',
  appointments: [appointmentExample],
}

export const plannedDateExample: PlannedDateJson = {
  date: '2026-11-23',
  ...times,
  refusal: 'slot_taken',
  alternatives: [
    {
      start_at: '2026-11-23T02:30:00.000Z',
      end_at: '2026-11-23T03:00:00.000Z',
      start_local: '2026-11-23T09:30',
      end_local: '2026-11-23T10:00',
    },
  ],
}

export const choiceExample: VisitTypeChoice = { visit_type_id: 1, name: 'Consultation', because: 'named' }

export const holdExample: HoldJson = {
  id: 8,
  ...about,
  status: 'pending',
  ...times,
  session_id: null,
  expires_at: '2026-11-22T08:10:00.000Z',
}

export const sessionExample: SessionJson = {
  id: 61,
  visit_type_id: 5,
  doctor_id: 7,
  location_id: 2,
  status: 'booked',
  ...times,
  capacity: 8,
  places_left: 3,
}

export const eventExample: AppointmentEventJson = {
  number: 1,
  kind: 'appointment.booked',
  at: '2026-11-22T08:00:00.000Z',
  actor: 'patient',
  account_id: 5,
  api_key_id: 1,
  request_id: '8e03978e-40d5-43e8-bc93-6894a57f9324',
  reason: null,
  before: null,
  after: { status: 'booked', doctor_id: 7, patient_id: 3, room_ids: [4] },
}

export const slotExample: SlotJson = {
  ...times,
  visit_type_id: 1,
  doctor_id: 7,
  doctor_name: 'Dr. Strange',
  location_id: 2,
  location_name: 'Menteng',
}
