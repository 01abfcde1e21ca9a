import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'

/** How many appointments one trip plans: few, so that it takes milliseconds. */
const aPortion = 20

/**
 * Decides who is told of what: turns events that are ready into messages, and plans the reminders of the next day and a half.
 * See `plan_messages` and `reminders_to_plan` for the rules. One trip; may be done again at any time, and by two at once.
 *
 * @returns whether there may be more.
 * @throws NotSignedIn, Forbidden for everyone but the system itself.
 */
export async function planMessages(ctx: ClinicContext, atMost = aPortion): Promise<boolean> {
  requireRight(ctx.actor, 'send messages')
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  // Reminders come first: looking for them takes longer, and no lock is held meanwhile.
  const [{ rows: reminders }, { rows: changes }] = await ctx.db.batch([
    ctx.db.execute<{ planned: number }>(sql`select plan_reminders(${at}, ${atMost}) as planned`),
    ctx.db.execute<{ planned: number }>(sql`select plan_messages(${at}, ${atMost}) as planned`),
  ])
  return [...changes, ...reminders].some(({ planned }) => planned >= atMost)
}
