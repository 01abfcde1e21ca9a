import { sql } from 'drizzle-orm'
import type { SecurityEventKind } from '../../../drizzle/schema/security-events.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import type { AlarmSubject } from '../happenings.ts'

export interface RaisedAlarm extends Record<string, unknown> {
  kind: SecurityEventKind
  subject: AlarmSubject
  times: number
}

/** The last statement of a batch that records security events: the alarms that they have raised. */
export function raisedAlarms(ctx: Omit<ClinicContext, 'mail' | 'tell' | 'db'>) {
  return sql`select kind, subject, times from find_raised_alarms(${acting(ctx)})`
}

export function tellAlarms(ctx: ClinicContext, alarms: RaisedAlarm[]): void {
  for (const { kind, subject, times } of alarms)
    ctx.tell({ kind: 'alarm.raised', what: kind, by: subject, times, ...deedOf(ctx) })
}
