import { beforeAll, expect, it } from 'vitest'
import { beginSession } from '../../src/clinic/appointments/begin-session.ts'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { bookHold } from '../../src/clinic/appointments/book-hold.ts'
import { cancelAppointment } from '../../src/clinic/appointments/cancel.ts'
import { changePeople } from '../../src/clinic/appointments/change-people.ts'
import { cancelSession, moveSession, resizeSession } from '../../src/clinic/appointments/change-session.ts'
import { checkIn } from '../../src/clinic/appointments/check-in.ts'
import { completeAppointment } from '../../src/clinic/appointments/complete.ts'
import { confirmAppointment } from '../../src/clinic/appointments/confirm.ts'
import { declineAppointment } from '../../src/clinic/appointments/decline.ts'
import { extendHold } from '../../src/clinic/appointments/extend-hold.ts'
import type { Appointment } from '../../src/clinic/appointments/find.ts'
import { holdSlot } from '../../src/clinic/appointments/hold.ts'
import { joinSession } from '../../src/clinic/appointments/join-session.ts'
import { markNoShow } from '../../src/clinic/appointments/mark-no-show.ts'
import { leaveNote } from '../../src/clinic/appointments/note.ts'
import { releaseHold } from '../../src/clinic/appointments/release-hold.ts'
import { rescheduleAppointment } from '../../src/clinic/appointments/reschedule.ts'
import { startAppointment } from '../../src/clinic/appointments/start.ts'
import { undo } from '../../src/clinic/appointments/undo.ts'
import { undoLastChange } from '../../src/clinic/appointments/undo-last.ts'
import { takeWalkIn } from '../../src/clinic/appointments/walk-in.ts'
import type { Actor, ClinicContext } from '../../src/clinic/context.ts'
import { NotFound } from '../../src/clinic/errors.ts'
import { bookSeries } from '../../src/clinic/series/book.ts'
import { cancelSeries } from '../../src/clinic/series/cancel.ts'
import { rescheduleSeries } from '../../src/clinic/series/reschedule.ts'
import type { Series } from '../../src/clinic/series/series-row.ts'
import { verifyEvents } from '../../src/clinic/verify-events.ts'
import { openClinic } from '../support/clinic.ts'
import { findOverlaps } from '../support/overlaps.ts'
import {
  addResource,
  defineVisitType,
  hireDoctor,
  liftCaps,
  openPatient,
  registerPatient,
} from '../support/people.ts'
import { seed } from '../support/seed.ts'
import { drawingFrom } from './draw.ts'
import { beginToRecord, type Facts, replay, type Taken, type Told, type VisitRules } from './replay.ts'

const operations = Number(process.env.OPERATIONS ?? 20_000)
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
/** By visit type: for each need, what can meet it. */
const needs = new Map<number, string[][]>()
let nurses: number[] = []

/** What the storm must then find, or it could not find it when the constraint is there. */
const withoutConstraint = process.env.WITHOUT_CONSTRAINT === '1'

beforeAll(async () => {
  const define = async (
    name: string,
    minutes: number,
    bufferBefore: number,
    bufferAfter: number,
    dailyCap?: number,
    capacity?: number,
  ) => {
    const id = await defineVisitType(sql, {
      name,
      minutes,
      bufferBefore,
      bufferAfter,
      ...(dailyCap && { dailyCap }),
      ...(capacity && { capacity }),
    })
    rules.set(id, { bufferBefore, bufferAfter, dailyCap: dailyCap ?? null })
    return id
  }
  visitTypes = [
    await define('Consultation', 30, 0, 0),
    await define('Control', 20, 5, 10),
    await define('Screening', 15, 0, 0, 4),
    await define('Ultrasound', 30, 0, 5),
    await define('Operation', 45, 0, 0),
    await define('Advice', 20, 0, 0),
    await define('Class', 45, 0, 0, undefined, 3),
  ]
  doctors = await Promise.all([0, 1, 2, 3].map(() => hireDoctor(sql, { visitTypes })))
  nurses = await Promise.all([0, 1].map(() => hireDoctor(sql, { visitTypes: [] })))
  await openRooms()
  if (withoutConstraint)
    await sql.query(`alter table claims drop constraint claims_never_twice;
      create index claims_never_twice on claims using gist (resource_id, during)
        include (appointment_id, expires_at, location_id) where during is not null`)
  patients = await Promise.all(Array.from({ length: 12 }, (_, n) => registerPatient(sql, `Patient ${n}`)))
  for (const id of patients) accounts.set(id, await openPatient(sql, [id]))
  await liftCaps(sql)
})

