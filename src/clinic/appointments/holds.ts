import { type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, personOf } from '../context.ts'
import { NotFound, NotSignedIn } from '../errors.ts'
import type { Changer } from './change.ts'
import { type Appointment, selectAppointments } from './find.ts'
import { businessOf } from './reach.ts'

/** How long a hold lasts, and how much longer once extended, in minutes. */
export const holdMinutes = 10

/**
 * Who may do what they will with a hold: whose patient it is for, or whose browser holds it for no patient yet.
 *
 * @throws NotSignedIn, Forbidden.
 */
export function holderOf(ctx: ClinicContext): Changer {
  const holder = requireRight(ctx.actor, 'hold slots')
  if (holder.kind === 'anonymous' && !ctx.browser) throw new NotSignedIn()
  return { person: personOf(ctx.actor), browserId: ctx.browser?.id }
}

/**
 * The condition that a hold is the actor's, whatever became of it, so that doing it again is the same.
 *
 * @throws NotSignedIn, Forbidden.
 */
export function isTheirHold(ctx: ClinicContext, id: number): SQL {
  const { person, browserId = null } = holderOf(ctx)
  const wasTheirs = sql`${appointments.strangerId} = ${browserId}`
  return sql`${appointments.id} = ${id}::bigint and (${businessOf(person) ?? sql`true`} or ${wasTheirs})`
}

/** The condition that a hold occupies its time still. */
export function isOpen(now: Date): SQL {
  return sql`
    ${appointments.status} = 'pending'
    and not ${appointments.awaitsApproval}
    and ${appointments.holdExpiresAt} > ${now.toISOString()}::timestamptz`
}

/**
 * A hold that has not expired, in one trip.
 *
 * @throws NotFound when there is none, or it is not the actor's; NotSignedIn, Forbidden.
 */
export async function findHold(ctx: ClinicContext, id: number): Promise<Appointment> {
  const [hold] = await selectAppointments(ctx.db).where(sql`${isTheirHold(ctx, id)} and ${isOpen(ctx.now)}`)
  if (!hold) throw new NotFound('hold')
  return hold
}
