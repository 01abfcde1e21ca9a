import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { allowanceFor, allowances } from '../../scripts/explain/allowed.ts'
import { findUnsent, startCoverage } from '../../scripts/explain/coverage.ts'
import { judge } from '../../scripts/explain/judge.ts'
import { type PlanNode, readPlan } from '../../scripts/explain/plan.ts'
import { findQueries } from '../../scripts/explain/queries.ts'
import { weigh } from '../../scripts/explain/report.ts'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
const large = new Set(['appointments'])

/** Node's own loader, as vitest would move the lines of the file. */
const load: (file: string) => { run(db: null, isRare: boolean): unknown } = createRequire(import.meta.url)

const scan = (properties: Partial<PlanNode>): PlanNode => ({
  'Node Type': 'Index Scan',
  'Relation Name': 'appointments',
  'Actual Rows': 1,
  'Actual Loops': 1,
  ...properties,
})
const kindsIn = (root: PlanNode) => judge({ query: 'select', ms: 1, root }, large).map(({ kind }) => kind)

describe('a plan', () => {
  it('that reads a few rows through an index is fine', () => {
    expect(kindsIn({ 'Node Type': 'Limit', Plans: [scan({})] })).toEqual([])
  })

  it('may read a small table whole, but not a large one', () => {
    const whole = scan({ 'Node Type': 'Seq Scan' })
    expect(kindsIn({ ...whole, 'Relation Name': 'visit_types' })).toEqual([])
    expect(kindsIn({ 'Node Type': 'Aggregate', Plans: [whole] })).toEqual(['sequential scan'])
  })

  it('may contain a scan that never ran', () => {
    expect(kindsIn(scan({ 'Node Type': 'Seq Scan', 'Actual Loops': 0 }))).toEqual([])
  })

  it.each<[string, Partial<PlanNode>]>([
    ['sorts', { 'Node Type': 'Sort', 'Sort Space Type': 'Disk' }],
    ['hashes', { 'Node Type': 'Hash', 'Hash Batches': 8 }],
    ['aggregates', { 'Node Type': 'Aggregate', 'Disk Usage': 64 }],
    ['keeps', { 'Node Type': 'Materialize', Storage: 'Disk' }],
  ])('that %s on disk is a fault', (_, told) => {
    expect(kindsIn({ 'Node Type': 'Limit', Plans: [{ 'Node Type': '', ...told }] })).toEqual([
      'spill to disk',
    ])
  })

  it('may not discard thousands of rows over all loops', () => {
    expect(kindsIn(scan({ 'Rows Removed by Filter': 5_000 }))).toEqual([])
    expect(kindsIn(scan({ 'Rows Removed by Filter': 5_001 }))).toEqual(['rows in vain'])
    const often = { 'Rows Removed by Index Recheck': 60, 'Actual Loops': 100, 'Relation Name': 'doctors' }
    expect(kindsIn(scan(often))).toEqual(['rows in vain'])
  })

  it('may not read a whole large table through an index', () => {
    expect(kindsIn(scan({ 'Actual Rows': 10_001 }))).toEqual(['whole index'])
  })

  it('is parsed from auto_explain if it reads a table', () => {
    const notice = (node: PlanNode) =>
      `duration: 1.250 ms  plan:\n${JSON.stringify({ 'Query Text': 'select', Plan: node })}`
    expect(readPlan(notice(scan({})))).toEqual({ query: 'select', ms: 1.25, root: scan({}) })
    expect(readPlan(notice({ 'Node Type': 'Result' }))).toBeNull()
    expect(readPlan('identifier "appointments" will be truncated')).toBeNull()
  })
})

describe('an allowance', () => {
  const fault = { kind: 'sequential scan', table: 'events', rows: 10, says: '', query: '' } as const
  const allowance = { ...fault, calls: /^a call$/, because: 'It is asked once a year.' }

  it('covers its calls up to its rows', () => {
    expect(allowanceFor('a call', fault, [allowance])).toBe(allowance)
    expect(allowanceFor('another', fault, [allowance])).toBeUndefined()
    expect(allowanceFor('a call', { ...fault, rows: 11 }, [allowance])).toBeUndefined()
  })

  it('fails when nothing needs it', () => {
    expect(weigh([], 0, []).idle).toEqual(allowances)
  })
})

it('SQL that never runs is named with its line', { timeout: 30_000 }, async () => {
  const directory = await mkdtemp(join(tmpdir(), 'alobooking-explain-'))
  const file = join(directory, 'fixture.ts')
  await writeFile(
    file,
    `import { sql as words } from '${root}/node_modules/drizzle-orm/index.js'
import type { Database } from '${root}/src/database/connect.ts'

const unused: unknown = words\`constant\`
export const run = (db: Database | null, isRare: boolean): unknown[] => {
  if (isRare) return [db?.execute(words\`select rare\`)]
  return [words\`select \${1 as number} from often\`, db && db.select(), unused === 1 ? words\`seldom\` : 0]
}
`,
  )
  try {
    const sites = findQueries(root, [file])
    expect(sites.map(({ place, excerpt }) => `${place.split(':')[1]} ${excerpt}`)).toEqual([
      '4 words`constant`',
      '6 .execute(…)',
      '6 words`select rare`',
      expect.stringContaining('from often`'),
      '7 .select(…)',
      '7 words`seldom`',
    ])
    await using coverage = await startCoverage()
    load(file).run(null, false)
    const unsent = findUnsent(sites, await coverage.take(), ['select $1 from often'])
    expect(unsent.map(({ place, why }) => `${place.split(':')[1]} ${why}`)).toEqual([
      '4 never sent',
      '6 never evaluated',
      '6 never evaluated',
      '7 never evaluated',
      '7 never evaluated',
    ])
  } finally {
    await rm(directory, { recursive: true })
  }
})
