import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actAsKey } from '../../scripts/replay/actors.ts'
import { type LoggedRequest, readLog } from '../../scripts/replay/read-log.ts'
import { send } from '../../scripts/replay/send.ts'
import { authSecret, openClinic } from '../support/clinic.ts'
import {
  giveKey,
  hireDoctor,
  openAccount,
  openDesk,
  openSession,
  registerPatient,
} from '../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
let directory: string
let [patient, other, doctor] = [0, 0, 0]
let appointment = 0

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'alobooking-replay-'))
  const [zero, one] = [await registerPatient(sql), await registerPatient(sql, 'Patient One')]
  const doctorId = await hireDoctor(sql)
  patient = await openAccount(sql, { patientIds: [zero] })
  other = await openAccount(sql, { patientIds: [one] })
  doctor = await openAccount(sql, { role: 'doctor', doctorId })
  await openDesk(sql)
  const { rows } = await sql.query(
    `insert into appointments (doctor_id, patient_id, start_at, end_at)
     select $1, $2, noon, noon + interval '30 minutes'
     from (select date_trunc('day', now(), 'Asia/Jakarta') + interval '12 hours' as noon) today
     returning id::int`,
    [doctorId, zero],
  )
  appointment = rows[0].id
})
afterAll(() => rm(directory, { recursive: true }))

const api = (path: string) => ({
  door: 'api',
  route: `/api/v1${path.replace(/\d+/, ':id')}`,
  path: `/api/v1${path}`,
})
const page = (path: string) => ({ door: 'web', route: path, path })
const asPatient = (account_id: number) => ({ kind: 'patient', account_id })
let minute = 0

/** A logged request, a minute after the last one. */
function line(particulars: Partial<LoggedRequest> & { path: string }): LoggedRequest {
  minute += 1
  return {
    message: 'request',
    at: new Date(Date.UTC(2026, 10, 23, 1, minute)).toISOString(),
    request_id: `request-${minute}`,
    door: 'api',
    method: 'GET',
    route: particulars.path,
    actor: { kind: 'anonymous' },
    status: 200,
    duration_ms: 1_234,
    ...particulars,
  }
}

/** The command's output and exit code. */
async function replay(lines: unknown[], ...flags: string[]): Promise<{ code: unknown; printed: string }> {
  const file = join(directory, 'log')
  await writeFile(file, lines.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n'))
  const env = { ...process.env, DATABASE_URL: clinic.databaseUrl, AUTH_SECRET: authSecret }
  const words = ['scripts/replay.ts', file, '--origin', origin, ...flags]
  return new Promise((resolve) =>
    execFile(process.execPath, words, { env }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, printed: stdout + stderr }),
    ),
  )
}

const countKeys = async () =>
  (await sql.query('select (select count(*)::int from api_keys) + (select count(*)::int from sessions) as n'))
    .rows[0].n

describe('replaying requests', () => {
  it('acts as the original accounts, in the API and on the pages, and leaves no key behind', async () => {
    const keysBefore = await countKeys()
    const own = api(`/appointments/${appointment}`)
    const { code, printed } = await replay([
      line(api('/locations')),
      line({ ...own, actor: { kind: 'api_client', account_id: patient, key_id: 1, role: 'patient' } }),
      line({ ...own, actor: asPatient(patient) }),
      line({ ...own, actor: asPatient(other), status: 404, refusal: 'not_found' }),
      line({ ...own, actor: { kind: 'doctor', account_id: doctor } }),
      line({ ...own, status: 401 }),
      line({ ...page('/appointments'), actor: asPatient(patient) }),
      line({ ...page('/appointments'), status: 303 }),
      line({ ...page('/booking') }),
      line({ ...page('/booking'), door: 'public', status: 500 }),
    ])
    expect(printed).toMatch(/✔ All answers are the same \(9\)\.\n$/)
    expect(printed).toMatch(/GET \/api\/v1\/appointments\/:id +5 +3 × 200, 401, 404 +1234 ms → \d+ ms\n/)
    expect(printed).toMatch(/GET \/appointments +2 +200, 303 +1234 ms → \d+ ms\n/)
    expect(code).toBe(0)
    expect(await countKeys()).toBe(keysBefore)
  })

  it('reads the Worker’s own log, and both logs agree on each request', async () => {
    clinic.takeLines()
    const bearer = { headers: { Authorization: `Bearer ${await giveKey(sql, other)}` } }
    const signedIn = { headers: { Cookie: await openSession(sql, patient) } }
    for (const [path, init] of [
      ['/api/v1/locations?limit=1'],
      ['/api/v1/appointments', bearer],
      [`/api/v1/appointments/${appointment}`, bearer],
      [`/appointments/${appointment}`, signedIn],
      ['/booking?lang=en', signedIn],
      ['/booking?lang=id'],
    ] as const)
      await (await fetch(origin + path, init)).text()
    const then = clinic.takeLines()
    const { printed } = await replay(then)
    expect(printed).toMatch(/✔ All answers are the same \(6\)\.\n$/)
    const now = clinic.takeLines().filter(({ path }) => path !== '/healthz')
    // The second time they are sent as the client's own ids.
    const sentIds = new Map(now.map((line) => [line.request_id, line.client_request_id]))
    const said = ({ request_id, door, path, actor, status, refusal }: (typeof then)[number]) => {
      const { key_id: _, ...who } = actor as { key_id?: number }
      return { request_id: sentIds.get(request_id) ?? request_id, door, path, who, status, refusal }
    }
    expect(now.map(said)).toEqual(then.map(said))
    expect(new Set(then.map(({ door }) => door))).toEqual(new Set(['api', 'web', 'public']))
  })

  it('names different answers by their request id', async () => {
    const failed = line({
      ...api(`/appointments/${appointment}`),
      actor: asPatient(patient),
      status: 500,
      refusal: 'internal',
    })
    const gone = line({ ...api('/appointments/999'), actor: asPatient(patient) })
    const { code, printed } = await replay([line(api('/locations')), failed, gone])
    expect(printed).toContain(
      `✘ ${failed.request_id}  GET /api/v1/appointments/${appointment}  500 internal → 200\n` +
        `✘ ${gone.request_id}  GET /api/v1/appointments/999  200 → 404 not_found\n`,
    )
    expect(printed).toMatch(/GET \/api\/v1\/appointments\/:id +2 +200, 500 → 200, 404 +/)
    expect(printed).toMatch(/✘ 2 of 3 answers differ\.\n$/)
    expect(code).toBe(1)
  })

  it('skips requests with a body, and repeats changes only when told to', async () => {
    const arrival = line({
      ...api(`/appointments/${appointment}/arrival`),
      method: 'POST',
      actor: { kind: 'front_desk', account_id: 999_999 },
    })
    const lines = [
      line(api('/locations')),
      arrival,
      line({ ...api('/appointments'), method: 'POST', status: 201 }),
      line({ ...page('/booking/holds'), method: 'POST', status: 303 }),
      line({ ...page('/appointments/…'), status: 404 }),
    ]
    const events = async () => (await sql.query('select kind from events')).rows
    const without = await replay(lines)
    expect(without.printed).toContain(
      '1 not sent: changes something; sent with --writes (POST /api/v1/appointments/:id/arrival)',
    )
    expect(without.printed).toContain('2 not sent: changes something, and its body was not logged')
    expect(without.printed).toContain('1 not sent: part of the address is not in the log')
    expect(await events()).toEqual([])
    const { code, printed } = await replay(lines, '--writes')
    expect(printed).toContain('1 accounts are not in this database; others of the same role were used')
    expect(await events()).toEqual([{ kind: 'appointment.arrived' }])
    expect([without.code, code]).toEqual([0, 0])
  })

  it('refuses other machines by default, and names errors in one line', async () => {
    const elsewhere = await replay([line(api('/locations'))], '--origin', 'https://clinic.example')
    expect(elsewhere).toEqual({
      code: 1,
      printed: '✘ https://clinic.example is not on this machine. If you intend this, use --elsewhere\n',
    })
    expect(await replay(['nothing here'])).toEqual({
      code: 1,
      printed: expect.stringMatching(/^✘ .+ contains no request that can be sent\.\n$/),
    })
    expect((await replay([line(api('/locations'))], '--origin', 'http://localhost:1')).printed).toMatch(
      /^✘ Nothing answers at .+\n$/,
    )
    expect((await replay([], '--slow')).printed).toMatch(/^✘ .+Usage: npm run replay.+\n$/)
    await expect(readLog(join(directory, 'absent'))).rejects.toThrow(/absent cannot be read/)
  })
})