/** All work at one location, which has fewer rooms and devices than doctors. */
async function openRooms(): Promise<void> {
  const { rows } = await sql.query('select location_id as id from doctors where id = $1', [doctors[0]])
  const location = Number(rows[0].id)
  await sql.query('update doctors set location_id = $1', [location])
  await sql.query(`update doctors set role = 'nurse' where id = any ($1)`, [nurses])
  await sql.query('delete from doctor_locations where location_id <> $1', [location])
  const rooms = [await addResource(sql, location), await addResource(sql, location, { name: 'Room 2' })]
  const theatre = await addResource(sql, location, { kind: 'theatre', name: 'Theatre' })
  const device = await addResource(sql, location, { type: 'device', kind: 'ultrasound', name: 'Ultrasound' })
  const [, , , ultrasound = 0, operation = 0, advice = 0, group = 0] = visitTypes
  await sql.query(
    `insert into visit_type_needs (visit_type_id, type, role, kinds, after_minutes) values
       ($1, 'room', null, '{consultation}', 10), ($1, 'device', null, '{ultrasound}', 10),
       ($2, 'role', 'nurse', null, 0), ($2, 'room', null, '{theatre}', 10),
       ($3, 'room', null, '{consultation,theatre}', 10)`,
    [ultrasound, operation, group],
  )
  await sql.query('update visit_types set requires_approval = true, approval_hours = 1 where id = $1', [
    advice,
  ])
  const things = (...ids: number[]) => ids.map((id) => `thing ${id}`)
  needs.set(ultrasound, [things(...rooms), things(device)])
  needs.set(operation, [nurses.map((id) => `doctor ${id}`), things(theatre)])
  needs.set(group, [things(...rooms, theatre)])
  for (const id of needs.keys()) Object.assign(rules.get(id) ?? {}, { cleaning: 10 })
}

type Answer =
  | { ok: true; appointment: Appointment }
  | { ok: true; series: Series }
  | { ok: false; refusal: string }
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

const lengths = [30, 20, 15, 30, 45, 20, 45]

async function begin(
  act: Act,
  verb: typeof bookAppointment | typeof holdSlot,
): Promise<[Told['wish'], Answer]> {
  const kind = act.pick([0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 5])
  const wish = wishFor(act, lengths[kind] ?? 0)
  const doctorId = act.pick([wish.doctorId, wish.doctorId, wish.doctorId, undefined])
  const actor = kind === 2 ? patientOf(wish.patientId) : act.pick([desk, patientOf(wish.patientId)])
  const startAt = new Date(wish.startAt).toISOString()
  const visitTypeId = visitTypes[kind]
  const answer = await verb(act.as(actor), { doctorId, patientId: wish.patientId, visitTypeId, startAt })
  return [{ ...wish, doctorId, needs: needs.get(visitTypeId ?? 0) } as Told['wish'], answer]
}

/** Two doctors, and sometimes two patients. */
async function bookTogether(act: Act): Promise<[Told['wish'], Answer]> {
  const { patientId, doctorId, startAt, endAt } = wishFor(act, 30)
  const colleagueIds = [act.pick([...doctors, ...nurses].filter((id) => id !== doctorId))]
  const companionIds = act.pick([[], [act.pick(patients.filter((id) => id !== patientId))]])
  const answer = await bookAppointment(act.as(desk), {
    ...{ doctorId, patientId, colleagueIds, companionIds },
    visitTypeId: visitTypes[0],
    startAt: new Date(startAt).toISOString(),
  })
  return [{ doctorId, patientId, startAt, endAt, colleagueIds, companionIds }, answer]
}

async function changeThem(act: Act): Promise<[Told['wish'], Answer]> {
  const { id } = act.appointment('booked')
  const [colleagueIds, companionIds] = [
    [act.pick([...doctors, ...nurses])],
    act.pick([[], [act.pick(patients)]]),
  ]
  return [{ id }, await changePeople(act.as(desk), { id, colleagueIds, companionIds })]
}

/** The latest of each; they may have changed since. */
const lately: { series: Series[]; sessions: number[] } = { series: [], sessions: [] }

