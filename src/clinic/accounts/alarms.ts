import { sql } from 'drizzle-orm'
import type { SecurityEventKind } from '../../../drizzle/schema/security-events.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import type { AlarmSubject } from '../happenings.ts'

export interface RaisedAlarm extends Record<string, unknown> {
  kind: SecurityEventKind
  subject: AlarmSubject
  times: number
  request_id: string
}

/** The last statement of a batch that records security events: the alarms that they have raised. */
export function raisedAlarms(ctx: Omit<ClinicContext, 'mail' | 'tell' | 'db'>) {
  return sql`select kind, subject, times, ${ctx.requestId}::text as request_id from find_raised_alarms(${acting(ctx)})`
}

/** Tells of each alarm once: an answer that is given again also has those of the first request. */
export function tellAlarms(ctx: ClinicContext, alarms: RaisedAlarm[]): void {
  for (const { kind, subject, times, request_id } of alarms)
    if (request_id === ctx.requestId)
      ctx.tell({ kind: 'alarm.raised', what: kind, by: subject, times, ...deedOf(ctx) })
}
