/**
 * Collects what the requests of one isolate have to send, so that under load one call sends it all. The first request
 * waits out the pause and sends, after its answer; later ones only add.
 *
 * @param pause resolves when the moment is over.
 * @returns a function that takes one request's items; it resolves when that request no longer has to be kept alive.
 */
export function createBatcher<T>(pause: () => Promise<void>) {
  let gathered: T[] = []
  return async (news: T[], tell: (all: T[]) => Promise<void>): Promise<void> => {
    const isFirst = gathered.length === 0
    gathered.push(...news)
    if (!isFirst || news.length === 0) return
    await pause()
    const all = gathered
    gathered = []
    await tell(all)
  }
}

/** Milliseconds, on the runtime's clock. */
export const pauseFor = (milliseconds: number) => () =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
