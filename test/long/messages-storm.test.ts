import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { afterAll, expect, it } from 'vitest'
import { startBridge } from '../../scripts/local/bridge.ts'
import { startMailbox } from '../../scripts/local/mailbox.ts'
import { createDatabase } from '../../scripts/local/postgres.ts'
import { startSmtpServer } from '../../scripts/local/smtp-server.ts'
import type { Fault } from '../../scripts/local/stand-in.ts'
import { asApp, migrateDatabase } from '../../scripts/migrate.ts'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../src/clinic/appointments/cancel.ts'
import { rescheduleAppointment } from '../../src/clinic/appointments/reschedule.ts'
import type { Actor, ClinicContext } from '../../src/clinic/context.ts'
import { bookSeries } from '../../src/clinic/series/book.ts'
import { secretsOf } from '../../src/clinic/sign.ts'
import { connect } from '../../src/database/connect.ts'
import { authSecret } from '../support/clinic.ts'
import { hour } from '../support/message-clock.ts'
import {
  beginSession,
  defineVisitType,
  hireDoctor,
  liftCaps,
  openAccount,
  registerPatient,
} from '../support/people.ts'
import { seed } from '../support/seed.ts'
import { type Bindings, type Order, openDeliverer } from './deliverer.ts'
import { drawingFrom } from './draw.ts'
import { judgeStorm, recordPlans } from './messages-storm.ts'
import { startDurablePostgres } from './power-cut.ts'

const operations = Number(process.env.OPERATIONS ?? 2_000)
const clients = 12
const minute = 60_000
/** A Monday, 09:00 in Berlin. */
const opening = Date.parse('2025-06-02T07:00Z')
const perOperation = 250

const postgres = await startDurablePostgres('messages')
const stops: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const stop of stops) await stop()
  await postgres[Symbol.asyncDispose]()
})

/** What goes wrong with the provider: it is away for a while, and now and then it is slow, busy or breaks off. */
function drawFaults() {
  const { pick } = drawingFrom(seed + 1)
  const injected: Record<string, number> = {}
  const state = { isCalm: true, isDown: false }
  const faults: (Fault | undefined)[] = ['down', 'slow', 'throttling', 'accepted, then dropped']
  return {
    ...{ state, injected },
    fault() {
      if (state.isCalm) return undefined
      const fault = state.isDown ? 'down' : pick([...faults, ...Array<undefined>(20).fill(undefined)])
      if (fault) injected[fault] = (injected[fault] ?? 0) + 1
      return fault
    },
  }
}

type Pick = ReturnType<typeof drawingFrom>['pick']

interface Scene {
  as(actor: Actor, now: number, requestId: string): ClinicContext
  desk: Actor
  owners: Actor[]
  patients: number[]
  doctors: number[]
  visitTypeId: number
  /** The latest appointments. */
  known: { id: number; by: Actor }[]
}

async function openScene(sql: pg.Pool, bindings: Bindings): Promise<Scene> {
  const visitTypeId = await defineVisitType(sql)
  const doctors = await Promise.all(
    [0, 1, 2].map(() => hireDoctor(sql, { timeZone: 'Europe/Berlin', visitTypes: [visitTypeId] })),
  )
  await sql.query("update clinic_settings set grace_seconds = 5, quiet_from = '00:00', quiet_until = '00:00'")
  await sql.query(
    "update locations set email = 'praxis-' || id || '@example.com', wanted_messages = 'everything'",
  )
  await liftCaps(sql)
  const patients: number[] = []
  const owners: Actor[] = []
  const sessions = new Map<number, string>()
  const open = async (accountId: number) =>
    sessions.set(accountId, (await beginSession(sql, accountId, new Date('2100-01-01'))).sessionHash)
  for (let n = 0; n < 30; n++) {
    const own = [await registerPatient(sql, `Patient ${n}`), await registerPatient(sql, `Child ${n}`)]
    const accountId = await openAccount(sql, { patientIds: own })
    await open(accountId)
    patients.push(...own)
    owners.push({ kind: 'patient', accountId, patientIds: own })
  }
  const desk = await openAccount(sql, { role: 'front_desk' })
  await open(desk)
  const db = connect(bindings as never)
  const as: Scene['as'] = (actor, now, requestId) => ({
    ...{ db, actor, now: new Date(now), requestId, secrets: secretsOf(authSecret), tell: () => {} },
    mail: { send: async () => {} },
    ...('accountId' in actor && { sessionHash: sessions.get(actor.accountId) ?? '' }),
  })
  return {
    as,
    desk: { kind: 'front_desk', accountId: desk },
    owners,
    patients,
    doctors,
    visitTypeId,
    known: [],
  }
}

