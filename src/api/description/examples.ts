import type { AccountJson, ApiKeyJson, SecurityEventJson } from '../access-answers.ts'
import type { AbsenceJson, DoctorJson, LocationJson, ResourceJson, VisitTypeJson } from '../clinic-answers.ts'
import type {
  CorrectionRequestJson,
  PatientJson,
  PatientMergeJson,
  PatientSummaryJson,
} from '../patient-answers.ts'
import type { SettingsJson } from '../settings-answers.ts'

// The sample clinic of `npm start`.

export const visitTypeExample: VisitTypeJson = {
  id: 1,
  name: 'Consultation',
  mode: 'in_person',
  minutes: 30,
  buffer_before_minutes: 0,
  buffer_after_minutes: 5,
  notice_minutes: 60,
  cancellation_notice_minutes: 1440,
  horizon_days: 180,
  daily_cap: null,
  bookable_online: true,
  requires_approval: false,
  approval_hours: 48,
  needs: [{ type: 'room', kinds: ['consultation'], before_minutes: 0, after_minutes: 10 }],
  is_active: true,
  sort_order: 0,
  version: 3,
  capacity: null,
  reminder_days: [3, 1],
  is_silent: false,
  bring: 'Your identity card and any earlier results',
  preparation: null,
}

export const doctorExample: DoctorJson = {
  id: 7,
  name: 'Dr. Strange',
  specialty: 'General practice',
  role: 'doctor',
  grid_minutes: 15,
  is_active: true,
  is_listed: true,
  sort_order: 0,
  version: 3,
  locations: [{ id: 2, name: 'Menteng', time_zone: 'Asia/Jakarta' }],
  location: { id: 2, name: 'Menteng', time_zone: 'Asia/Jakarta' },
  weekly_hours: [{ weekday: 1, opens_at: '09:00', closes_at: '17:00', location_id: 2 }],
  visit_types: [{ id: 1, name: 'Consultation', mode: 'in_person', minutes: 30 }],
}

export const locationExample: LocationJson = {
  id: 2,
  name: 'Menteng',
  time_zone: 'Asia/Jakarta',
  address: 'Jl. Menteng Raya 1, Jakarta',
  phone: '+62 21 5550 1234',
  directions: 'The entrance is in the courtyard, next to the pharmacy.',
  email: 'menteng@clinic.example',
  wanted_messages: 'approvals',
  is_active: true,
  is_listed: true,
  sort_order: 0,
  version: 3,
}

export const resourceExample: ResourceJson = {
  id: 31,
  location_id: 2,
  type: 'device',
  kind: 'ultrasound',
  name: 'Ultrasound 1',
  sort_order: 0,
  is_active: true,
  version: 3,
  weekly_hours: [{ weekday: 1, opens_at: '09:00', closes_at: '17:00' }],
}

export const patientExample: PatientJson = {
  id: 3,
  name: 'Patient Zero',
  called_name: null,
  birth_date: '1990-05-17',
  sex: null,
  phone: '+6281234567890',
  contact_email: 'zero@example.com',
  languages: ['id', 'en'],
  preferred_channel: 'whatsapp',
  address: 'Jl. Melati 5\nJakarta 10310',
  identifiers: [{ issuer: 'record', value: 'RM-000123' }],
  is_deceased: false,
  is_active: true,
  moved_to_id: null,
  erased_at: null,
}

export const correctionRequestExample: CorrectionRequestJson = {
  id: 4,
  patient_id: 3,
  changes: { name: 'Patient One' },
  status: 'open',
  requested_at: '2026-11-24T08:30:00.000Z',
  decided_at: null,
  reason: null,
}

export const patientSummaryExample: PatientSummaryJson = {
  id: 3,
  name: 'Patient Zero',
  called_name: null,
  birth_date: '1990-05-17',
  phone_ending: '7890',
  record_number: 'RM-001234',
  is_active: true,
  is_deceased: false,
}

export const mergeExample: PatientMergeJson = {
  id: 6,
  from_id: 31,
  into_id: 3,
  merged_at: '2026-11-22T08:00:00.000Z',
  undo_until: '2026-12-22T08:00:00.000Z',
  undone_at: null,
  appointment_ids: [42],
  filled: ['phone'],
}

export const absenceExample: AbsenceJson = {
  id: 4,
  start_at: '2026-12-24T05:00:00.000Z',
  end_at: '2026-12-26T17:00:00.000Z',
  start_local: '2026-12-24T12:00',
  end_local: '2026-12-27T00:00',
  time_zone: 'Asia/Jakarta',
  reason: 'Christmas',
  appointment_ids: [42],
}

export const accountExample: AccountJson = {
  id: 5,
  email: 'zero@example.com',
  name: 'Patient Zero',
  role: 'patient',
  doctor_id: null,
  location_ids: null,
  version: 3,
}

export const securityEventExample: SecurityEventJson = {
  id: 812,
  at: '2026-11-24T08:30:00.000Z',
  kind: 'role.changed',
  account_id: 5,
  actor_kind: 'admin',
  by_account_id: 2,
  by_api_key_id: null,
  network: 'h3Zb0c9yRkVw0t5gWnq7Jm1yq2pXo8uZ4sQ6dR3Eq3L',
  place: 'Bandung, ID',
  request_id: '6f1de9f0-6d1c-4f39-a8e2-0b7b4cfb8f0e',
  details: { from: 'patient', to: 'front_desk' },
}

export const apiKeyExample: ApiKeyJson = {
  id: 7,
  name: 'The laboratory',
  owner_id: 9,
  role: 'front_desk',
  scopes: ['appointments:read', 'appointments:write'],
  issued_by: 9,
  issued_by_key_id: 6,
  last_used_at: null,
  expires_at: '2027-11-22T00:00:00.000Z',
  revoked_at: null,
}

export const settingsExample: SettingsJson = {
  name: 'AloClinic Menteng',
  languages: ['en', 'id'],
  most_open_appointments: 4,
  most_open_appointments_after_visit: 8,
  most_open_appointments_in_first_hour: 2,
  most_dependants: 8,
  most_dependants_in_first_hour: 3,
  most_holds: 2,
  most_holds_in_first_hour: 1,
  staff_need_passkeys: false,
  asks_birth_date: 'optional',
  asks_phone: 'optional',
  asks_sex: 'no',
  released_holds_kept_days: 30,
  unfinished_accounts_kept_days: 30,
  security_events_kept_days: 365,
  sign_in_events_kept_days: 90,
  reasons_kept_days: null,
  grace_seconds: 180,
  quiet_from: '21:00',
  quiet_until: '08:00',
  messages_language: 'en',
  messages_name_visit_type: false,
  most_emails_a_day: null,
  most_whatsapps_a_day: 500,
  most_sms_a_day: null,
  email_cost: 0,
  whatsapp_cost: 356,
  sms_cost: 600,
  currency: 'IDR',
  messages_kept_days: 365,
  late_alert_minutes: 10,
  waiting_alert_minutes: 20,
  with_doctor_alert_minutes: 60,
  doctors_see_one_another: false,
}
