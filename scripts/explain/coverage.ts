import { type Profiler, Session } from 'node:inspector/promises'
import { pathToFileURL } from 'node:url'
import type { QuerySite } from './queries.ts'

/** Which parts of each script have run. */
export type Coverage = Pick<Profiler.ScriptCoverage, 'url' | 'functions'>[]

/** Begins to note, block by block, what runs; to be begun before what matters is imported. Answers how to end it. */
export async function startCoverage(): Promise<() => Promise<Coverage>> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage')
    await session.post('Profiler.stopPreciseCoverage')
    session.disconnect()
    return result
  }
}

export interface Unsent extends QuerySite {
  why: 'never evaluated' | 'never sent'
}

/**
 * The queries that nobody ran: whose place in the code was never reached, or whose text is in nothing that was sent. A
 * constant of a module is evaluated by importing it, so that alone would prove nothing.
 *
 * @param sent the text of every statement.
 */
export function findUnsent(sites: QuerySite[], coverage: Coverage, sent: Iterable<string>): Unsent[] {
  const scripts = new Map(coverage.map((script) => [script.url, script]))
  const statements = [...sent]
  return sites.flatMap((site): Unsent[] => {
    const script = scripts.get(pathToFileURL(site.file).href)
    if (!script || countAt(script, site.offset) === 0) return [{ ...site, why: 'never evaluated' }]
    const isSent = statements.some((statement) => site.texts.every((text) => statement.includes(text)))
    return isSent ? [] : [{ ...site, why: 'never sent' }]
  })
}

/** How often the innermost block around the place has run. */
function countAt({ functions }: Coverage[number], offset: number): number {
  const around = functions
    .flatMap(({ ranges }) => ranges)
    .filter(({ startOffset, endOffset }) => startOffset <= offset && offset < endOffset)
    .sort((one, other) => one.endOffset - one.startOffset - (other.endOffset - other.startOffset))
  return around[0]?.count ?? 0
}
