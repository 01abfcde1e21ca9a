import type { ClinicContext } from '../clinic/context.ts'
import { findWaiting } from '../clinic/messages/next-due.ts'
import type { Plan } from '../clinic/messages/plan.ts'
import { type Delivered, type Delivery, deliverMessages } from './deliver.ts'

/** The cron job looks every five minutes, so nothing needs to be queued for longer. */
const longestDelay = 300

/**
 * Delivers what is due, whatever the queue's messages say: each says only that something may be. Then queues another for what
 * comes due next, if that is within five minutes, or at once when one run could not do everything.
 *
 * @returns what it did; undefined when that was nothing.
 */
export async function consumeQueue(
  ctx: ClinicContext,
  delivery: Delivery,
  plan: Plan = 'changes',
): Promise<Delivered | undefined> {
  const delivered = await deliverMessages(ctx, delivery, plan)
  const now = delivery.now()
  const { nextAt } = await findWaiting({ ...ctx, now })
  const wait = delivered.mayBeMore ? 0 : nextAt && (nextAt.getTime() - now.getTime()) / 1_000
  if (wait !== null && wait <= longestDelay)
    await delivery.queue?.send({}, { delaySeconds: Math.max(0, Math.ceil(wait)) })
  const { accepted, refused, failed, released } = delivered
  return accepted + refused + failed + released > 0 ? delivered : undefined
}
