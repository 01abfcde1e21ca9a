import { readFileSync } from 'node:fs'
import { parse } from 'libpg-query'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareWithFiles } from '../scripts/migration/compare.ts'
import { describeRoutines } from '../scripts/migration/routines.ts'
import { readSources } from '../scripts/migration/sources.ts'
import { compositeTypes } from '../src/clinic/composite.ts'
import { openClinic } from './support/clinic.ts'

const clinic = await openClinic({ worker: false })
const sources = await readSources()
const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
let client: pg.Client

beforeAll(async () => {
  client = new pg.Client(clinic.databaseUrl)
  await client.connect()
})
afterAll(() => client.end())

describe('drizzle/functions', () => {
  it('matches the migrated database to the character', async () => {
    expect(await compareWithFiles(client, sources, version)).toEqual([])
  })

  it.each(sources.filter(({ kind }) => kind === 'function'))(
    '$name.sql holds that one function, under a comment',
    async ({ name, sql }) => {
      expect(sql).toMatch(/^-- /)
      const { stmts = [] } = await parse(sql)
      expect(stmts).toMatchObject([
        { stmt: { CreateFunctionStmt: { replace: true, funcname: [{ String: { sval: name } }] } } },
      ])
    },
  )

  it.each(sources.filter(({ kind }) => kind === 'type'))(
    'types/$name.sql holds that one type, under a comment',
    async ({ name, sql }) => {
      expect(sql).toMatch(/^-- /)
      const { stmts = [] } = await parse(sql)
      expect(stmts).toMatchObject([{ stmt: { CompositeTypeStmt: { typevar: { relname: name } } } }])
    },
  )

  it('has no function with more than eight parameters', async () => {
    const inForce = (await describeRoutines(client)).filter(({ retiredIn }) => retiredIn === null)
    expect(inForce.filter((routine) => routine.arguments > 8)).toEqual([])
  })

  it('writes events in append_event only, and corrected time zones, which are many, at once', () => {
    const writers = sources.filter(({ sql }) => /\binsert\s+into\s+events\b/i.test(sql))
    expect(writers.map(({ name }) => name)).toEqual(['append_corrections', 'append_event'])
  })

  it.each(Object.entries(compositeTypes))(
    'has the type %s with the attributes that verbs pass',
    async (name, attributes) => {
      const { rows } = await client.query(
        `select attname from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
        [name],
      )
      expect(rows.map(({ attname }) => attname)).toEqual(attributes)
    },
  )

  // Volatile functions in a condition run for every row of the table, whatever index it has.
  it('follows a merge once, and not for every row', () => {
    const calls = sources.flatMap(({ name, sql }) =>
      [...sql.replace(/^--.*$/gm, '').matchAll(/^.*\bfollow_patient\(.*$/gm)].map(([line]) => [
        name,
        line.trim(),
      ]),
    )
    const once = /:= follow_patient\(|^perform follow_patient\(|^create or replace function follow_patient\(/
    expect(calls.filter(([, line = '']) => !once.test(line))).toEqual([])
    expect(calls.length).toBeGreaterThan(5)
  })

  it('has a file for every function and type, except those the next release drops', async () => {
    const files = new Set(sources.map(({ kind, name }) => `${kind} ${name}`))
    const others = (await describeRoutines(client)).filter(({ kind, name }) => !files.has(`${kind} ${name}`))
    expect(others.filter(({ retiredIn }) => retiredIn !== version)).toEqual([])
  })
})
