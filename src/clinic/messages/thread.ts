import { sql } from 'drizzle-orm'
import type { ClinicContext } from '../context.ts'
import { isAbout } from './find.ts'
import { type DescribedMessage, type Message, toMessage } from './message.ts'

/** What was sent about an appointment, oldest first, and what will be. */
export interface MessageThread {
  messages: Message[]
  /** Those that are not planned yet, as things are now. */
  reminders: { daysBefore: number; dueAt: Date }[]
  /** A change was made and is told from then on, unless it is undone; null when everything has been planned. */
  waitsUntil: Date | null
}

/** The query, for one batch; not sent yet. It asks for no right: the page's own query does. */
export function threadOf({ db, now }: Pick<ClinicContext, 'db' | 'now'>, appointmentId: number) {
  const about = sql`${appointmentId}::bigint`
  return db.execute<ThreadRow>(sql`
    select
      (
        select coalesce(jsonb_agg(describe_message(messages) order by due_at, id), '[]')
        from messages
        where ${isAbout(about)}
      ) as messages,
      (
        select coalesce(jsonb_agg(reminder order by reminder.due_at), '[]')
        from coming_reminders(${about}, ${now.toISOString()}::timestamptz) reminder
      ) as reminders,
      (select in_utc(max(ready_at)) from outbox where appointment_id = ${about}) as waits_until`)
}

/** @param showsAddresses not to doctors, who need none. */
export function toThread([row]: ThreadRow[], showsAddresses: boolean): MessageThread {
  if (!row) throw new Error('A select without from has one row.')
  const messages = row.messages.map(toMessage)
  return {
    messages: showsAddresses ? messages : messages.map((message) => ({ ...message, address: null })),
    reminders: row.reminders.map((one) => ({ daysBefore: one.days_before, dueAt: new Date(one.due_at) })),
    waitsUntil: row.waits_until === null ? null : new Date(row.waits_until),
  }
}

interface ThreadRow extends Record<string, unknown> {
  messages: DescribedMessage[]
  reminders: { days_before: number; due_at: string }[]
  waits_until: string | null
}
