import { beforeAll, expect, it } from 'vitest'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { bookHold } from '../../src/clinic/appointments/book-hold.ts'
import { cancelAppointment } from '../../src/clinic/appointments/cancel.ts'
import { checkIn } from '../../src/clinic/appointments/check-in.ts'
import { completeAppointment } from '../../src/clinic/appointments/complete.ts'
import { extendHold } from '../../src/clinic/appointments/extend-hold.ts'
import type { Appointment } from '../../src/clinic/appointments/find.ts'
import { holdSlot } from '../../src/clinic/appointments/hold.ts'
import { markNoShow } from '../../src/clinic/appointments/mark-no-show.ts'
import { releaseHold } from '../../src/clinic/appointments/release-hold.ts'
import { rescheduleAppointment } from '../../src/clinic/appointments/reschedule.ts'
import { undo } from '../../src/clinic/appointments/undo.ts'
import { takeWalkIn } from '../../src/clinic/appointments/walk-in.ts'
import type { Actor, ClinicContext } from '../../src/clinic/context.ts'
import { NotFound } from '../../src/clinic/errors.ts'
import { verifyEvents } from '../../src/clinic/verify-events.ts'
import { openClinic } from '../support/clinic.ts'
import { findOverlaps } from '../support/overlaps.ts'
import { defineVisitType, hireDoctor, liftCaps, openPatient, registerPatient } from '../support/people.ts'
import { drawingFrom } from './draw.ts'
import { beginToRecord, type Facts, replay, type Told, type VisitRules } from './replay.ts'

const operations = Number(process.env.OPERATIONS ?? 20_000)
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
const clients = 32
const minute = 60_000
const clinic = await openClinic({ worker: false })
const { sql } = clinic

/** A Monday, 08:00 in Jakarta; every operation advances it, so that holds expire. */
const opening = Date.parse('2026-11-23T01:00:00Z')
const perOperation = 15_000
let asked = 0
let clock = 0
const rules = new Map<number, VisitRules>()
let doctors: number[] = []
let patients: number[] = []
/** By patient. */
const accounts = new Map<number, Actor>()
let visitTypes: number[] = []

beforeAll(async () => {
  const define = async (
    name: string,
    minutes: number,
    bufferBefore: number,
    bufferAfter: number,
    dailyCap?: number,
  ) => {
    const id = await defineVisitType(sql, {
      name,
      minutes,
      bufferBefore,
      bufferAfter,
      ...(dailyCap && { dailyCap }),
    })
    rules.set(id, { bufferBefore, bufferAfter, dailyCap: dailyCap ?? null })
    return id
  }
  visitTypes = [
    await define('Consultation', 30, 0, 0),
    await define('Control', 20, 5, 10),
    await define('Screening', 15, 0, 0, 4),
  ]
  doctors = await Promise.all([0, 1, 2, 3].map(() => hireDoctor(sql, { visitTypes })))
  patients = await Promise.all(Array.from({ length: 12 }, (_, n) => registerPatient(sql, `Patient ${n}`)))
  for (const id of patients) accounts.set(id, await openPatient(sql, [id]))
  await liftCaps(sql)
})

type Answer = { ok: true; appointment: Appointment } | { ok: false; refusal: string }
type Verb = (ctx: Act) => Promise<[Told['wish'], Answer]>

/** What one client knows and how it chooses. */
interface Act {
  as(actor: Actor): ClinicContext
  now: number
  pick<T>(from: readonly T[]): T
  /** A recent appointment, mostly one with this status; it may have changed since. */
  appointment(status: string): Pick<Facts, 'id' | 'patientId'>
}

/** Each appointment as last answered. */
const known = new Map<number, Facts>()
const desk: Actor = { kind: 'front_desk', accountId: 998 }
const patientOf = (id: number): Actor => accounts.get(id) ?? desk

