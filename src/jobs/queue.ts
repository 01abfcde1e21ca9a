import type { ClinicContext } from '../clinic/context.ts'
import { findWaiting } from '../clinic/messages/next-due.ts'
import type { MessageQueue } from '../env.ts'
import { type Delivery, deliverMessages } from './deliver.ts'

/** The cron job looks every five minutes, so that nothing needs to be queued for longer. */
const longestDelay = 300

/**
 * Delivers what is due, whatever the queue's messages say: each only says that something may be. Then queues another for the
 * next that comes due within five minutes, or at once when one run could not do everything.
 */
export async function consumeQueue(ctx: ClinicContext, delivery: Delivery, queue: MessageQueue) {
  const delivered = await deliverMessages(ctx, delivery)
  const { nextAt } = await findWaiting(ctx)
  const delaySeconds =
    nextAt === null ? null : Math.max(0, Math.ceil((nextAt.getTime() - ctx.now.getTime()) / 1_000))
  if (delivered.mayBeMore) await queue.send({})
  else if (delaySeconds !== null && delaySeconds <= longestDelay) await queue.send({}, { delaySeconds })
  return delivered
}