async function planSeries(act: Act): Promise<[Told['wish'], Answer]> {
  const kind = act.pick([0, 1, 3])
  const { doctorId, patientId, startAt } = wishFor(act, lengths[kind] ?? 0)
  const planned = await bookSeries(act.as(desk), {
    ...{ doctorId, patientId, visitTypeId: visitTypes[kind] },
    startAt: new Date(startAt).toISOString(),
    rule: { every: 1, unit: 'day', count: 3 },
  })
  if (planned.ok) lately.series.push(planned.series)
  if (planned.ok || planned.refusal !== 'dates_refused') return [{ isOfMany: true }, planned]
  const [refused] = planned.dates.filter(({ refusal }) => refusal !== null)
  const [starts, ends] = [Number(refused?.startAt), Number(refused?.endAt)]
  const wish = {
    doctorId,
    patientId,
    startAt: starts,
    endAt: ends,
    needs: needs.get(visitTypes[kind] ?? 0) ?? [],
  }
  return [
    { ...wish, isOfMany: true },
    { ok: false, refusal: refused?.refusal ?? 'dates_refused' },
  ]
}

function latestSeries({ pick }: Act) {
  const series = pick(lately.series.slice(-10))
  return { id: series?.id ?? 1, from: pick(series?.appointments ?? [])?.id ?? 1 }
}

const changeLatestSeries =
  (verb: 'move' | 'cancel'): Verb =>
  async (act) => {
    const one = { ...latestSeries(act), scope: act.pick(['this', 'following'] as const) }
    const startAt = new Date(wishFor(act, 30).startAt).toISOString()
    const answer =
      verb === 'move'
        ? await rescheduleSeries(act.as(desk), { ...one, startAt })
        : await cancelSeries(act.as(desk), { ...one, reason: 'Storm' })
    return [{ isOfMany: true }, answer]
  }

async function openGroup(act: Act): Promise<[Told['wish'], Answer]> {
  const { doctorId, startAt, endAt } = wishFor(act, 45)
  const visitTypeId = visitTypes[6] ?? 0
  const begun = await beginSession(act.as(desk), {
    ...{ doctorId, visitTypeId },
    startAt: new Date(startAt).toISOString(),
  })
  if (begun.ok) lately.sessions.push(begun.appointment.id)
  return [{ doctorId, startAt, endAt, needs: needs.get(visitTypeId) ?? [] }, begun]
}

async function joinGroup(act: Act): Promise<[Told['wish'], Answer]> {
  const [sessionId, patientId] = [act.pick(lately.sessions.slice(-3)) ?? 1, act.pick(patients)]
  const actor = act.pick([desk, patientOf(patientId)])
  return [{ sessionId }, await joinSession(act.as(actor), { sessionId, patientId })]
}

const changeGroup =
  (verb: (ctx: ClinicContext, id: number, startAt: string, capacity: number) => Promise<Answer>): Verb =>
  async (act) => {
    const id = act.pick(lately.sessions.slice(-5)) ?? 1
    const startAt = new Date(wishFor(act, 45).startAt).toISOString()
    return [{ id, isOfMany: true }, await verb(act.as(desk), id, startAt, act.pick([2, 3, 4]))]
  }

const change =
  (status: string, verb: (ctx: ClinicContext, id: number) => Promise<Answer>): Verb =>
  async (act) => {
    const { id, patientId } = act.appointment(status)
    const actor = status === 'pending' ? act.pick([desk, patientOf(patientId ?? 1)]) : desk
    // A session is cancelled with all who take part.
    return [{ id, isOfMany: true }, await verb(act.as(actor), id)]
  }

