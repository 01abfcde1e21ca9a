import { type Profiler, Session } from 'node:inspector/promises'
import { pathToFileURL } from 'node:url'
import type { QuerySite } from './queries.ts'

/** Which parts of each script ran. */
export type Coverage = Pick<Profiler.ScriptCoverage, 'url' | 'functions'>[]

/** Records what runs, block by block. Start it before importing the code in question. */
export async function startCoverage(): Promise<{ take(): Promise<Coverage> } & AsyncDisposable> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return {
    take: async () => (await session.post('Profiler.takePreciseCoverage')).result,
    async [Symbol.asyncDispose]() {
      await session.post('Profiler.stopPreciseCoverage')
      session.disconnect()
    },
  }
}

export interface Unsent extends QuerySite {
  why: 'never evaluated' | 'never sent'
}

/**
 * The queries that did not run: their code was never reached, or their text was in no statement. Both are needed, because
 * importing a module already evaluates its constants.
 *
 * @param sent the texts of all statements.
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

/** How often the innermost block around the offset ran. */
function countAt({ functions }: Coverage[number], offset: number): number {
  const around = functions
    .flatMap(({ ranges }) => ranges)
    .filter(({ startOffset, endOffset }) => startOffset <= offset && offset < endOffset)
    .sort((one, other) => one.endOffset - one.startOffset - (other.endOffset - other.startOffset))
  return around[0]?.count ?? 0
}
