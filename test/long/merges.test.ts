import { beforeAll, expect, it } from 'vitest'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { bookHold } from '../../src/clinic/appointments/book-hold.ts'
import { cancelAppointment } from '../../src/clinic/appointments/cancel.ts'
import { holdSlot } from '../../src/clinic/appointments/hold.ts'
import { mergePatients } from '../../src/clinic/appointments/merge-patients.ts'
import { reassignAppointment } from '../../src/clinic/appointments/reassign.ts'
import { rescheduleAppointment } from '../../src/clinic/appointments/reschedule.ts'
import { unmergePatients } from '../../src/clinic/appointments/unmerge-patients.ts'
import type { Actor, ClinicContext } from '../../src/clinic/context.ts'
import { NotFound } from '../../src/clinic/errors.ts'
import { findPatient } from '../../src/clinic/patients/record.ts'
import { verifyEvents } from '../../src/clinic/verify-events.ts'
import { openClinic } from '../support/clinic.ts'
import { countDeadlocks } from '../support/concurrency.ts'
import { findOverlaps } from '../support/overlaps.ts'
import { hireDoctor, liftCaps, openPatient, registerPatient } from '../support/people.ts'
import { seed } from '../support/seed.ts'
import { drawingFrom } from './draw.ts'

const operations = Number(process.env.OPERATIONS ?? 10_000)
const clients = 16
const clinic = await openClinic({ worker: false })
const { sql } = clinic

/** A Monday, 08:00 in Jakarta; every operation advances it, so that holds expire. */
const opening = Date.parse('2026-11-23T01:00:00Z')
const [half, day] = [30 * 60_000, 24 * 60 * 60_000]
const perOperation = 5_000
const desk: Actor = { kind: 'front_desk', accountId: 998 }
const accounts = new Map<number, Actor>()
let doctors: number[] = []
let patients: number[] = []

beforeAll(async () => {
  doctors = await Promise.all(Array.from({ length: 8 }, () => hireDoctor(sql)))
  patients = await Promise.all(Array.from({ length: 40 }, (_, n) => registerPatient(sql, `Patient ${n}`)))
  for (const id of patients.slice(0, 20)) accounts.set(id, await openPatient(sql, [id]))
  await liftCaps(sql)
  // Their first request also writes their links; later ones would be to records that were merged.
  for (const actor of accounts.values()) clinic.context({ actor })
  await findPatient(clinic.context({ actor: desk }), patients[0] ?? 0)
})

interface Act {
  as(actor?: Actor): ClinicContext
  pick<T>(from: readonly T[]): T
  /** Any patient, merged or not; more often one of a few that the other clients choose just now, too. */
  patient(): number
  /** A half hour of the next two days, on the grid. */
  startAt: string
  /** One that was booked or held lately. */
  appointment: number
}

type Answer = { ok: true; appointment?: { id: number } } | { ok: false; refusal: string }

/** For any record, merged or not. A patient asks as the account that once had it. */
function wish({ as, pick, patient, startAt }: Act) {
  const patientId = patient()
  const ctx = as(pick([desk, accounts.get(patientId) ?? desk]))
  return [ctx, { doctorId: pick(doctors), patientId, startAt, endAt: toEnd(startAt) }] as const
}

const toEnd = (startAt: string) => new Date(Date.parse(startAt) + half).toISOString()

const verbs: [weight: number, name: string, verb: (act: Act) => Promise<Answer>][] = [
  [30, 'book', (act) => bookAppointment(...wish(act))],
  [8, 'hold', (act) => holdSlot(...wish(act))],
  [5, 'book a hold', ({ as, appointment }) => bookHold(as(), { holdId: appointment })],
  [
    8,
    'reschedule',
    ({ as, pick, appointment: id, startAt }) =>
      rescheduleAppointment(as(), { id, doctorId: pick(doctors), startAt }),
  ],
  [20, 'cancel', ({ as, appointment: id }) => cancelAppointment(as(), { id, reason: 'Storm' })],
  [
    10,
    'split',
    ({ as, patient, appointment: id }) =>
      reassignAppointment(as(), { id, patientId: patient(), reason: 'Storm' }),
  ],
  [
    12,
    'merge',
    ({ as, patient }) => mergePatients(as(), { id: patient(), intoId: patient(), reason: 'Storm' }),
  ],
  [10, 'unmerge', ({ as, patient }) => unmergePatients(as(), { id: patient() })],
]
const drawn = verbs.flatMap(([weight, ...verb]) => Array<typeof verb>(weight).fill(verb))

const done = new Map<string, number>()
const recent: number[] = []
let asked = 0

