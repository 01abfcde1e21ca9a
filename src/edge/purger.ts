import { DurableObject } from 'cloudflare:workers'
import { reportFailure } from '../observability/failures.ts'
import { logJob } from '../observability/jobs.ts'
import { log } from '../observability/log.ts'
import {
  addTags,
  confirmed,
  emptyQueue,
  nextCallAt,
  type PurgeQueue,
  refused,
  takeTags,
} from './purge-queue.ts'

/** Where the cached pages are; true when the purge was accepted. */
interface Exports {
  Public: { purgeTags(tags: string[]): Promise<boolean> }
}

/** How long a call may take, in milliseconds; less than the pause after which the queue considers it lost. */
const timeLimit = 10_000
/** From this many refusals in a row on, Sentry hears of it. */
const tooManyRefusals = 3

/**
 * Purges changed pages from the cache, as often as Cloudflare allows. One object serves the whole clinic; its storage
 * holds the queue and its alarm wakes it.
 */
export class Purger extends DurableObject {
  /** Pages with these tags are out of date. The tags are stored when this resolves, and purged about a second later. */
  async changed(tags: string[]): Promise<void> {
    const queue = this.load()
    const longer = addTags(queue, tags, this.now())
    // Tags already in the queue are already stored.
    if (longer.waiting.join() !== queue.waiting.join()) await this.save(longer)
  }

  override alarm(): Promise<undefined> {
    const waitUntil = (work: Promise<unknown>) => this.ctx.waitUntil(work)
    return logJob('purge', { requestId: crypto.randomUUID(), waitUntil }, () => this.purgeNext())
  }

  /** Milliseconds since 1970. */
  protected now(): number {
    return Date.now()
  }

  private async purgeNext(): Promise<undefined> {
    const { queue, tags } = takeTags(this.load(), this.now())
    // This sets an alarm, in case we are evicted before the answer arrives.
    await this.save(queue)
    if (tags.length === 0) return
    const refusal = await this.purge(tags)
    // More tags may have been added meanwhile.
    const latest = this.load()
    if (refusal !== null) report(refusal, latest.attempts, tags.length)
    await this.save(refusal === null ? confirmed(latest) : refused(latest, this.now()))
  }

  /** The reason when it was refused, else null. */
  private async purge(tags: string[]): Promise<string | null> {
    const { Public } = this.ctx.exports as unknown as Exports
    const answered = new AbortController()
    const late = scheduler.wait(timeLimit, { signal: answered.signal }).then(() => null)
    try {
      const accepted = await Promise.race([Public.purgeTags(tags), late])
      if (accepted === null) return 'no answer in time'
      return accepted ? null : 'not accepted'
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    } finally {
      // A pending timer would keep the object awake.
      answered.abort()
    }
  }

  private load(): PurgeQueue {
    return { ...emptyQueue, ...this.ctx.storage.kv.get<PurgeQueue>('queue') }
  }

  private async save(queue: PurgeQueue): Promise<void> {
    this.ctx.storage.kv.put('queue', queue)
    const next = nextCallAt(queue, this.now())
    await (next === null ? this.ctx.storage.deleteAlarm() : this.ctx.storage.setAlarm(next))
  }
}

function report(reason: string, refusals: number, tags: number): void {
  if (refusals < tooManyRefusals) log('warn', 'purge refused', { reason, refusals, tags })
  else reportFailure(new Error(`${refusals} purges in a row were refused: ${reason}`))
}
