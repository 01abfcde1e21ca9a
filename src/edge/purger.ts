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

/** How long a call may take, in milliseconds; below the pause after which the queue takes it for lost. */
const timeLimit = 10_000
/** From how many refusals in a row on somebody should look. */
const tooManyRefusals = 3

/**
 * Purges what changed from the cache, as often as Cloudflare allows: one object for the whole clinic, which keeps
 * what waits in its storage and wakes by its alarm.
 */
export class Purger extends DurableObject {
  /** Pages with these cache tags show what is no longer so; kept when this resolves, purged about a second later. */
  async changed(tags: string[]): Promise<void> {
    const queue = this.load()
    const longer = addTags(queue, tags, this.now())
    // What waits already is written already.
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
    // The alarm that this sets rings when we do not live to see the answer.
    await this.save(queue)
    if (tags.length === 0) return
    const refusal = await this.purge(tags)
    // Tags may have been added in the meantime.
    const latest = this.load()
    if (refusal !== null) report(refusal, latest.attempts, tags.length)
    await this.save(refusal === null ? confirmed(latest) : refused(latest, this.now()))
  }

  /** Why it was refused, or null. */
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
      // A timer that is still set would keep the object awake.
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
