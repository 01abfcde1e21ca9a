/** How long changes are gathered, in milliseconds. */
const aMoment = 250

/**
 * Gathers what the requests of one isolate have to tell for a moment, so that under load one call tells it all. The first
 * of them waits and tells, after its answer; the others only add.
 *
 * @returns what is to be called with each request's tags, and resolves when this request need not be kept alive.
 */
export function gathering(pause: (milliseconds: number) => Promise<void>) {
  let gathered = new Set<string>()
  return async (tags: string[], tell: (tags: string[]) => Promise<void>): Promise<void> => {
    const isFirst = gathered.size === 0
    for (const tag of tags) gathered.add(tag)
    if (!isFirst || tags.length === 0) return
    await pause(aMoment)
    const all = gathered
    gathered = new Set()
    await tell([...all])
  }
}
