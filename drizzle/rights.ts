export type Right = 'select' | 'insert' | 'update' | 'delete'

const read: Right[] = ['select']
const keep: Right[] = ['select', 'insert', 'update']
const all: Right[] = ['select', 'insert', 'update', 'delete']

/**
 * What the Worker's database role may do with each table. It owns nothing, and a table that is not listed is closed to it.
 * History can be read only: functions that run with the owner's rights write it, each change together with its event. What
 * history refers to is never deleted.
 */
export const rightsOfApp: Record<string, Right[]> = {
  // history
  appointments: read,
  claims: read,
  series: read,
  events: read,
  event_heads: read,
  replaced_heads: read,
  tombstones: read,
  security_events: read,
  security_counts: read,
  settings_states: read,
  settings_events: read,
  patient_events: read,
  patient_accesses: read,
  patient_merges: keep,
  // written by functions only
  outbox: read,
  messages: read,
  message_appointments: read,
  appointment_responses: read,
  message_preferences: all,
  message_texts: all,
  marked_addresses: all,
  // who it is about
  accounts: keep,
  api_keys: keep,
  patients: keep,
  patient_search_keys: all,
  patient_identifiers: all,
  patient_invitations: keep,
  correction_requests: keep,
  account_patients: all,
  // the clinic
  locations: keep,
  doctors: keep,
  doctor_locations: all,
  travel_times: all,
  resources: keep,
  resource_hours: all,
  resource_absences: all,
  visit_types: keep,
  visit_type_needs: all,
  doctor_visit_types: all,
  weekly_hours: all,
  time_off: all,
  closures: all,
  clinic_settings: ['select', 'update'],
  // the front desk's day
  account_locations: all,
  day_notes: all,
  walk_ins: all,
  strandings: all,
  patient_flags: all,
  // what ends by itself
  sessions: all,
  sign_in_codes: all,
  account_links: all,
  email_changes: all,
  passkeys: all,
  verifications: all,
  idempotency_keys: all,
  appointment_failures: all,
}
