import { type SQL, sql } from 'drizzle-orm'
import { accountLinks } from '../../../drizzle/schema/account-links.ts'
import { accounts } from '../../../drizzle/schema/accounts.ts'
import { appointmentFailures } from '../../../drizzle/schema/appointment-failures.ts'
import { dayNotes } from '../../../drizzle/schema/day-notes.ts'
import { emailChanges } from '../../../drizzle/schema/email-changes.ts'
import { idempotencyKeys } from '../../../drizzle/schema/idempotency-keys.ts'
import { sessions } from '../../../drizzle/schema/sessions.ts'
import { signInCodes } from '../../../drizzle/schema/sign-in-codes.ts'
import { strandings } from '../../../drizzle/schema/strandings.ts'
import { verifications } from '../../../drizzle/schema/verifications.ts'
import { walkIns } from '../../../drizzle/schema/walk-ins.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'

/** How many rows of each kind went. */
export interface Forgotten {
  holds: number
  keys: number
  sessions: number
  /** Links of the clinic and changes of addresses among them. */
  codes: number
  failures: number
  securityEvents: number
  /** That were never completed. */
  accounts: number
  /** Of appointments, all reasons of one together. */
  reasons: number
  accesses: number
  invitations: number
  messages: number
  /** Notes of the day, walk-ins, and what stood on the list to work through. */
  ofTheDay: number
}

/** How many rows of each kind one trip deletes; small, so that bookings never wait long. */
const aPortion = 5_000

/** Emptying reasons hashes chains of events again, and locks the appointments meanwhile. */
const mostReasons = 1_000

/**
 * Forgets what no one needs any more, in one trip, the oldest first. The settings say how long holds that no one booked,
 * accounts that were never completed, security events, messages and reasons are kept; idempotency keys last 24 hours, sessions, links
 * and codes a day after they ended, counts of failures, expired invitations, notes of the day and walk-ins 30 days, and the list of who opened whose
 * record three years. Appointments, and what happened to them, stay. May be done again at any time, and by two at once.
 *
 * @returns what went; there may be more while a number is as large as `atMost`.
 * @throws NotSignedIn, Forbidden.
 */
export async function forgetOld(ctx: ClinicContext, atMost = aPortion): Promise<Forgotten> {
  requireRight(ctx.actor, 'forget')
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const aDayAgo = sql`expires_at <= ${at} - interval '1 day'`
  const sent = (query: SQL) => ctx.db.execute<Counted>(query)
  const call = (forgetting: SQL) => sent(sql`select ${forgetting} as many`)
  const [holds, keys, gone, links, codes, changes, oldCodes, notes, waited, stranded, failures, ...called] =
    await ctx.db.batch([
      call(sql`forget_holds(${at}, ${atMost})`),
      sent(forget(sql`${idempotencyKeys}`, sql`claimed_at <= ${at} - interval '24 hours'`, atMost)),
      sent(forget(sql`${sessions}`, isLongOver(sql`${at} - interval '1 day'`), atMost)),
      sent(forget(sql`${accountLinks}`, aDayAgo, atMost)),
      sent(forget(sql`${signInCodes}`, aDayAgo, atMost)),
      sent(forget(sql`${emailChanges}`, aDayAgo, atMost)),
      sent(forget(sql`${verifications}`, aDayAgo, atMost)),
      sent(forget(sql`${dayNotes}`, sql`expires_at <= ${at} - interval '30 days'`, atMost)),
      sent(forget(sql`${walkIns}`, sql`came_at <= ${at} - interval '30 days'`, atMost)),
      sent(forget(sql`${strandings}`, isOver(at), atMost)),
      sent(forget(sql`${appointmentFailures}`, sql`counted_at <= ${at} - interval '30 days'`, atMost)),
      call(sql`forget_security_events(${at}, ${atMost})`),
      call(sql`forget_accounts(${at}, ${atMost})`),
      call(sql`forget_reasons(${at}, ${Math.min(atMost, mostReasons)})`),
      call(sql`forget_accesses(${at}, ${atMost})`),
      call(sql`forget_invitations(${at}, ${atMost})`),
      call(sql`forget_messages(${at}, ${atMost})`),
    ])
  const [securityEvents, accounts, reasons, accesses, invitations, messages] = called
  return {
    holds: many(holds),
    keys: many(keys),
    sessions: many(gone),
    codes: many(codes) + many(changes) + many(oldCodes) + many(links),
    failures: many(failures),
    securityEvents: many(securityEvents),
    accounts: many(accounts),
    reasons: many(reasons),
    accesses: many(accesses),
    invitations: many(invitations),
    messages: many(messages),
    ofTheDay: many(notes) + many(waited) + many(stranded),
  }
}

/** Of an appointment that took place, or would have. */
const isOver = (at: SQL) => sql`(
  select end_at from appointments where id = appointment_id
) <= ${at} - interval '1 day'`

/** Patients' sessions end when they expire, and those of the clinic's own people sooner. */
const isLongOver = (at: SQL) => sql`id = any (array(
  select id from ${sessions} where expires_at <= ${at}
  union all
  select ${sessions.id}
  from ${accounts}
  join ${sessions} on account_id = ${accounts.id}
  where role <> 'patient' and session_ends_at(${sessions}, role) <= ${at}
))`

const many = ({ rows }: { rows: Counted[] }) => rows[0]?.many ?? 0

interface Counted extends Record<string, unknown> {
  many: number
}

function forget(table: SQL, isOld: SQL, atMost: number): SQL {
  return sql`
    with forgotten as (
      delete from ${table}
      where ctid = any (array(select ctid from ${table} where ${isOld} limit ${atMost} for update skip locked))
      returning 1
    )
    select count(*)::integer as many from forgotten`
}
