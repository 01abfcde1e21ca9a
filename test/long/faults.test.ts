import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { type Fault, startBridge } from '../../scripts/local/bridge.ts'
import { createDatabase } from '../../scripts/local/postgres.ts'
import { asApp, migrateDatabase } from '../../scripts/migrate.ts'
import { verifyEvents } from '../../src/clinic/verify-events.ts'
import { connect } from '../../src/database/connect.ts'
import { openWorker, takeLines } from '../support/clinic.ts'
import { findOverlaps } from '../support/overlaps.ts'
import { defineVisitType, hireDoctor, openDesk, registerPatient } from '../support/people.ts'
import { seed } from '../support/seed.ts'
import { drawingFrom } from './draw.ts'
import { startDurablePostgres } from './power-cut.ts'
import { beginToRecord, type Facts, replay, type Told } from './replay.ts'

const operations = Number(process.env.OPERATIONS ?? 1_200)
const clients = 16
const faults: Fault[] = [
  'request lost',
  'answer lost',
  'answer cut off',
  'answer 500',
  'answer too late',
  'work too late',
]

const postgres = await startDurablePostgres('faults')
await createDatabase(postgres.current(), 'clinic')
const databaseUrl = postgres.current().url('clinic')
await migrateDatabase(databaseUrl)

const { pick: pickFault } = drawingFrom(seed)
const injected: Record<string, number> = {}
let isCalm = true
const bridge = await startBridge({
  fault() {
    const fault = isCalm ? undefined : pickFault([...faults, ...Array<undefined>(15).fill(undefined)])
    if (fault) injected[fault] = (injected[fault] ?? 0) + 1
    return fault
  },
})
const sql = new pg.Pool({ connectionString: databaseUrl, max: 4 })
sql.on('error', () => {})
const bindings = { DATABASE_URL: asApp(databaseUrl), NEON_BRIDGE_URL: bridge.url }
const worker = openWorker({ ...bindings, RESEND_URL: bridge.url, DATABASE_TIME_LIMIT_MS: '400' })
const { origin } = (await worker.listen()).url

afterAll(async () => {
  await worker.close()
  await bridge.stop()
  await sql.end()
  await postgres[Symbol.asyncDispose]()
})

interface Answer {
  status: number
  version: number
  // biome-ignore lint/suspicious/noExplicitAny: any JSON
  body: any
}

let attempts = 0

/** Repeats a request with the same key until it is answered, like a good client. */
async function insist(
  key: string,
  bearer: string,
  method: string,
  path: string,
  body: object,
): Promise<Answer> {
  const patience = AbortSignal.timeout(120_000)
  let last = 'nothing'
  for (;;) {
    attempts += 1
    const answer = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${bearer}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': `"${key}"`,
        'If-Match': '*',
        'X-Request-Id': key,
      },
      body: JSON.stringify(body),
      signal: patience,
    }).catch((error) => {
      throw new Error(`${key} was answered ${last} until then`, { cause: error })
    })
    const written = answer.status === 204 ? null : await answer.json()
    last = `${answer.status} ${written?.code}`
    const isUndecided = answer.status === 503 || written?.code === 'still_running'
    if (isUndecided) expect(answer.headers.get('Retry-After')).toMatch(/^\d+$/)
    else
      return {
        status: answer.status,
        version: Number(answer.headers.get('ETag')?.slice(1, -1)),
        body: written,
      }
  }
}

function toAnswer({ status, version, body }: Answer): Told['answer'] {
  if (status >= 300) return { ok: false, refusal: body.code }
  const { appointment } = body
  const facts = {
    id: appointment.id,
    version,
    status: appointment.status,
    doctorId: appointment.doctor_id,
    patientId: appointment.patient_id,
    visitTypeId: appointment.visit_type_id,
    startAt: Date.parse(appointment.start_at),
    endAt: Date.parse(appointment.end_at),
  }
  return { ok: true, facts }
}

