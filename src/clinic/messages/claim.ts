import { sql } from 'drizzle-orm'
import type { ChannelName } from '../../channels/channel.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import type { MessageAppointment, MessageContent, MessageOccasion } from './content.ts'

/** A message that this caller may send, until its lease of two minutes ends. */
export interface ClaimedMessage extends MessageContent {
  /** Counts the attempts: only the last one says what became of it. */
  attempt: number
  /** The provider's idempotency key. */
  key: string
  /** When it should go out. Each attempt writes the same links and entries, as of then. */
  dueAt: Date
  /** Such as `account:12`, for signing links. */
  recipientKey: string
}

/** How many messages one trip takes: as many as are sent together, so that no lock lasts long and no lease is half over. */
const aPortion = 10

/**
 * Takes messages that are due; see `claim_messages` for which are skipped or put off. One trip; two callers never get the
 * same message, unless the lease of the first has ended.
 *
 * @param channels those that the clinic has set up.
 * @returns the messages to send now; there may be more as long as `mayBeMore`.
 * @throws NotSignedIn, Forbidden for everyone but the system itself.
 */
export async function claimMessages(
  ctx: ClinicContext,
  channels: ChannelName[],
  atMost = aPortion,
): Promise<{ messages: ClaimedMessage[]; mayBeMore: boolean }> {
  requireRight(ctx.actor, 'send messages')
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const { rows } = await ctx.db.execute<{ claimed: ClaimedRow }>(
    sql`select claim_messages(${at}, ${`{${channels.join()}}`}::text[], ${atMost}) as claimed`,
  )
  const [row] = rows
  if (!row) throw new Error('The function always answers.')
  const { looked_at, names_visit_type, messages } = row.claimed
  return {
    messages: messages.map((message) => toMessage(message, names_visit_type)),
    mayBeMore: looked_at >= atMost,
  }
}

function toMessage({ appointments, recipient, ...row }: MessageRow, namesVisitType: boolean): ClaimedMessage {
  return {
    id: row.id,
    kind: row.kind,
    language: row.language,
    channel: row.channel,
    to: row.to,
    key: row.key,
    dueAt: new Date(row.due_at),
    attempt: row.attempt,
    recipientKey: row.recipient_key,
    recipient: {
      kind: recipient.kind,
      name: recipient.name,
      calledName: recipient.called_name,
      accountId: recipient.account_id,
      patientId: recipient.patient_id,
    },
    daysBefore: row.days_before,
    appointments: appointments.map(toAppointment),
    namesVisitType,
    ownText: row.own_text && { subject: row.own_text.subject, body: row.own_text.body },
  }
}

function toAppointment(row: AppointmentRow): MessageAppointment {
  return {
    ...toOccasion(row),
    id: row.id,
    version: row.version,
    patient: row.patient && {
      id: row.patient.id,
      name: row.patient.name,
      calledName: row.patient.called_name,
    },
    before: row.before && toOccasion(row.before),
    changedBy: row.changed_by,
    reason: row.reason,
    visitType: row.visit_type,
    roomNames: row.room_names,
  }
}

function toOccasion(row: OccasionRow): MessageOccasion {
  const { time_zone: timeZone, ...location } = row.location
  return {
    startAt: new Date(row.start_at),
    endAt: new Date(row.end_at),
    startLocal: row.start_local,
    endLocal: row.end_local,
    doctorName: row.doctor_name,
    location: { ...location, timeZone },
  }
}

interface ClaimedRow {
  looked_at: number
  names_visit_type: boolean
  messages: MessageRow[]
}

interface MessageRow {
  id: number
  kind: MessageContent['kind']
  language: MessageContent['language']
  channel: ChannelName
  to: string
  key: string
  due_at: string
  attempt: number
  recipient_key: string
  recipient: {
    kind: MessageContent['recipient']['kind']
    name: string
    called_name: string | null
    account_id: number | null
    patient_id: number | null
  }
  days_before: number | null
  appointments: AppointmentRow[]
  own_text: { subject: string; body: string } | null
}

interface OccasionRow {
  start_at: string
  end_at: string
  start_local: string
  end_local: string
  doctor_name: string
  location: Omit<MessageOccasion['location'], 'timeZone'> & { time_zone: string }
}

interface AppointmentRow extends OccasionRow {
  id: number
  version: number
  patient: { id: number; name: string; called_name: string | null } | null
  before: OccasionRow | null
  changed_by: MessageAppointment['changedBy']
  reason: string | null
  visit_type: MessageAppointment['visitType']
  room_names: string[]
}
