import { beforeAll, expect, it } from 'vitest'
import { countFailures } from '../../../src/clinic/health/count-failures.ts'
import { asking } from '../../support/api.ts'
import { openClinic } from '../../support/clinic.ts'
import { giveKey, hireDoctor, openAccount, openAdmin, openSession } from '../../support/people.ts'

const clinic = await openClinic({ vars: { RELEASE: 'abc123' } })
const { origin, sql } = clinic
let cookie: string
let key: string

beforeAll(async () => {
  const doctor = await hireDoctor(sql)
  cookie = await openSession(sql, await openAccount(sql, { role: 'admin', name: 'Night' }))
  key = await openAdmin(sql)
  const now = new Date()
  await countFailures(clinic.context({ actor: { kind: 'system' } }), [
    { at: now, door: 'web', code: 'slot_taken', doctorId: doctor },
    { at: now, door: 'api', code: 'slot_taken' },
  ])
})

const look = async (lang = 'en') => {
  const response = await fetch(`${origin}/admin/health?lang=${lang}`, { headers: { Cookie: cookie } })
  const [, html = ''] = (await response.text()).split('<main')
  return { response, html }
}

it('shows admins failures, slow statements, sizes and versions in two trips', async () => {
  await look()
  clinic.takeTrips()
  const { response, html } = await look()
  expect(clinic.takeTrips()).toHaveLength(2)
  expect(response.headers.get('Cache-Control')).toBe('private, no-store')
  for (const shown of [
    'No failures on our side in the last hour',
    '<b>100%</b> 2 of 2',
    '<code>slot_taken</code>',
    'Dr. Strange',
  ])
    expect(html).toContain(shown)
  for (const shown of ['create extension pg_stat_statements', 'events_by_time', 'abc123', 'local · '])
    expect(html).toContain(shown)
})

it('says how many messages are overdue, since when and why', async () => {
  expect((await look()).html).not.toContain('overdue-title')
  await sql.query(
    `insert into messages (kind, cause, recipient, due_at, try_at, created_at, attempts, reason)
     values
       ('booked', 'a', 'account:1', now() - interval '6 minutes', now(), now(), 2, 'provider_down'),
       ('booked', 'b', 'account:1', now() - interval '1 hour', now(), now(), 0, 'daily_limit'),
       ('booked', 'c', 'account:1', now() - interval '4 minutes', now(), now(), 0, null)`,
  )
  const { html } = await look()
  for (const shown of [
    '2 messages are overdue, the first since',
    '1 is above today’s limit',
    '1 was not accepted by the provider',
    'href="/desk/messages?state=due"',
  ])
    expect(html).toContain(shown)
  expect((await look('id')).html).toContain('2 pesan terlambat terkirim')
  const health = await asking(origin, key)('GET', '/health')
  expect(health.body.health.messages).toEqual({
    overdue: 2,
    since: expect.stringMatching(/Z$/),
    untold: 0,
    limited: 1,
    tried: 1,
  })
  await sql.query('delete from messages')
})

it('every page links only admins to it', async () => {
  const desk = await openSession(sql, await openAccount(sql, { role: 'front_desk', name: 'Desk' }))
  for (const path of ['/booking', '/appointments'])
    for (const [who, leads] of [
      [cookie, true],
      [desk, false],
    ] as const) {
      const response = await fetch(origin + path, { headers: { Cookie: who } })
      expect([path, (await response.text()).includes('<a href="/admin/health">Health</a>')]).toEqual([
        path,
        leads,
      ])
    }
})

it('our own failures come first', async () => {
  const failure = { at: new Date(), door: 'web', code: 'unavailable' } as const
  await countFailures(clinic.context({ actor: { kind: 'system' } }), [failure, failure])
  expect((await look()).html).toMatch(
    /<section class="card bad-card"[^>]*><h2>2 failures on our side in the last hour/,
  )
  expect((await look('id')).html).toContain('2 kegagalan di pihak kami dalam satu jam terakhir')
  await sql.query(`delete from appointment_failures where code = 'unavailable'`)
})

it('shows both migrations when the database is behind the release', async () => {
  await sql.query(
    'update drizzle.__drizzle_migrations set created_at = created_at - 1 where id = (select max(id) from drizzle.__drizzle_migrations)',
  )
  expect((await look()).html).toMatch(
    /The database is at an unknown migration, but this release needs \d{4}_\w+/,
  )
  await sql.query(
    'update drizzle.__drizzle_migrations set created_at = created_at + 1 where id = (select max(id) from drizzle.__drizzle_migrations)',
  )
})

it('shows statements without parameters', async () => {
  await sql.query('create extension pg_stat_statements')
  // The ten slowest are shown. What the set-up ran may be slower than anything on the page.
  await sql.query(`
    select pg_stat_statements_reset(0, oid, 0) from pg_database where datname = current_database()`)
  await look()
  expect((await look()).html).toContain('<code>select doctor_id::integer')
  await sql.query('drop extension pg_stat_statements')
})

it('the API shows admins the same in two trips', async () => {
  const ask = asking(origin, key)
  await ask('GET', '/health')
  clinic.takeTrips()
  const { status, body } = await ask('GET', '/health')
  expect(clinic.takeTrips()).toHaveLength(2)
  expect(status).toBe(200)
  expect(body.health).toMatchObject({
    environment: 'local',
    release: 'abc123',
    appointments: {
      done: [],
      failed_by_code: [{ code: 'slot_taken', last_hour: 2, last_day: 2 }],
    },
    slowest_statements: { unknown_because: 'not_installed', statements: [] },
  })
})

it('a key without the scope is refused', async () => {
  const { rows } = await sql.query(`select id::int from accounts where role = 'admin' limit 1`)
  expect(rows).toHaveLength(1)
  const narrow = await giveKey(sql, rows[0].id, { role: 'admin', scopes: ['appointments:read'] })
  expect((await asking(origin, narrow)('GET', '/health')).status).toBe(403)
})
