import { expect, it } from 'vitest'
import { connect } from '../../src/database/connect.ts'
import { causesOf } from '../../src/observability/causes.ts'
import { openClinic } from '../support/clinic.ts'

const clinic = await openClinic({ worker: false })
const { db } = clinic.context()
const failing = async (query: string) =>
  causesOf(
    await db.execute(query).then(
      () => null,
      (error: unknown) => error,
    ),
  )

it('a failed query shows PostgreSQL’s reason but not its parameters', async () => {
  const causes = await failing("insert into patients (name) values ('Alice Agung', 'alice@example.com')")
  expect(causes).toMatchObject([
    { name: 'Error', message: 'A query failed' },
    { name: 'NeonDbError', message: expect.stringContaining('more expressions'), sqlstate: '42601' },
  ])
  expect(JSON.stringify(causes)).not.toMatch(/Alice|alice/)
})

it.each([
  "select 'Alice Agung'::bigint",
  "select '99999999999'::int",
  "select '2030-01-07 of Alice'::timestamptz",
  "select to_timestamp('Alice', 'YYYY')",
  'select \'{"name": "Alice" oh\'::jsonb',
])('a value that PostgreSQL rejects is left out: %s', async (query) => {
  const causes = await failing(query)
  expect(causes.at(-1)).toMatchObject({ sqlstate: expect.stringMatching(/^22/) })
  expect(JSON.stringify(causes)).not.toMatch(/Alice|99999|2030/)
})

it('a violated constraint is named', async () => {
  const [, cause] = await failing(
    "insert into accounts (email, name, role) values ('a@example.com', 'A', 'doctor')",
  )
  expect(cause).toMatchObject({ sqlstate: '23514', constraint: expect.stringMatching(/^accounts_/) })
})

it('email addresses, phone numbers and malformed JSON are left out', () => {
  const parse = () => {
    try {
      return JSON.parse('{"name": Alice')
    } catch (error) {
      return error
    }
  }
  const texts = [
    ['Cannot write to alice@example.com (again)', 'Cannot write to …@… (again)'],
    ['No "alice%40example.com" here', 'No "…@…" here'],
    ['postgres://me:hush@ep-x.neon.tech/db is away', 'postgres://…@… is away'],
    ['Call +62 812 5550 1234 at once', 'Call … at once'],
    ['Appointment 4711 of 2 is gone', 'Appointment 4711 of 2 is gone'],
  ]
  for (const [text, told] of texts) expect(causesOf(new Error(text))).toMatchObject([{ message: told }])
  expect(causesOf(parse())).toMatchObject([{ name: 'SyntaxError', message: 'Something could not be parsed' }])
  expect(causesOf('alice@example.com')).toMatchObject([{ message: '…@…' }])
})

it('the whole chain of causes is shown', () => {
  const bottom = new TypeError('no such thing')
  const caught = new Error('could not book', { cause: new Error('could not ask', { cause: bottom }) })
  expect(causesOf(caught).map(({ name, message }) => `${name}: ${message}`)).toEqual([
    'Error: could not book',
    'Error: could not ask',
    'TypeError: no such thing',
  ])
  expect(causesOf(caught)[2]?.stack).toMatch(/^\s+at .+causes\.test\.ts/)
})

it('without an answer, the driver’s reason is shown too', async () => {
  const unreachable = connect({
    DATABASE_URL: 'postgres://me:hush@localhost/db',
    NEON_BRIDGE_URL: 'http://127.0.0.1:9/sql',
  })
  const causes = causesOf(await unreachable.execute('select 1').catch((error: unknown) => error))
  expect(causes.length).toBeGreaterThanOrEqual(3)
  expect(JSON.stringify(causes)).not.toContain('hush')
})
