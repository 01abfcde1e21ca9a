import type { Listener } from '../clinic/happenings.ts'
import { createBatcher, pauseFor } from '../http/batch.ts'
import { freeTimeChanges } from './free-time-changes.ts'
import { tagsOfChange } from './tags.ts'

/** The Durable Object that purges, as the Worker's exports name it. */
export interface PurgerExport {
  Purger: { getByName(name: string): { changed(tags: string[]): Promise<void> } }
}

/** Under load, one call to the Purger carries the tags of all requests of this isolate. */
const gather = createBatcher<string>(pauseFor(250))

/** Purges the cached pages whose free times have changed. If a purge is lost, they expire by themselves. */
export function purgeListener(exports: () => PurgerExport): Listener {
  const purge = (tags: string[]) =>
    exports()
      .Purger.getByName('all')
      .changed([...new Set(tags)])
  return (happening) => gather(freeTimeChanges(happening).flatMap(tagsOfChange), purge)
}
