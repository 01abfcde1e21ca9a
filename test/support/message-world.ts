import type pg from 'pg'

/** What an event says about an appointment. */
export interface Facts {
  status: string
  doctor_id: number
  patient_id: number | null
  visit_type_id: number | null
  start_at: string
  end_at: string
  location_id?: number
  session_id?: number
  companion_ids?: number[]
  colleague_ids?: number[]
}

export interface Event {
  appointment_id: number
  number: number
  kind: string
  at: string
  actor_kind: string
  account_id: number | null
  api_key_id: number | null
  request_id: string | null
  before: Facts | null
  after: Facts
}

interface Account {
  id: number
  role: string
  doctor_id: number | null
  is_closed: boolean
  email: string
  wanted_messages: string | null
}

interface Patient {
  id: number
  moved_to_id: number | null
  contact_email: string | null
  preferred_channel: string | null
  is_deceased: boolean
}

/** Everything that decides who is told of what: the events, and what the clinic knows about its people and places. */
export interface World {
  /** By appointment and number. */
  events: Event[]
  settings: { grace_seconds: number; quiet_from: string; quiet_until: string }
  accounts: Account[]
  patients: Patient[]
  links: { account_id: number; patient_id: number; relation: string; ends_on: string | null }[]
  visit_types: { id: number; reminder_days: number[]; is_silent: boolean }[]
  doctors: { id: number; location_id: number }[]
  locations: { id: number; time_zone: string; email: string | null; wanted_messages: string }[]
  preferences: { recipient: string; kind: string; is_wanted: boolean }[]
  marked: { channel: string; address: string; reason: string }[]
}

/** As it is now. */
export async function readWorld(sql: pg.Pool): Promise<World> {
  const all = (query: string) => `(select coalesce(jsonb_agg(one), '[]') from (${query}) one)`
  const { rows } = await sql.query(`select jsonb_build_object(
    'events', ${all('select appointment_id, number, kind, at, actor_kind, account_id, api_key_id, request_id, before, after from events order by appointment_id, number')},
    'settings', (select to_jsonb(one) from clinic_settings one),
    'accounts', ${all('select id, role, doctor_id, closed_at is not null as is_closed, email, wanted_messages from accounts')},
    'patients', ${all('select id, moved_to_id, contact_email, preferred_channel, is_deceased from patients')},
    'links', ${all('select account_id, patient_id, relation, ends_on from account_patients')},
    'visit_types', ${all('select id, reminder_days, is_silent from visit_types')},
    'doctors', ${all('select id, location_id from doctors')},
    'locations', ${all('select id, time_zone, email, wanted_messages from locations')},
    'preferences', ${all('select recipient, kind, is_wanted from message_preferences')},
    'marked', ${all('select channel, address, reason from marked_addresses')}
  ) as world`)
  return rows[0].world
}
