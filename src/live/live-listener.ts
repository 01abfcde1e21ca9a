import type { Listener } from '../clinic/happenings.ts'
import { createBatcher, pauseFor } from '../http/batch.ts'
import { type ChangedDays, type DayChange, dayChanges } from './day-changes.ts'
import { everywhere, type FeedStub, feedOf } from './feed-names.ts'

/** The Durable Objects that tell pages, as the Worker's exports name them. */
export interface FeedExport {
  DeskFeed: { getByName(name: string): FeedStub }
}

/** Under load, one call to each feed carries the changes of all requests of this isolate. */
const gather = createBatcher<ChangedDays>(pauseFor(100))

/** Tells the open pages of the front desk which days have changed. If that is lost, they look again within a minute. */
export function liveListener(exports: () => FeedExport): Listener {
  const tell = async (changes: ChangedDays[]) => {
    const feeds = exports().DeskFeed
    const told = [...byFeed(changes)].map(([name, days]) => feeds.getByName(name).changed(days))
    await Promise.all(told)
  }
  return (happening) => gather(dayChanges(happening), tell)
}

function byFeed(changes: ChangedDays[]): Map<string, DayChange[]> {
  const feeds = new Map<string, DayChange[]>()
  for (const { locationId, days } of changes) {
    const name = locationId === 'everywhere' ? everywhere : feedOf(locationId)
    const others = feeds.get(name) ?? []
    if (!others.some((other) => JSON.stringify(other) === JSON.stringify(days))) others.push(days)
    feeds.set(name, others)
  }
  return feeds
}