describe('a log', () => {
  it('is read with text around its lines or as tailed by wrangler', async () => {
    const [first, second, third, fourth] = [1, 2, 3, 4].map(() => line(api('/locations')))
    const slow = line({ ...api('/slots'), at: String(fourth?.at), duration_ms: 3_600_000 })
    const tail = (...messages: unknown[]) => ({
      outcome: 'ok',
      logs: messages.map((message) => ({ message: [message], level: 'log' })),
    })
    const file = join(directory, 'mixed')
    await writeFile(
      file,
      [
        'Connected to alobooking, waiting for logs {...',
        `2026-11-23T01:00:00Z stdout ${JSON.stringify(second)} (worker)`,
        JSON.stringify({ ...second, message: 'slow statement' }),
        JSON.stringify({ ...second, path: '//elsewhere.example' }),
        JSON.stringify(tail('not json', JSON.stringify(third))),
        JSON.stringify(tail(first, JSON.stringify(slow)), null, 2),
        JSON.stringify(fourth, null, 2),
        '{"message":"request"',
      ].join('\r\n'),
    )
    const read = await readLog(file)
    expect(read.requests.map(({ request_id }) => request_id)).toEqual(
      [slow, first, second, third, fourth].map((request) => request?.request_id),
    )
    expect(read.notUnderstood).toBe(1)
  })
})

describe('sending requests', () => {
  /** A server that answers with this function. */
  async function serve(
    answer: (path: string) => Promise<[status: number, headers?: Record<string, string>]>,
  ) {
    const asked: string[] = []
    const server = createServer(async (request, response) => {
      asked.push(`${request.url} from ${request.headers['cf-connecting-ip']}`)
      const [status, headers] = await answer(request.url ?? '')
      response.writeHead(status, headers).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    afterAll(() => server.close())
    return { asked, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  }

  it('sends in turn, with an address for each anonymous request, and retries after 429', async () => {
    let refusals = 1
    const { origin, asked } = await serve(async () =>
      refusals-- > 0 ? [429, { 'Retry-After': '0' }] : [200],
    )
    const outcomes = await send([line({ path: '/a' }), line({ path: '/b' })], {
      origin,
      actors: actAsKey(undefined),
    })
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200])
    expect(asked).toEqual(['/a from 2001:db8::0:0', '/a from 2001:db8::0:0', '/b from 2001:db8::0:1'])
  })

  it('keeps spacing and overlap when a speed is given', async () => {
    const second = Promise.withResolvers<void>()
    const { origin } = await serve(async (path) => {
      if (path === '/late') second.resolve()
      await second.promise
      return [200]
    })
    const requests = [line({ path: '/early' }), line({ path: '/late' })]
    const outcomes = await send(requests, { origin, actors: actAsKey(undefined), speed: 60_000 })
    expect(outcomes.map(({ request }) => request.path)).toEqual(['/early', '/late'])
  })
})
