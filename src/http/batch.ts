/**
 * Gathers what the requests of one isolate have to tell for a moment, so that under load one call tells it all. The first
 * of them waits and tells, after its answer; the others only add.
 *
 * @param pause lasts as long as the moment.
 * @returns what is to be called with what each request has to tell, and resolves when this request need not be kept alive.
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