/** A time on the grid in the next two hours, for a patient with a doctor. */
function wishFor({ pick, now }: Act, minutes: number) {
  const startAt =
    Math.ceil(now / (15 * minute)) * 15 * minute +
    pick([0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) * 15 * minute
  const [doctorId, patientId] = [pick(doctors), pick(patients)]
  return { doctorId, patientId, startAt, endAt: startAt + minutes * minute }
}

const lengths = [30, 20, 15]

async function begin(
  act: Act,
  verb: typeof bookAppointment | typeof holdSlot,
): Promise<[Told['wish'], Answer]> {
  const kind = act.pick([0, 0, 1, 1, 2])
  const wish = wishFor(act, lengths[kind] ?? 0)
  const doctorId = act.pick([wish.doctorId, wish.doctorId, wish.doctorId, undefined])
  const actor = kind === 2 ? patientOf(wish.patientId) : act.pick([desk, patientOf(wish.patientId)])
  const startAt = new Date(wish.startAt).toISOString()
  const visitTypeId = visitTypes[kind]
  const answer = await verb(act.as(actor), { doctorId, patientId: wish.patientId, visitTypeId, startAt })
  return [{ ...wish, doctorId } as Told['wish'], answer]
}

const change =
  (status: string, verb: (ctx: ClinicContext, id: number) => Promise<Answer>): Verb =>
  async (act) => {
    const { id, patientId } = act.appointment(status)
    const actor = status === 'pending' ? act.pick([desk, patientOf(patientId ?? 1)]) : desk
    return [{ id }, await verb(act.as(actor), id)]
  }

const verbs: [weight: number, name: string, verb: Verb][] = [
  [12, 'book', (act) => begin(act, bookAppointment)],
  [16, 'hold', (act) => begin(act, holdSlot)],
  [
    4,
    'hold before signing in',
    async (act) => {
      const { doctorId, startAt, endAt } = wishFor(act, 30)
      const id = `stranger ${act.pick([1, 2, 3, 4])}`
      const ctx = { ...act.as({ kind: 'anonymous' }), browser: { id, addressHash: id } }
      const visitTypeId = visitTypes[0]
      const answer = await holdSlot(ctx, { doctorId, visitTypeId, startAt: new Date(startAt).toISOString() })
      return [{ doctorId, startAt, endAt }, answer]
    },
  ],
  [
    10,
    'book a hold',
    async (act) => {
      const { id: holdId, patientId: held } = act.appointment('pending')
      const [actor, patientId] = [act.pick([desk, patientOf(held ?? 1)]), act.pick(patients)]
      const answer = await bookHold(act.as(actor), {
        holdId,
        ...(actor === desk && act.pick([true, false]) && { patientId }),
      })
      return [{ id: holdId }, answer]
    },
  ],
  [5, 'extend', change('pending', extendHold)],
  [3, 'release', change('pending', releaseHold)],
  [
    10,
    'reschedule',
    async (act) => {
      const { id, patientId } = act.appointment('booked')
      const actor = act.pick([desk, patientOf(patientId ?? 1)])
      const { doctorId, startAt } = wishFor(act, 30)
      const answer = await rescheduleAppointment(act.as(actor), {
        id,
        doctorId,
        startAt: new Date(startAt).toISOString(),
      })
      return [{ id }, answer]
    },
  ],
  [6, 'cancel', change('booked', (ctx, id) => cancelAppointment(ctx, { id, reason: 'Storm' }))],
  [6, 'check in', change('booked', checkIn)],
  [4, 'complete', change('arrived', completeAppointment)],
  [6, 'mark no-show', change('booked', markNoShow)],
  [2, 'undo check-in', change('arrived', (ctx, id) => undo(ctx, id, 'undo check-in'))],
  [2, 'undo completion', change('fulfilled', (ctx, id) => undo(ctx, id, 'undo completion'))],
  [3, 'undo no-show', change('noshow', (ctx, id) => undo(ctx, id, 'undo no-show'))],
  [
    2,
    'walk in',
    async (act) => {
      const { doctorId, patientId } = wishFor(act, 15)
      const startAt = Math.floor(act.now / minute) * minute
      const answer = await takeWalkIn(act.as(desk), { doctorId, patientId, visitTypeId: visitTypes[0] })
      return [{ doctorId, patientId, startAt, endAt: startAt + 30 * minute }, answer]
    },
  ],
]
const drawn = verbs.flatMap(([weight, ...verb]) => Array<typeof verb>(weight).fill(verb))

function toFacts(appointment: Appointment): Facts {
  return {
    id: appointment.id,
    version: appointment.version,
    status: appointment.status,
    doctorId: appointment.doctor.id,
    patientId: appointment.patient?.id ?? null,
    visitTypeId: appointment.visitType?.id ?? null,
    startAt: appointment.startAt.getTime(),
    endAt: appointment.endAt.getTime(),
  }
}

function choose(status: string, pick: Act['pick']): Pick<Facts, 'id' | 'patientId'> {
  const recent = [...known.values()].slice(-40)
  const such = recent.filter((one) => one.status === status)
  return pick(pick([true, true, true, false]) && such.length > 0 ? such : recent) ?? { id: 1, patientId: 1 }
}

async function work(client: number, told: Told[]): Promise<void> {
  const { pick } = drawingFrom(seed + client)
  while (asked < operations) {
    const number = asked++
    const requestId = `${number}`
    const now = opening + number * perOperation
    const [verb, ask] = pick(drawn)
    const as = (actor: Actor) => clinic.context({ now: new Date(now), actor, requestId })
    const started = clock++
    const asking = ask({
      as,
      now,
      pick,
      appointment: (status) => choose(status, pick),
    })
    // An unknown appointment is not found.
    const [wish, answer] = await asking.catch((error: unknown): [Told['wish'], Answer] => {
      if (!(error instanceof NotFound)) throw error
      return [{}, { ok: false, refusal: 'not_found' }]
    })
    if (answer.ok) known.set(answer.appointment.id, toFacts(answer.appointment))
    else if (wish.id) known.delete(wish.id)
    told.push({
      requestId,
      verb,
      at: now,
      started,
      finished: clock++,
      wish,
      answer: answer.ok
        ? { ok: true, facts: toFacts(answer.appointment) }
        : { ok: false, refusal: answer.refusal },
    })
  }
}

it(`${operations} operations by ${clients} clients, over few slots, are each done once and answered truthfully (seed ${seed})`, async () => {
  const told: Told[] = []
  const since = await beginToRecord(sql)
  await Promise.all(Array.from({ length: clients }, (_, client) => work(client, told)))

  const dayOf = (instant: number) => new Date(instant + 7 * 60 * minute).toISOString().slice(0, 10)
  expect(await replay(sql, since, told, rules, dayOf)).toEqual([])
  expect(await findOverlaps(sql, 'doctor')).toEqual([])
  expect(await findOverlaps(sql, 'patient')).toEqual([])
  const { checked, broken } = await verifyEvents(clinic.context().db)
  expect(broken).toEqual([])
  const { rows } = await sql.query(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  )
  expect(rows).toEqual([{ deadlocks: 0 }])

  const done = Object.groupBy(told, ({ verb, answer }) => `${verb}: ${answer.ok ? 'done' : answer.refusal}`)
  const tally = Object.entries(done).map(([name, all]) => [name, all?.length ?? 0] as const)
  console.info(Object.fromEntries(tally.toSorted()), `${checked} events`)
  // A verb that never succeeded was not tested.
  expect(verbs.filter(([, name]) => !done[`${name}: done`]).map(([, name]) => name)).toEqual([])
}, 600_000)
