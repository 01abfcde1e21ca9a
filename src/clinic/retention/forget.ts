import { type SQL, sql } from 'drizzle-orm'
import { accountLinks } from '../../../drizzle/schema/account-links.ts'
import { accounts } from '../../../drizzle/schema/accounts.ts'
import { appointmentFailures } from '../../../drizzle/schema/appointment-failures.ts'
import { idempotencyKeys } from '../../../drizzle/schema/idempotency-keys.ts'
import { sessions } from '../../../drizzle/schema/sessions.ts'
import { signInCodes } from '../../../drizzle/schema/sign-in-codes.ts'
import { verifications } from '../../../drizzle/schema/verifications.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'

/** How many rows of each kind went. */
export interface Forgotten {
  holds: number
  keys: number
  sessions: number
  /** Links of the clinic among them. */
  codes: number
  failures: number
  securityEvents: number
}

/** How many rows of each kind one trip deletes; small, so that bookings never wait long. */
const aPortion = 5_000

/**
 * Forgets what nobody needs any more, in one trip, the oldest first: holds that nobody booked, with their events, after
 * 30 days; idempotency keys after 24 hours; sessions, links and codes a day after they ended; counts of failures after
 * 30 days; security events after a year, and those about signing in after 90 days. Appointments, and what happened to
 * them, stay. May be done again at any time, and by two at once.
 *
 * @returns what went; there may be more while a number is as large as `atMost`.
 * @throws NotSignedIn, Forbidden.
 */
export async function forgetOld(ctx: ClinicContext, atMost = aPortion): Promise<Forgotten> {
  requireRight(ctx.actor, 'forget')
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const [holds, keys, gone, links, codes, oldCodes, failures, securityEvents] = await ctx.db.batch([
    ctx.db.execute<Counted>(sql`select forget_holds(${at}, ${atMost}) as many`),
    ctx.db.execute<Counted>(
      forget(sql`${idempotencyKeys}`, sql`claimed_at <= ${at} - interval '24 hours'`, atMost),
    ),
    ctx.db.execute<Counted>(forget(sql`${sessions}`, isLongOver(sql`${at} - interval '1 day'`), atMost)),
    ctx.db.execute<Counted>(
      forget(sql`${accountLinks}`, sql`expires_at <= ${at} - interval '1 day'`, atMost),
    ),
    ctx.db.execute<Counted>(forget(sql`${signInCodes}`, sql`expires_at <= ${at} - interval '1 day'`, atMost)),
    ctx.db.execute<Counted>(
      forget(sql`${verifications}`, sql`expires_at <= ${at} - interval '1 day'`, atMost),
    ),
    ctx.db.execute<Counted>(
      forget(sql`${appointmentFailures}`, sql`counted_at <= ${at} - interval '30 days'`, atMost),
    ),
    ctx.db.execute<Counted>(sql`select forget_security_events(${at}, ${atMost}) as many`),
  ])
  return {
    holds: many(holds),
    keys: many(keys),
    sessions: many(gone),
    codes: many(codes) + many(oldCodes) + many(links),
    failures: many(failures),
    securityEvents: many(securityEvents),
  }
}

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