async function work(client: number): Promise<void> {
  const { pick } = drawingFrom(seed + client)
  while (asked < operations) {
    const now = opening + asked++ * perOperation
    const [name, verb] = pick(drawn)
    const hot = [0, 1, 2].map((n) => patients[(Math.floor(asked / 200) * 3 + n) % patients.length] ?? 0)
    const quarter = Math.ceil(now / half) + pick([...Array((2 * day) / half).keys()])
    const answer = await verb({
      as: (actor = desk) => clinic.context({ now: new Date(now), actor, requestId: `${name} ${asked}` }),
      pick,
      patient: () => pick(pick([patients, hot, hot, hot])),
      startAt: new Date(quarter * half).toISOString(),
      appointment: pick(recent) ?? 1,
    }).catch((error: unknown): Answer => {
      // An account whose record was given back, a hold that was forgotten, a record that was never merged.
      if (!(error instanceof NotFound)) throw error
      return { ok: false, refusal: 'not_found' }
    })
    if (answer.ok && answer.appointment) recent.push(answer.appointment.id)
    if (recent.length > 60) recent.shift()
    const what = `${name}: ${answer.ok ? 'done' : answer.refusal}`
    done.set(what, (done.get(what) ?? 0) + 1)
  }
}

const rowsOf = async (query: string) => (await sql.query(query)).rows

it(`${operations} merges, unmerges, splits and bookings by ${clients} clients lose and overlap nothing (seed ${seed})`, async () => {
  await Promise.all(Array.from({ length: clients }, (_, client) => work(client)))
  console.info(Object.fromEntries([...done].toSorted()))

  expect(await findOverlaps(sql, 'doctor')).toEqual([])
  expect(await findOverlaps(sql, 'patient')).toEqual([])
  // Every chain is whole, and ends where its appointment says.
  const { checked, broken } = await verifyEvents(clinic.context().db)
  expect(broken).toEqual([])
  expect(checked).toBeGreaterThan(operations / 4)
  expect(
    await rowsOf(
      `select id from appointments one
       where event_count <> (select count(*) from events where appointment_id = one.id)`,
    ),
  ).toEqual([])
  expect(await countDeadlocks(sql)).toBe(0)

  // Appointments belong to records in force; only holds that were released may stay behind.
  expect(
    await rowsOf(
      `select one.id from appointments one
       join patients patient on patient.id = one.patient_id
       where patient.moved_to_id is not null
       and (one.hold_expires_at is null or one.status = 'pending')`,
    ),
  ).toEqual([])
  expect(
    await rowsOf(
      `select pair.patient_id from account_patients pair
       join patients patient on patient.id = pair.patient_id
       where patient.moved_to_id is not null`,
    ),
  ).toEqual([])
  // Each account keeps its one link, wherever it went.
  expect(await rowsOf('select count(*)::int as links from account_patients')).toEqual([
    { links: accounts.size },
  ])

  // A record has moved to where its merges in force lead, and nowhere else.
  const leads = await rowsOf(
    `with recursive way as (
       select id as record, id as reached from patients
       union all
       select way.record, merge.into_id
       from way join patient_merges merge on merge.from_id = way.reached and merge.undone_at is null
     )
     select patient.id::int, coalesce(patient.moved_to_id, patient.id)::int as said, last.reached::int as true_one
     from patients patient
     join way last on last.record = patient.id and not exists (
       select from patient_merges merge where merge.from_id = last.reached and merge.undone_at is null
     )`,
  )
  expect(leads).toHaveLength(patients.length)
  expect(leads.filter(({ said, true_one }) => said !== true_one)).toEqual([])
  // Every old id answers.
  const now = new Date(opening)
  for (const { id, said } of leads)
    expect((await findPatient(clinic.context({ now, actor: desk }), id)).id).toBe(said)

  const merges = await rowsOf(
    `select
       (select count(*)::int from patient_merges) as merged,
       (select count(*)::int from patient_merges where undone_at is not null) as undone,
       (select count(*)::int from patient_events where kind = 'patient.merged') as told,
       (select count(*)::int from patient_events where kind = 'patient.unmerged') as told_undone`,
  )
  const [merged, undone] = [done.get('merge: done') ?? 0, merges[0].undone]
  expect(merges[0]).toMatchObject({ told: 2 * merges[0].merged, told_undone: 2 * undone })
  expect(merged).toBeGreaterThanOrEqual(merges[0].merged)
  // A verb that never succeeded was not tested.
  expect(verbs.filter(([, name]) => !done.get(`${name}: done`)).map(([, name]) => name)).toEqual([])
}, 600_000)
