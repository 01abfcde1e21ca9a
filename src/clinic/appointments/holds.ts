import { type SQL, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, personOf } from '../context.ts'
import { NotFound, NotSignedIn } from '../errors.ts'
import { type AppointmentRow, asRow, selectNamed, toAppointment } from './appointment-row.ts'
import { type Appointment, businessOf } from './find.ts'
import { isOpen } from './let-go.ts'

/** How long a hold lasts, and how much longer once extended, in minutes. */
export const holdMinutes = 10

/**
 * The condition that a hold is the actor's: of a patient of theirs, or what their browser holds for no patient yet.
 *
 * @throws NotSignedIn, Forbidden.
 */
export function isTheirHold(ctx: ClinicContext, id: number): SQL {
  const holder = requireRight(ctx.actor, 'hold slots')
  if (holder.kind === 'anonymous' && !ctx.browser) throw new NotSignedIn()
  const isBusiness = businessOf(personOf(ctx.actor)) ?? sql`true`
  const wasTheirs = sql`${appointments.strangerId} = ${ctx.browser?.id ?? null}`
  // Whatever became of it, so that doing it again is the same.
  return sql`${appointments.id} = ${id}::bigint and (${isBusiness} or ${wasTheirs})`
}

/**
 * A hold that has not expired, in one trip.
 *
 * @throws NotFound when there is none, or it is not the actor's; NotSignedIn, Forbidden.
 */
export async function findHold(ctx: ClinicContext, id: number): Promise<Appointment> {
  const which = sql`${isTheirHold(ctx, id)} and ${isOpen(ctx.now)}`
  const { rows } = await ctx.db.execute<AppointmentRow>(
    sql`select ${asRow()} from (${selectNamed(which)}) hold`,
  )
  const [row] = rows
  if (!row) throw new NotFound('hold')
  return toAppointment(row)
}