/** Books, moves or cancels at random, five to nine days ahead. Sometimes it never hears whether it did. */
async function change(scene: Scene, pick: Pick, now: number, requestId: string) {
  const { as, desk, owners, doctors, visitTypeId, known } = scene
  const halves = pick([...Array(4 * 48).keys()])
  const startAt = new Date(opening + 5 * 24 * hour + halves * 30 * minute).toISOString()
  const owner = pick(owners) as Actor & { patientIds: number[] }
  const [by, one] = [pick([desk, owner]), pick(known.slice(-40))]
  const wish = { doctorId: pick(doctors), visitTypeId, patientId: pick(owner.patientIds), startAt }
  const actor = one && pick([desk, one.by])
  const verb = pick(['book', 'book', 'book', 'move', 'move', 'cancel', 'series'])
  if (verb === 'series') {
    const booked = await bookSeries(as(desk, now, requestId), {
      ...wish,
      rule: { every: 1, unit: 'day', count: 3 },
    })
    return booked.ok ? booked.series.appointments.map(({ id }) => ({ id, by: owner })) : []
  }
  if (verb === 'book' || !one || !actor) {
    const booked = await bookAppointment(as(by, now, requestId), wish)
    return booked.ok ? [{ id: booked.appointment.id, by: owner }] : []
  }
  const ctx = as(actor, now, requestId)
  if (verb === 'move') await rescheduleAppointment(ctx, { id: one.id, startAt })
  else await cancelAppointment(ctx, { id: one.id, reason: 'Storm' })
  return []
}

