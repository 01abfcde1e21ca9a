import { env, WorkerEntrypoint } from 'cloudflare:workers'
import { problem } from './api/problem.ts'
import { createApp } from './app.tsx'
import { channelsOf } from './channels/channels.ts'
import { mailerOf } from './channels/mail.ts'
import type { ClinicContext } from './clinic/context.ts'
import { secretsOf } from './clinic/sign.ts'
import { connect } from './database/connect.ts'
import { tellListeners } from './edge/listeners.ts'
import { createPublicApp } from './edge/public.tsx'
import type { PurgerExport } from './edge/purge-listener.ts'
import { readSettings } from './env.ts'
import { unready } from './http/unready.ts'
import { runJob } from './jobs/cron.ts'
import type { Delivery } from './jobs/deliver.ts'
import { consumeQueue } from './jobs/queue.ts'
import { messageWriter } from './jobs/write.ts'
import type { FeedExport } from './live/live-listener.ts'
import { logJob } from './observability/jobs.ts'
import { configureObservability } from './observability/settings.ts'

export { Purger } from './edge/purger.ts'
export { DeskFeed } from './live/desk-feed.ts'

const { settings, app, publicApp } = start()

// If the module threw, the Worker would not start: visitors would see only Cloudflare's error number, and the log little.
function start() {
  try {
    const settings = readSettings(env)
    configureObservability(settings)
    return { settings, app: createApp(settings), publicApp: createPublicApp(settings) }
  } catch (error) {
    const standIn = unready(error, { '/api/*': (c) => problem(c, 'unavailable') })
    return { settings: error as Error, app: standIn, publicApp: standIn }
  }
}

/** The uncached entrypoint: every address, the cron jobs and the queue. */
export default {
  fetch: app.fetch,

  scheduled({ cron, scheduledTime }: ScheduledController, _env: unknown, ctx: ExecutionContext) {
    return runOwn(`cron ${cron}`, ctx, new Date(scheduledTime), (clinic, delivery) =>
      runJob(cron, clinic, delivery),
    )
  },

  queue(_batch: MessageBatch, _env: unknown, ctx: ExecutionContext) {
    return runOwn('queue', ctx, new Date(), consumeQueue)
  },
}

/** Runs one of our own jobs, with a line in the log. */
async function runOwn(
  name: string,
  ctx: ExecutionContext,
  now: Date,
  work: (clinic: ClinicContext, delivery: Delivery) => Promise<object | undefined>,
): Promise<void> {
  if (settings instanceof Error) throw settings
  const requestId = crypto.randomUUID()
  const waitUntil = (work: Promise<unknown>) => ctx.waitUntil(work)
  const exports = () => (ctx as { exports?: unknown }).exports as PurgerExport & FeedExport
  const channels = channelsOf(settings)
  const clinic: ClinicContext = {
    db: connect(settings),
    actor: { kind: 'system' },
    now,
    mail: mailerOf(channels.email),
    requestId,
    secrets: secretsOf(settings.AUTH_SECRET, settings.AUTH_SECRET_PREVIOUS),
    tell: tellListeners({ exports, queue: settings.MESSAGES, waitUntil }),
  }
  const delivery: Delivery = {
    channels,
    write: messageWriter(settings, clinic.secrets),
    now: () => new Date(),
    queue: settings.MESSAGES,
  }
  await logJob(name, { requestId, waitUntil }, () => work(clinic, delivery))
}

/** The cached entrypoint: pages that are the same for everyone. Only the default entrypoint calls it. */
export class Public extends WorkerEntrypoint {
  override fetch(request: Request): Response | Promise<Response> {
    return publicApp.fetch(request, this.env, this.ctx)
  }

  /** Purges by up to 100 tags; false if Cloudflare refuses. */
  async purgeTags(tags: string[]): Promise<boolean> {
    // Locally there is no cache.
    const purged = await this.ctx.cache?.purge({ tags })
    return purged?.success ?? true
  }
}
