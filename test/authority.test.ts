import { beforeAll, describe, expect, it } from 'vitest'
import { type Role, roles } from '../drizzle/schema/accounts.ts'
import { scopes } from '../drizzle/schema/api-keys.ts'
import { operations } from '../src/api/description/registry.ts'
import { sampleCall, samplePath } from '../src/api/description/sample.ts'
import { rights } from '../src/clinic/accounts/guard.ts'
import { changeRole } from '../src/clinic/accounts/manage-accounts.ts'
import { openClinic } from './support/clinic.ts'
import { atOnce } from './support/concurrency.ts'
import {
  defineVisitType,
  giveKey,
  hireDoctor,
  insertAppointment,
  locationOf,
  openAccount,
  openSession,
  registerPatient,
} from './support/people.ts'
import { allRoutes } from './support/routes.ts'
import { openSampleClinic } from './support/sample-clinic.ts'

// Every write, by every kind of actor whose key or session ended, or whose role changed, a moment ago, in an isolate that
// still remembers them: all are refused, and nothing changes.

const clinic = await openClinic()
const { sql, origin } = clinic

/** Providers sign what they tell; nobody acts. */
const signed = ['POST /providers/resend', 'POST /providers/twilio', 'POST /providers/whatsapp']

/** These prove who somebody is, or end it. They trust nothing that the isolate remembers. */
const signingIn = [
  'POST /account/email/stop',
  'POST /sign-in',
  'POST /sign-in/code',
  'POST /sign-in/link',
  'POST /sign-in/passkey',
  'POST /sign-in/passkey/challenge',
  'POST /sign-out',
]

/** Needs an authenticator: test/clinic/accounts/passkeys/passkeys.test.ts shows that an ended session adds none. */
const addingPasskeys = 'POST /account/passkeys'

/** These only read, though a form sends them, and believe an isolate for a minute, as pages do. */
const searching = [
  'POST /desk/book/patient-search',
  'POST /booking/holds/:id/patient-search',
  'POST /series/patient-search',
  'POST /sessions/:id/patient-search',
  'POST /desk/walk-ins/patient-search',
  'POST /desk/blocks/preview',
]

/** Whoever has such a link may do what it says: test/web/messages/links.test.ts shows when it ends. */
const byLink = [
  'POST /m/:token/answer',
  'POST /m/preferences/:token',
  'POST /m/preferences/:token/unsubscribe',
]

/** These set a cookie of the browser that says what the desk shows there, and nothing in the database. */
const choosing = ['POST /desk/view', 'POST /desk/names', 'POST /desk/keys']

const exempt = [...signingIn, ...searching, ...signed, ...byLink, ...choosing, addingPasskeys]

interface Call {
  route: string
  path: string
  init: RequestInit
}
let calls: Record<'key' | 'session', Call[]>
let people: Record<Role, () => Promise<number>>
const operator = clinic.context({ actor: { kind: 'system' } })

beforeAll(async () => {
  const [doctor, patient] = [await hireDoctor(sql), await registerPatient(sql)]
  // The sample keys belong to the owner of the first admin key.
  const admin = await openAccount(sql, { role: 'admin' })
  await giveKey(sql, admin, { role: 'admin' })
  people = {
    patient: () => openAccount(sql, { patientIds: [patient] }),
    front_desk: () => openAccount(sql, { role: 'front_desk' }),
    doctor: () => openAccount(sql, { role: 'doctor', doctorId: doctor }),
    admin: () => openAccount(sql, { role: 'admin' }),
  }
  const sample = openSampleClinic(clinic)
  const pages = allRoutes().filter(({ method, path }) => method !== 'GET' && !path.startsWith('/api/'))
  // Doctors book only their own patients, and remove only their own blocks.
  await insertAppointment(sql, { doctorId: doctor, patientId: patient, startAt: '2032-12-01T00:00:00Z' })
  const ofDoctor = { ...sample, things: { ...sample.things, blocks: () => enterBlock(doctor) } }
  calls = { key: [], session: [] }
  for (const operation of operations.filter(({ method }) => method !== 'GET')) {
    const { path, method, headers, body } = await sampleCall(operation, sample)
    calls.key.push({ route: operation.route, path, init: { method, headers, body } })
  }
  for (const { method, path: pattern } of pages) {
    const route = `${method} ${pattern}`
    if (exempt.includes(route)) continue
    const message = await sample.things.messages?.({
      operation: undefined,
      parent: undefined,
      route: '/desk/messages/:id/resend',
    })
    const body = new URLSearchParams({ ...(await formFor(doctor, patient)), message_id: String(message) })
    const path = await samplePath(pattern, ofDoctor)
    calls.session.push({
      route,
      path,
      init: { method, body, headers: { Origin: origin }, redirect: 'manual' },
    })
  }
})

