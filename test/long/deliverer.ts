import { resend } from '../../src/channels/resend.ts'
import { smtp } from '../../src/channels/smtp.ts'
import type { ClinicContext } from '../../src/clinic/context.ts'
import { connect } from '../../src/database/connect.ts'
import { type Delivery, deliverMessages } from '../../src/jobs/deliver.ts'

/** What a test tells its deliverer: the time, and whether to die once the provider has accepted a message. */
export interface Order {
  now: number
  isToDie?: boolean
}

export interface Bindings {
  DATABASE_URL: string
  NEON_BRIDGE_URL: string
  DATABASE_TIME_LIMIT_MS: string
  PROVIDER: 'resend' | 'smtp'
  PROVIDER_URL: string
}

/** Delivers like the Worker, but on a clock of the test and with plain words. `order` may change while it runs. */
export function openDeliverer(bindings: Bindings, order: Order, accepted: () => void = () => {}) {
  const from = 'clinic@example.com'
  const [url, timeLimitMs] = [bindings.PROVIDER_URL, 400]
  const email =
    bindings.PROVIDER === 'smtp'
      ? smtp({ url, from, timeLimitMs, mayBeUnencrypted: true })
      : resend({ apiKey: 'test', from, origin: url, timeLimitMs })
  const delivery: Delivery = {
    channels: {
      email: {
        ...email,
        async send(message, key) {
          const sent = await email.send(message, key)
          if (sent.outcome === 'accepted') accepted()
          return sent
        },
      },
    },
    // A second attempt at another time has other words, so that the provider cannot tell by them.
    write: async ({ id, kind, to, attempt }) => ({
      ...{ channel: 'email', to, subject: kind },
      text: JSON.stringify({ id, attempt, at: order.now }),
    }),
    now: () => new Date(order.now),
    queue: undefined,
  }
  const ctx = {
    ...{ db: connect(bindings as never), actor: { kind: 'system' }, requestId: 'deliverer' },
    ...{ now: new Date(order.now), tell: () => {} },
  } as unknown as ClinicContext
  return () => deliverMessages(ctx, delivery)
}

if (process.send) {
  // In a process of its own: one run for each order.
  const order: Order = { now: 0 }
  const deliver = openDeliverer(process.env as unknown as Bindings, order, () => {
    if (order.isToDie) process.kill(process.pid, 'SIGKILL')
  })
  let isRunning = false
  process.on('message', async (next: Order) => {
    Object.assign(order, next)
    if (isRunning) return
    isRunning = true
    // What failed is tried again by the next run.
    await deliver().catch(() => {})
    isRunning = false
  })
}
