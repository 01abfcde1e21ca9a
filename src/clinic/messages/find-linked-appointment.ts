import { sql } from 'drizzle-orm'
import { type AppointmentRow, toAppointment } from '../appointments/appointment-row.ts'
import type { Appointment } from '../appointments/find.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { type MessageLanguage, messageLanguageOf } from './content.ts'
import type { MessageLink } from './links.ts'

/** An appointment as the one whom a message about it went to may see it, without signing in. */
export interface LinkedAppointment {
  /** Without anything that is said about the patient. */
  appointment: Appointment
  /** Whether the clinic lets messages, and so this page, name the visit type. */
  namesVisitType: boolean
  /** Of the recipient themselves; null when they only act for others. */
  ownPatientId: number | null
  /** Whether they only come along, and so neither answer nor change anything. */
  isCompanion: boolean
  /** Without one, they change the appointment by calling the clinic. */
  hasAccount: boolean
  /** Of their own record; null when that names none of ours. */
  language: MessageLanguage | null
  directions: string | null
  bring: string | null
  preparation: string | null
  /** The other time that a message told them last, if the appointment has moved since. */
  toldBefore: ToldBefore | null
}

type ToldBefore = Pick<Appointment, 'startAt' | 'endAt' | 'startLocal' | 'endLocal'> & {
  location: Pick<Appointment['location'], 'timeZone'>
}

/**
 * The appointment that a message's link is bound to, as it is now. Nobody has to be signed in: the link is the authority.
 *
 * @throws NotFound when its recipient may no longer know of it, see `find_linked_appointment`.
 */
export async function findLinkedAppointment(
  { db, now }: Pick<ClinicContext, 'db' | 'now'>,
  { appointmentId, recipient }: MessageLink,
): Promise<LinkedAppointment> {
  const { rows } = await db.execute<{ found: LinkedRow | null }>(sql`
    select find_linked_appointment(
      ${appointmentId}::bigint, ${recipient}, ${now.toISOString()}::timestamptz
    ) as found`)
  const row = rows[0]?.found
  if (!row) throw new NotFound('appointment')
  return {
    appointment: toAppointment(row),
    namesVisitType: row.names_visit_type,
    ownPatientId: row.own_patient_id,
    isCompanion: row.is_companion,
    hasAccount: row.has_account,
    language: messageLanguageOf(row.languages),
    directions: row.directions,
    bring: row.bring,
    preparation: row.preparation,
    toldBefore: row.told_before && toToldBefore(row.told_before),
  }
}

function toToldBefore({ start_at, end_at, start_local, end_local, location }: OccasionRow): ToldBefore {
  return {
    startAt: new Date(start_at),
    endAt: new Date(end_at),
    startLocal: start_local,
    endLocal: end_local,
    location: { timeZone: location.time_zone },
  }
}

interface OccasionRow {
  start_at: string
  end_at: string
  start_local: string
  end_local: string
  location: { time_zone: string }
}

type LinkedRow = AppointmentRow & {
  own_patient_id: number | null
  is_companion: boolean
  has_account: boolean
  languages: string[] | null
  directions: string | null
  bring: string | null
  preparation: string | null
  names_visit_type: boolean
  told_before: OccasionRow | null
}