let hours = 0

async function enterBlock(doctor: number): Promise<number> {
  const { rows } = await sql.query(
    "insert into time_off (doctor_id, starts_at, ends_at, kind) values ($1, '2035-01-01', '2035-01-02', 'block') returning id",
    [doctor],
  )
  return Number(rows[0].id)
}

/** Has what any form needs; each reads its own fields. */
async function formFor(doctor: number, patient: number): Promise<Record<string, string>> {
  const start = Date.parse('2033-01-01T00:00:00Z') + ++hours * 3_600_000
  const [start_at, end_at] = [new Date(start).toISOString(), new Date(start + 1_800_000).toISOString()]
  const ids = {
    doctor_id: String(doctor),
    patient_id: String(patient),
    visit_type_id: String(await defineVisitType(sql)),
    location_id: String(await locationOf(sql, doctor)),
  }
  return {
    ...ids,
    start_at,
    end_at,
    every: '1',
    unit: 'week',
    count: '2',
    capacity: '20',
    from: '1',
    scope: 'following',
    slot: `${doctor}/${start_at}`,
    name: 'Anybody',
    q: 'Anybody',
    terms: 'accepted',
    reason: 'Snow',
    text: 'The lift is out of order',
    whose: `doctor:${doctor}`,
    kind: 'block',
    start_local: '2036-01-01T00:00',
    end_local: '2036-01-02T00:00',
    relation: 'dependant',
    birth_date: '1990-05-17',
    email: `new-${hours}@example.com`,
    old_code: '000000',
    new_code: '000000',
    confirmed: 'yes',
    with: String(patient),
    flag: 'interpreter',
    is_set: '1',
    keep: String(patient),
    mode: 'in_person',
    minutes: '30',
    buffer_before_minutes: '0',
    buffer_after_minutes: '0',
    notice_minutes: '0',
    cancellation_notice_minutes: '0',
    horizon_days: '180',
    approval_hours: '48',
    type: 'room',
    sort_order: '0',
    time_zone: 'Asia/Jakarta',
    wanted_messages: 'approvals',
  }
}

const ask = ({ path, init }: Call, credential: Record<string, string>) =>
  fetch(origin + path, { ...init, headers: { ...(init.headers as Record<string, string>), ...credential } })

/** A credential for each call, which this isolate remembers. */
async function remembered(by: 'key' | 'session', account: number, role: Role) {
  const given = await atOnce(calls[by].length, async () => {
    if (by === 'session') return { Cookie: await openSession(sql, account) }
    return { Authorization: `Bearer ${await giveKey(sql, account, { role })}` }
  })
  const known = by === 'key' ? '/api/v1/patients' : '/appointments'
  const statuses = await Promise.all(
    given.map(async (headers) => (await fetch(origin + known, { headers })).status),
  )
  expect(new Set(statuses)).toEqual(new Set([200]))
  return given
}

/** Of every table, except the counts of failures, which are written some seconds later. */
async function everything(): Promise<Record<string, string>> {
  const { rows } = await sql.query(`
    select relname as name, (xpath('//md5/text()', query_to_xml(
      format('select md5(coalesce(string_agg(one::text, chr(10) order by one::text), '''')) from %I one', relname), true, true, ''
    )))[1]::text as hash
    from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'appointment_failures'`)
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]))
}

const endings: Record<string, (account: number, role: Role) => Promise<unknown>> = {
  'revoked or signed out': async (account) => {
    await sql.query('update api_keys set revoked_at = now() where owner_id = $1', [account])
    await sql.query('delete from sessions where account_id = $1', [account])
  },
  expired: async (account) => {
    await sql.query("update api_keys set expires_at = now() - interval '1 second' where owner_id = $1", [
      account,
    ])
    await sql.query("update sessions set expires_at = now() - interval '1 second' where account_id = $1", [
      account,
    ])
  },
  'given another role': (account, role) =>
    changeRole(operator, account, { role: role === 'front_desk' ? 'patient' : 'front_desk' }),
}

const isRefused = ({ status, headers }: Response) =>
  status === 401 || status === 403 || (status === 303 && headers.get('Location')?.startsWith('/sign-in'))

/** For patients, as the isolate remembers them, there is no desk. */
const isHidden = (role: Role, route: string, { status }: Response) =>
  role === 'patient' && route.startsWith('POST /desk/') && status === 404

/** Staff are led to the same form at the front desk, whatever became of their session; nothing is written on the way. */
const isLed = (role: Role, route: string, { status, headers }: Response) =>
  role !== 'patient' &&
  /^POST \/appointments\/:id\/(cancellation|times)$/.test(route) &&
  status === 303 &&
  headers.get('Location')?.startsWith('/desk/appointments/')