/** A process that delivers whenever it is told the time, until it dies; then another takes its place. */
function startCron(bindings: Bindings) {
  let child: ChildProcess
  const begin = () => {
    child = fork('test/long/deliverer.ts', { env: { ...process.env, ...bindings }, stdio: 'ignore' })
  }
  begin()
  return {
    order(order: Order) {
      if (child.exitCode !== null || child.signalCode !== null) begin()
      if (child.connected) child.send(order, () => {})
    },
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

interface Storm {
  scene: Scene
  state: ReturnType<typeof drawFaults>['state']
  order: Order
  crons: ReturnType<typeof startCron>[]
  /** Delivers once in this process, like a consumer of the queue. */
  consume(): Promise<unknown>
  counted: { failed: number; deaths: number; kills: number }
}

/** Clients make changes while all of that goes wrong. */
async function rage({ scene, state, order, crons, consume, counted }: Storm): Promise<void> {
  let asked = 0
  let restarting: Promise<void> = Promise.resolve()
  const consuming = new Set<Promise<unknown>>()
  /** The queue tells twice, in any order, and too often. */
  const nudge = () => {
    if (consuming.size > 2) return
    const one = consume().finally(() => consuming.delete(one))
    consuming.add(one)
  }
  const deaths = [0.3, 0.8].map((share) => Math.floor(operations * share))
  const hit = (n: number, pick: Pick) => {
    state.isDown = n % 1_000 > 600 && n % 1_000 < 750
    if (deaths.includes(n)) {
      counted.deaths++
      restarting = postgres.cutPower()
    }
    const isToDie = pick([true, ...Array(15).fill(false)])
    if (n % 5 === 0) for (const cron of crons) cron.order({ now: order.now, isToDie })
    if (n % 150 !== 149) return
    counted.kills++
    pick(crons).kill()
  }
  const work = async (client: number) => {
    const { pick } = drawingFrom(seed + 10 + client)
    while (asked < operations) {
      const n = asked++
      order.now = opening + n * perOperation
      hit(n, pick)
      try {
        scene.known.push(...(await change(scene, pick, order.now, `op ${n}`)))
      } catch {
        counted.failed++
        await restarting
      }
      for (let twice = 0; twice < 2; twice++) if (pick([true, false])) nudge()
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => work(client)))
  await restarting
  await Promise.all(consuming)
}

/** It goes on for a while without new changes. Then everything works again, and ten days with their reminders pass. */
async function calmDown({ state, order, crons, consume }: Storm): Promise<void> {
  const twice = () => Promise.all([consume(), consume()])
  state.isDown = false
  for (let step = 0; step < 40; step++) {
    order.now += 3 * minute
    state.isCalm = step >= 15
    for (const cron of crons) cron.order({ ...order, isToDie: step < 15 && step % 4 === 0 })
    await twice()
  }
  for (let quarter = 0; quarter < 40; quarter++) {
    order.now += 6 * hour
    state.isCalm = false
    await twice()
    state.isCalm = true
    for (const after of [3, 20, 40]) {
      order.now += after * minute
      await twice()
    }
  }
}

for (const provider of ['resend', 'smtp'] as const)
  it(`after a storm of ${operations} changes, everyone was told by ${provider} what they must know (seed ${seed})`, async () => {
    const { state, injected, fault } = drawFaults()
    const network = drawingFrom(seed + 2)
    const lost = ['answer lost', 'request lost', ...Array<undefined>(80).fill(undefined)] as const
    const bridge = await startBridge({ fault: () => (state.isCalm ? undefined : network.pick(lost)) })
    const mailbox = await startMailbox({ fault })
    const server = await startSmtpServer({ fault })
    await createDatabase(postgres.current(), provider)
    const databaseUrl = postgres.current().url(provider)
    await migrateDatabase(databaseUrl)
    const sql = new pg.Pool({ connectionString: databaseUrl, max: 4 })
    sql.on('error', () => {})
    stops.push(bridge.stop, mailbox.stop, server.stop, () => sql.end())
    const bindings: Bindings = {
      ...{ DATABASE_URL: asApp(databaseUrl), NEON_BRIDGE_URL: bridge.url, DATABASE_TIME_LIMIT_MS: '3000' },
      ...{ PROVIDER: provider, PROVIDER_URL: provider === 'smtp' ? server.url() : mailbox.url },
    }
    const scene = await openScene(sql, bindings)
    await recordPlans(sql)
    const order: Order = { now: opening }
    const deliver = openDeliverer(bindings, order)
    const storm: Storm = {
      ...{ scene, state, order, crons: [startCron(bindings), startCron(bindings)] },
      // What it could not do is left to the next.
      consume: () => deliver().catch(() => {}),
      counted: { failed: 0, deaths: 0, kills: 0 },
    }
    state.isCalm = false
    await rage(storm)
    await calmDown(storm)
    for (const cron of storm.crons) await cron.stop()

    const mails =
      provider === 'smtp'
        ? server.delivered.map(({ parsed }) => parsed.text ?? '')
        : mailbox.mails.map(({ text }) => text)
    const verdict = await judgeStorm(sql, mails, provider === 'resend')
    console.info({ provider, seed, ...storm.counted, injected, ...verdict.counted })
    expect(verdict.wrong).toEqual([])
    // Without faults the test proves nothing.
    expect(Object.keys(injected)).toHaveLength(4)
  }, 900_000)
