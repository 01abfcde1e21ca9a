import { readFile } from 'node:fs/promises'
import { afterAll, expect, it } from 'vitest'
import { runJob } from '../../src/jobs/cron.ts'
import { logJob } from '../../src/observability/jobs.ts'
import { noDelivery, openClinic } from '../support/clinic.ts'
import { hireDoctor } from '../support/people.ts'

const clinic = await openClinic({ worker: false })
const said: string[] = []
const { log } = console
console.log = (line: string) => said.push(line)
afterAll(() => {
  console.log = log
})

const [, expression = ''] = /crons = \["([^"]+)"/.exec(await readFile('wrangler.toml', 'utf8')) ?? []

it('the nightly job deletes everything old and logs how much', async () => {
  const doctor = await hireDoctor(clinic.sql)
  await clinic.sql.query(
    `with
     held as (
       insert into appointments (doctor_id, start_at, end_at, status, hold_expires_at)
       select $1, start_at, start_at + interval '10 minutes', 'cancelled', start_at
       from generate_series(timestamptz '2020-01-01', timestamptz '2020-03-01', interval '10 minutes') start_at
       returning id, start_at
     ),
     anchored as (insert into event_heads select id, 1, '', start_at from held)
     insert into events (appointment_id, number, kind, at, actor_kind, after, hash)
     select id, 1, 'appointment.held', start_at, 'anonymous', '{"status": "pending"}', '' from held`,
    [doctor],
  )
  const { rows } = await clinic.sql.query('select count(*)::int as many from appointments')
  expect(rows[0].many).toBeGreaterThan(5_000)
  const ctx = clinic.context({ actor: { kind: 'system' } })
  await logJob(`cron ${expression}`, { ...ctx, waitUntil: () => {} }, () =>
    runJob(expression, ctx, noDelivery),
  )
  expect((await clinic.sql.query('select from appointments')).rowCount).toBe(0)
  expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({
    level: 'info',
    message: 'job',
    door: 'job',
    route: `cron ${expression}`,
    trips: expect.any(Number),
    forgotten: { holds: rows[0].many, keys: 0, sessions: 0, codes: 0, failures: 0 },
  })
})

it('the job that sends messages says so when some are overdue', async () => {
  const errors: string[] = []
  const { error } = console
  console.error = (line: string) => errors.push(line)
  await clinic.sql.query(
    `insert into messages (kind, cause, recipient, due_at, try_at, created_at)
     values ('booked', 'a', 'account:1', now() - interval '6 minutes', now() + interval '1 hour', now())`,
  )
  await runJob('*/5 * * * *', clinic.context({ actor: { kind: 'system' } }), noDelivery)
  await clinic.sql.query('delete from messages')
  await runJob('*/5 * * * *', clinic.context({ actor: { kind: 'system' } }), noDelivery)
  console.error = error
  expect(errors.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: 'error', message: 'messages are overdue', overdue: 1, tried: 0 }),
  ])
})

it('an unknown cron expression is an error', async () => {
  await expect(runJob('0 0 1 1 *', clinic.context(), noDelivery)).rejects.toThrow('No job runs at 0 0 1 1 *.')
})