const asDesk =
  (status: string, verb: (ctx: ClinicContext, id: number) => Promise<Answer>): Verb =>
  async (act) => {
    const { id } = act.appointment(status)
    return [{ id }, await verb(act.as(desk), id)]
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
      // A session moves with all who take part.
      return [{ id, isOfMany: true }, answer]
    },
  ],
  [5, 'book together', bookTogether],
  [4, 'change people', changeThem],
  [3, 'confirm', asDesk('pending', confirmAppointment)],
  [2, 'decline', asDesk('pending', (ctx, id) => declineAppointment(ctx, { id, reason: 'Storm' }))],
  [3, 'book a series', planSeries],
  [2, 'move a series', changeLatestSeries('move')],
  [2, 'cancel a series', changeLatestSeries('cancel')],
  [4, 'begin a session', openGroup],
  [10, 'join a session', joinGroup],
  [2, 'move a session', changeGroup((ctx, id, startAt) => moveSession(ctx, { id, startAt }))],
  [1, 'resize a session', changeGroup((ctx, id, _, capacity) => resizeSession(ctx, { id, capacity }))],
  [1, 'cancel a session', changeGroup((ctx, id) => cancelSession(ctx, { id, reason: 'Storm' }))],
  [6, 'cancel', change('booked', (ctx, id) => cancelAppointment(ctx, { id, reason: 'Storm' }))],
  [6, 'check in', change('booked', checkIn)],
  [4, 'complete', change('arrived', completeAppointment)],
  [6, 'mark no-show', change('booked', markNoShow)],
  [4, 'start', change('arrived', startAppointment)],
  [2, 'undo start', change('arrived', (ctx, id) => undo(ctx, id, 'undo start'))],
  [2, 'note', change('booked', (ctx, id) => leaveNote(ctx, { id, note: ctx.requestId }))],
  [6, 'undo a cancellation', asDesk('cancelled', (ctx, id) => undoLastChange(ctx, { id }))],
  [4, 'undo the last change', asDesk('booked', (ctx, id) => undoLastChange(ctx, { id }))],
  [2, 'undo what was last done on the day', asDesk('arrived', (ctx, id) => undoLastChange(ctx, { id }))],
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

const toTaken = ({ id, version, others, resources, sessionId, capacity }: Appointment): Taken => ({
  ...{ id, version, sessionId, capacity },
  colleagueIds: others.flatMap((one) => (one.type === 'doctor' ? [one.id] : [])),
  companionIds: others.flatMap((one) => (one.type === 'patient' ? [one.id] : [])),
  thingIds: resources.map((thing) => thing.id),
})

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
    const about = { requestId, verb, at: now, started, finished: clock++, wish }
    told.push({ ...about, ...learn(wish, answer) })
  }
}

/** What an answer tells; it is also what clients know from then on. */
function learn(wish: Told['wish'], answer: Answer): Pick<Told, 'taken' | 'answer'> {
  if (!answer.ok) {
    if (wish.id) known.delete(wish.id)
    return { answer: { ok: false, refusal: answer.refusal } }
  }
  const answered = 'series' in answer ? answer.series.appointments : [answer.appointment]
  const all = answered.map(toFacts)
  for (const one of all) known.set(one.id, one)
  const [facts] = all
  if (!facts) throw new Error('A series has appointments.')
  return { taken: answered.map(toTaken), answer: { ok: true, facts, all } }
}

it(`${operations} operations by ${clients} clients, over few slots, are each done once and answered truthfully (seed ${seed})`, async () => {
  const told: Told[] = []
  const since = await beginToRecord(sql)
  await Promise.all(Array.from({ length: clients }, (_, client) => work(client, told)))

  const dayOf = (instant: number) => new Date(instant + 7 * 60 * minute).toISOString().slice(0, 10)
  expect(await replay(sql, since, told, rules, dayOf)).toEqual([])
  // All who take part in a session have its doctor.
  const ofSessions = new Set(
    told.flatMap(({ taken = [] }) => taken.flatMap((one) => (one.sessionId ? [one.id] : []))),
  )
  const ofDoctors = await findOverlaps(sql, 'doctor')
  expect(ofDoctors.filter((pair) => !pair.some((id) => ofSessions.has(id)))).toEqual([])
  expect(await findOverlaps(sql, 'patient')).toEqual([])
  const { checked, broken } = await verifyEvents(clinic.context().db)
  expect(broken).toEqual([])
  const { rows } = await sql.query(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  )
  expect(rows).toEqual([{ deadlocks: 0 }])
  const { rows: nameless } = await sql.query(
    `select kind, actor_kind from events where account_id is null and actor_kind not in ('system', 'anonymous')`,
  )
  expect(nameless).toEqual([])

  const done = Object.groupBy(told, ({ verb, answer }) => `${verb}: ${answer.ok ? 'done' : answer.refusal}`)
  const tally = Object.entries(done).map(([name, all]) => [name, all?.length ?? 0] as const)
  console.info(Object.fromEntries(tally.toSorted()), `${checked} events`)
  // A verb that never succeeded was not tested.
  expect(verbs.filter(([, name]) => !done[`${name}: done`]).map(([, name]) => name)).toEqual([])
}, 600_000)
