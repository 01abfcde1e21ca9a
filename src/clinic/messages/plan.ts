import { type SQL, sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'

/** How many appointments one trip plans: few, so that it takes milliseconds. */
const mostChanges = 20
/** More, because every trip looks for them from the start. */
const mostReminders = 100

/** Reminders need not be looked for at once: they are planned a day and a half ahead. */
export type Plan = 'changes' | 'changes and reminders'

/**
 * Decides who is told of what: turns events that are ready into messages, and plans the reminders of the next day and a half.
 * See `plan_messages` and `reminders_to_plan` for the rules. One trip; may be done again at any time, and by two at once.
 *
 * @returns whether there may be more.
 * @throws NotSignedIn, Forbidden for everyone but the system itself.
 */
export async function planMessages(
  ctx: ClinicContext,
  plan: Plan = 'changes and reminders',
): Promise<boolean> {
  requireRight(ctx.actor, 'send messages')
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const call = (planning: SQL) => ctx.db.execute<{ planned: number }>(sql`select ${planning} as planned`)
  const changes = () => call(sql`plan_messages(${at}, ${mostChanges})`)
  const reminders = () => call(sql`plan_reminders(${at}, ${mostReminders})`)
  const mayBeMore = ({ rows: [row] }: { rows: { planned: number }[] }, most: number) =>
    row !== undefined && row.planned >= most
  if (plan === 'changes') return mayBeMore(await changes(), mostChanges)
  // Reminders come first: looking for them takes longer, and no lock is held meanwhile.
  const [reminded, told] = await ctx.db.batch([reminders(), changes()])
  return mayBeMore(reminded, mostReminders) || mayBeMore(told, mostChanges)
}