const table = roles.flatMap((role) =>
  Object.keys(endings).flatMap((ending) => (['key', 'session'] as const).map((by) => ({ role, ending, by }))),
)

describe.each(table)('a $role with a $by, $ending a moment ago', ({ role, ending, by }) => {
  it('is refused every write, and nothing changes', async () => {
    const account = await people[role]()
    const given = await remembered(by, account, role)
    await endings[ending]?.(account, role)
    const before = await everything()
    const answers = await Promise.all(
      calls[by].map(async (call, n) => ({
        route: call.route,
        answer: await ask(call, given[n] as object as Record<string, string>),
      })),
    )
    expect(
      answers
        .filter(
          ({ route, answer }) =>
            ![isRefused(answer), isHidden(role, route, answer), isLed(role, route, answer)].some(Boolean),
        )
        .map(({ route, answer }) => [route, answer.status]),
    ).toEqual([])
    expect(await everything()).toEqual(before)
  })
})

it('the table covers every route that writes', () => {
  const writing = new Set(
    allRoutes()
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => `${method} ${path}`),
  )
  const covered = [...calls.key, ...calls.session].map(({ route }) => route)
  expect([...covered, ...exempt].sort()).toEqual([...writing].sort())
})

it('a refused key and session are forgotten, and the page leads to the sign-in', async () => {
  const account = await people.front_desk()
  const [key, cookie] = [await giveKey(sql, account, { role: 'front_desk' }), await openSession(sql, account)]
  const read = async () => [
    (await fetch(`${origin}/api/v1/patients`, { headers: { Authorization: `Bearer ${key}` } })).status,
    (await fetch(`${origin}/appointments`, { headers: { Cookie: cookie }, redirect: 'manual' })).status,
  ]
  expect(await read()).toEqual([200, 200])
  await endings['revoked or signed out']?.(account, 'front_desk')
  expect(await read()).toEqual([200, 200])
  const [write, page] = [
    calls.key.find(({ route }) => route === 'POST /api/v1/patients'),
    calls.session.find(({ route }) => route === 'POST /dependants'),
  ] as [Call, Call]
  expect(await (await ask(write, { Authorization: `Bearer ${key}` })).json()).toMatchObject({
    code: 'unknown_key',
  })
  const answer = await ask(page, { Cookie: cookie })
  expect(answer.headers.get('Location')).toMatch(/^\/sign-in/)
  expect(
    answer.headers
      .getSetCookie()
      .filter((line) => line.includes('Max-Age=0'))
      .join(),
  ).toMatch(/session=.*visitor=|visitor=.*session=/)
  expect(await read()).toEqual([401, 303])
})

it('a kept answer is not given to a key that was revoked since', async () => {
  const key = await giveKey(sql, await people.front_desk(), { role: 'front_desk' })
  const call = calls.key.find(({ route }) => route === 'POST /api/v1/patients') as Call
  const again = { Authorization: `Bearer ${key}`, 'Idempotency-Key': '"kept"' }
  expect((await ask(call, again)).status).toBe(201)
  expect((await ask(call, again)).status).toBe(201)
  await sql.query(
    'update api_keys set revoked_at = now() where owner_id = (select max(owner_id) from api_keys)',
  )
  expect((await ask(call, again)).status).toBe(401)
})

it('a session whose role was changed by SQL alone does not write in the old role', async () => {
  const account = await people.admin()
  const cookie = await openSession(sql, account)
  await fetch(`${origin}/appointments`, { headers: { Cookie: cookie } })
  await sql.query("update accounts set role = 'patient' where id = $1", [account])
  const call = calls.session.find(({ route }) => route === 'POST /dependants') as Call
  expect((await ask(call, { Cookie: cookie })).status).toBe(403)
})

describe('by scope', () => {
  it('a key with one scope is let in exactly where that scope is enough', async () => {
    const { rows } = await sql.query(
      "select owner_id::int as id from api_keys where role = 'admin' order by id limit 1",
    )
    const sample = openSampleClinic(clinic)
    const wrong: string[] = []
    for (const scope of scopes) {
      const key = await giveKey(sql, rows[0].id, { role: 'admin', scopes: [scope] })
      await Promise.all(
        operations.map(async (operation) => {
          if (!operation.right) return
          const { method, path, headers, body } = await sampleCall(operation, sample)
          const answer = await ask(
            { route: operation.route, path, init: { method, headers, body } },
            { Authorization: `Bearer ${key}` },
          )
          const isIn = answer.status !== 403
          // A key issues no more than it may itself, so the sample key is beyond this one.
          if (isIn !== (rights[operation.right].scope === scope))
            wrong.push(`${operation.route} ${scope}: ${answer.status}`)
        }),
      )
    }
    expect(wrong).toEqual([])
  })
})
