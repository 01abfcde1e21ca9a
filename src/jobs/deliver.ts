import type { Channel, ChannelName, Channels, Outgoing, Sent } from '../channels/channel.ts'
import type { ClinicContext } from '../clinic/context.ts'
import { type ClaimedMessage, claimMessages } from '../clinic/messages/claim.ts'
import { markMessages, type Outcome } from '../clinic/messages/mark.ts'
import { type Plan, planMessages } from '../clinic/messages/plan.ts'
import type { MessageQueue } from '../env.ts'
import { reportFailure } from '../observability/failures.ts'

/** What delivering needs besides the clinic. */
export interface Delivery {
  channels: Channels
  /** As alike for every attempt as can be, or a provider could not tell that it is the same message. */
  write(message: ClaimedMessage, now: Date): Promise<Outgoing>
  /** A run may take minutes, and leases count from the moment at which they are taken. */
  now(): Date
  queue: MessageQueue | undefined
}

/** How often each outcome came. */
export interface Delivered {
  accepted: number
  refused: number
  failed: number
  released: number
  /** Whether there is more to do now than one run may do. */
  mayBeMore: boolean
}

/** Cloudflare allows a run 1,000 requests; each message takes one, and each portion a few trips. */
const mostPortions = 50
const atOnce = 10
/** After so many failures in a row, a provider counts as down for the rest of the run. */
const mostFailures = 5

/**
 * Plans what is to be told, then sends what is due until nothing is, in portions. A message that cannot be sent never stops
 * another. May run at any time, and twice at once: each message is claimed by one run.
 */
export async function deliverMessages(
  ctx: ClinicContext,
  delivery: Delivery,
  plan?: Plan,
): Promise<Delivered> {
  const done: Delivered = { accepted: 0, refused: 0, failed: 0, released: 0, mayBeMore: false }
  const failures = new Map<ChannelName, number>()
  const names = Object.keys(delivery.channels) as ChannelName[]
  let mayPlanMore = true
  for (let portion = 0; portion < mostPortions; portion++) {
    const now = { ...ctx, now: delivery.now() }
    // Once there is nothing left to plan, the run only sends: what comes up meanwhile has a run of its own.
    if (mayPlanMore) mayPlanMore = await planMessages(now, plan)
    const { messages, mayBeMore } = await claimMessages(now, names)
    for (let from = 0; from < messages.length; from += atOnce) {
      const few = messages.slice(from, from + atOnce)
      const outcomes = await Promise.all(few.map((message) => sendOne(delivery, message, failures)))
      await markMessages({ ...ctx, now: delivery.now() }, outcomes)
      for (const { sent } of outcomes) done[sent.outcome] += 1
    }
    done.mayBeMore = mayPlanMore || mayBeMore
    if (!done.mayBeMore) break
  }
  return done
}

async function sendOne(
  { channels, write, now }: Delivery,
  message: ClaimedMessage,
  failures: Map<ChannelName, number>,
): Promise<Outcome> {
  const channel = channels[message.channel] as Channel | undefined
  const about = { messageId: message.id, attempt: message.attempt, provider: channel?.provider ?? '' }
  const failed = failures.get(message.channel) ?? 0
  if (!channel || failed >= mostFailures)
    return { ...about, sent: { outcome: 'released', reason: 'provider_down' } }
  const sent = await writeAndSend(channel, () => write(message, now()), message.key)
  failures.set(message.channel, sent.outcome === 'failed' ? failed + 1 : 0)
  return { ...about, sent }
}

/** Never throws: a message that cannot be written must not stop the others. */
async function writeAndSend(channel: Channel, write: () => Promise<Outgoing>, key: string): Promise<Sent> {
  try {
    return await channel.send(await write(), key)
  } catch (error) {
    reportFailure(error)
    return { outcome: 'failed', reason: 'not_written' }
  }
}
