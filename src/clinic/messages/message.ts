import type { messageStates } from '../../../drizzle/schema/messages.ts'
import type { ChannelName } from '../../channels/channel.ts'
import type { SnakeKeys } from '../snake-case.ts'
import type { MessageKind, MessageLanguage } from './content.ts'

export type MessageState = (typeof messageStates)[number]

/** An appointment that a message is about, as it is now. */
export interface AboutAppointment {
  id: number
  startAt: Date
  /** The location's wall clock, such as `2026-11-23T09:00`. */
  startLocal: string
  timeZone: string
  doctorName: string
  /** Null for a session. */
  patientId: number | null
  patientName: string | null
}

/** A message with what became of it. */
export interface Message {
  id: number
  kind: MessageKind
  /** Of a reminder. */
  daysBefore: number | null
  state: MessageState
  /** Why it was skipped, failed or put off. */
  reason: string | null
  recipient: { kind: 'account' | 'patient' | 'location'; id: number; name: string }
  /** From the first attempt on. */
  channel: ChannelName | null
  address: string | null
  language: MessageLanguage | null
  dueAt: Date
  /** When it is tried next; null once it is sent, has failed or was skipped. */
  tryAt: Date | null
  attempts: number
  provider: string | null
  providerId: string | null
  sentAt: Date | null
  deliveredAt: Date | null
  appointments: AboutAppointment[]
}

/** What `describe_message` answers. */
export type DescribedMessage = Omit<
  SnakeKeys<Message>,
  'recipient' | 'appointments' | 'due_at' | 'try_at' | 'sent_at' | 'delivered_at'
> & {
  recipient: string
  name: string
  due_at: string
  try_at: string | null
  sent_at: string | null
  delivered_at: string | null
  appointments: (Omit<SnakeKeys<AboutAppointment>, 'start_at'> & { start_at: string })[]
}

export function toMessage(row: DescribedMessage): Message {
  const [kind, id] = row.recipient.split(':')
  return {
    id: row.id,
    kind: row.kind,
    daysBefore: row.days_before,
    state: row.state,
    reason: row.reason,
    recipient: { kind: kind as Message['recipient']['kind'], id: Number(id), name: row.name },
    channel: row.channel,
    address: row.address,
    language: row.language,
    dueAt: new Date(row.due_at),
    tryAt: toDate(row.try_at),
    attempts: row.attempts,
    provider: row.provider,
    providerId: row.provider_id,
    sentAt: toDate(row.sent_at),
    deliveredAt: toDate(row.delivered_at),
    appointments: row.appointments.map((one) => ({
      id: one.id,
      startAt: new Date(one.start_at),
      startLocal: one.start_local,
      timeZone: one.time_zone,
      doctorName: one.doctor_name,
      patientId: one.patient_id,
      patientName: one.patient_name,
    })),
  }
}

const toDate = (at: string | null) => (at === null ? null : new Date(at))
