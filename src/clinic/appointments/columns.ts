import type { SQL } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { locations } from '../../../drizzle/schema/locations.ts'
import { onLocalClock } from '../local-clock.ts'
import { type Participant, type ParticipantRow, toParticipant } from './people.ts'

/** A room or a device. */
export interface Thing {
  id: number
  type: 'room' | 'device'
  kind: string
  name: string
}

/** When the patient came, when the doctor began, and what the clinic noted. */
export const attendance = {
  arrivedAt: appointments.arrivedAt,
  arrivedLocal: onLocalClock(appointments.arrivedAt, locations.timeZone) as SQL<string | null>,
  startedAt: appointments.startedAt,
  startedLocal: onLocalClock(appointments.startedAt, locations.timeZone) as SQL<string | null>,
  note: appointments.note,
}

/** Some paths answer with JSON that is parsed already, others with its text. */
export const toThings = (written: string | Thing[]): Thing[] =>
  typeof written === 'string' ? JSON.parse(written) : written

export function toOthers(written: string | ParticipantRow[]): Participant[] {
  const rows: ParticipantRow[] = typeof written === 'string' ? JSON.parse(written) : written
  return rows.map(toParticipant)
}