interface Clinic {
  key: string
  visitType: number
  doctors: number[]
  patients: number[]
  /** A midnight in UTC that starts a week of half hours. */
  begins: number
}

type Pick = ReturnType<typeof drawingFrom>['pick']

/** Books, moves or cancels at random. */
function change(requestId: string, pick: Pick, of: Facts | undefined, clinic: Clinic): Promise<Answer> {
  const half = pick([...Array(7 * 48).keys()])
  const startAt = new Date(clinic.begins + half * 1_800_000).toISOString()
  const wish = { doctor_id: pick(clinic.doctors), start_at: startAt }
  const ask = (method: string, path: string, body: object) =>
    insist(requestId, clinic.key, method, path, body)
  switch (of && pick(['book', 'book', 'move', 'cancel'])) {
    case 'move':
      return ask('PATCH', `/appointments/${of?.id}`, { appointment: wish })
    case 'cancel':
      return ask('POST', `/appointments/${of?.id}/cancellation`, { cancellation: { reason: 'Storm' } })
    default: {
      const particulars = { visit_type_id: clinic.visitType, patient_id: pick(clinic.patients) }
      return ask('POST', '/appointments', { appointment: { ...wish, ...particulars } })
    }
  }
}

it(`with a faulty network and a database killed twice, each of ${operations} changes is done once (seed ${seed})`, async () => {
  const visitType = await defineVisitType(sql)
  const clinic: Clinic = {
    key: await openDesk(sql),
    visitType,
    doctors: await Promise.all([0, 1, 2].map(() => hireDoctor(sql, { visitTypes: [visitType] }))),
    patients: await Promise.all(Array.from({ length: 40 }, (_, n) => registerPatient(sql, `Patient ${n}`))),
    begins: Math.ceil(Date.now() / 86_400_000 + 1) * 86_400_000,
  }
  const known: Facts[] = []
  const told: Told[] = []
  let [asked, clock, deaths] = [0, 0, 0]

  async function work(client: number): Promise<void> {
    const { pick } = drawingFrom(seed + client + 1)
    while (asked < operations) {
      const requestId = `op-${asked++}`
      if (asked * 3 > operations * (deaths + 1) && deaths < 2) {
        deaths += 1
        await postgres.cutPower()
      }
      const started = clock++
      const answered = await change(requestId, pick, pick(known.slice(-30)), clinic)
      const answer = toAnswer(answered)
      if (answered.status === 201 && answer.ok) known.push(answer.facts)
      told.push({ requestId, verb: 'change', at: 0, started, finished: clock++, wish: {}, answer })
    }
  }
  const since = await beginToRecord(sql)
  isCalm = false
  await Promise.all(Array.from({ length: clients }, (_, client) => work(client)))
  isCalm = true

  // Each try has an id of ours; the log names the client's.
  const lines = takeLines(worker).filter(({ message }) => message === 'request')
  const sentIds = new Map(lines.map(({ request_id, client_request_id }) => [request_id, client_request_id]))
  const sentAs = (id: string) => sentIds.get(id) ?? id
  expect(await replay(sql, since, told, new Map(), () => '', sentAs)).toEqual([])
  expect(await findOverlaps(sql, 'doctor')).toEqual([])
  expect(await findOverlaps(sql, 'patient')).toEqual([])
  expect((await verifyEvents(connect(bindings))).broken).toEqual([])
  const refusals = new Set(told.flatMap(({ answer }) => (answer.ok ? [] : [answer.refusal])))
  expect([...refusals].filter((refusal) => !/slot_taken|patient_busy|wrong_status/.test(refusal))).toEqual([])
  const { rows } = await sql.query('select count(*)::int from appointments')
  expect(rows).toEqual([{ count: known.length }])
  // Without faults the test proves nothing.
  expect([deaths, Object.keys(injected).toSorted()]).toEqual([2, faults.toSorted()])
  console.info({ attempts, injected, answered: told.length, booked: known.length })
}, 600_000)
