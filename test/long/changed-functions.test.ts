import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareWithFiles } from '../../scripts/migration/compare.ts'
import { describeRoutines, dropStatements } from '../../scripts/migration/routines.ts'
import { readSources, type Source } from '../../scripts/migration/sources.ts'
import { openClinic } from '../support/clinic.ts'

const clinic = await openClinic({ worker: false })
const sources = await readSources()
const release = '1.0.0'
let client: pg.Client

beforeAll(async () => {
  client = new pg.Client(clinic.databaseUrl)
  await client.connect()
})
afterAll(() => client.end())

const compare = (changed: Source[], of = release) => compareWithFiles(client, changed, of)

describe('a migration', () => {
  const type: Source = { kind: 'type', name: 'pair', sql: 'create type pair as (one integer, two text);' }
  const source = (name: string, sql: string): Source => ({
    kind: 'function',
    name,
    sql: `create or replace function ${name}${sql};`,
  })
  const twice = source('twice', '(n integer) returns integer language sql return n * 2')
  const fourTimes = source('four_times', '(n integer) returns integer language sql return twice(twice(n))')
  const added = [...sources, fourTimes, twice]

  beforeAll(async () => {
    for (const statement of dropStatements((await describeRoutines(client)).filter((one) => one.retiredIn)))
      await client.query(statement)
  })

  /** Brings the database to these files, like a release's migration. */
  async function migrate(changed: Source[], of = release): Promise<void> {
    for (const statement of await compare(changed, of)) await client.query(statement)
    expect(await compare(changed, of)).toEqual([])
  }

  const withChanged = (name: string, change: (sql: string) => string) =>
    sources.map((file) => (file.name === name ? { ...file, sql: change(file.sql) } : file))

  it('replaces a function that changed by one character', async () => {
    const changed = withChanged('is_open_time', (sql) => sql.replace('@>', '&>'))
    expect(await compare(changed)).toEqual([expect.stringContaining('open_time.during &> asked')])
  })

  it('replaces a function whose settings changed', async () => {
    const changed = withChanged('is_open_time', (sql) => sql.replace(/\nset plan_cache_mode to \w+/, ''))
    expect(await compare(changed)).toEqual([expect.not.stringContaining('plan_cache_mode')])
  })

  it('leaves a function whose layout or comment changed', async () => {
    const changed = withChanged(
      'is_open_time',
      (sql) => `-- Another comment\n${sql.replace('\nset', '    set')}`,
    )
    expect(await compare(changed)).toEqual([])
  })

  it('creates a function after those it calls', async () => {
    expect(await compare(added)).toEqual([twice, fourTimes].map(({ sql }) => sql.replace(/;$/, '')))
  })

  it('keeps a function without a file for one release, and drops it in the next', async () => {
    await migrate(added)
    const statements = await compare(sources)
    expect(statements).toEqual([
      `comment on function four_times(integer) is 'Retired in release 1.0.0'`,
      `comment on function twice(integer) is 'Retired in release 1.0.0'`,
    ])
    await migrate(sources)
    expect(await compare(sources, '1.0.1')).toEqual(['drop function four_times(integer), twice(integer)'])
    await migrate(sources, '1.0.1')
    expect(await compare(sources, '1.0.2')).toEqual([])
  })

  it('keeps a function whose file came back', async () => {
    await migrate(added)
    await migrate(sources)
    await migrate(added)
    expect(await compare(added, '1.0.1')).toEqual([])
    await migrate(sources)
    await migrate(sources, '1.0.1')
  })

  it('keeps the old signature beside the new one for a release', async () => {
    await migrate([...sources, twice])
    const other = source('twice', '(n bigint) returns bigint language sql return n * 2')
    expect(await compare([...sources, other])).toEqual([
      other.sql.replace(/;$/, ''),
      `comment on function twice(integer) is 'Retired in release 1.0.0'`,
    ])
    await migrate([...sources, other])
    await migrate(sources)
    await migrate(sources, '1.0.1')
  })

  it.each([
    ['another result', '(n integer) returns bigint language sql return n * 2'],
    ['another name for an argument', '(of_number integer) returns integer language sql return of_number * 2'],
  ])('is refused for a function with %s, which PostgreSQL cannot replace', async (_, sql) => {
    await migrate([...sources, twice])
    await expect(compare([...sources, source('twice', sql)])).rejects.toThrow(/give the new one another name/)
  })

  it('is refused where a call might mean the old function or the new one', async () => {
    await migrate([...sources, twice])
    const longer = source(
      'twice',
      '(n integer, times integer default 2) returns integer language sql return n * times',
    )
    await expect(compare([...sources, longer])).rejects.toThrow(
      'A call might mean twice(integer) and twice(integer,integer)',
    )
    await migrate(sources)
    await migrate(sources, '1.0.1')
  })

  it('adds and removes attributes of a type in use', async () => {
    const first = source('first_of', '(of_pair pair) returns integer language sql return (of_pair).one')
    await migrate([...sources, type, first])
    const wider = { ...type, sql: 'create type pair as (one integer, three boolean);' }
    expect(await compare([...sources, wider, first])).toEqual([
      'alter type pair add attribute three boolean',
      'alter type pair drop attribute two',
    ])
    await migrate([...sources, wider, first])
    await migrate(sources)
    expect(await compare(sources, '1.0.1')).toEqual(['drop function first_of(pair)', 'drop type pair'])
    await migrate(sources, '1.0.1')
  })

  it('is refused when an attribute changes its type', async () => {
    await migrate([...sources, type])
    const other = { ...type, sql: 'create type pair as (one bigint, two text);' }
    await expect(compare([...sources, other])).rejects.toThrow(/pair/)
    await migrate(sources)
    await migrate(sources, '1.0.1')
  })

  it('names the file that PostgreSQL refuses', async () => {
    const wrong = source('thrice', '(n integer) returns integer language sql return missing(n)')
    await expect(compare([...sources, wrong])).rejects.toThrow('drizzle/functions, thrice: function missing')
  })
})
