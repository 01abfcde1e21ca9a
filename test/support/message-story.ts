import fc from 'fast-check'
import { scopes } from '../../drizzle/schema/api-keys.ts'
import type { Channel, Email } from '../../src/channels/channel.ts'
import type { Actor } from '../../src/clinic/context.ts'
import { Forbidden, NotFound } from '../../src/clinic/errors.ts'
import { planMessages } from '../../src/clinic/messages/plan.ts'
import { deliverMessages } from '../../src/jobs/deliver.ts'
import type { Clinic } from './clinic.ts'
import { hour } from './message-clock.ts'
import { compareMessages } from './message-comparison.ts'
import { followMessages } from './message-runs.ts'
import { type Act, type Answer, type Scene, verbs } from './message-story-verbs.ts'
import { readWorld } from './message-world.ts'
import { defineVisitType, hireDoctor, liftCaps, openAccount, openPatient, registerPatient } from './people.ts'

const minute = 60_000

/** One thing that happens: a verb, what it chooses, how much later, and who delivers afterwards. */
export interface Step {
  verb: keyof typeof verbs
  who: number
  which: number
  when: number
  minutes: number
  deliverers: number
}

export interface Story {
  begins: number
  steps: Step[]
}

export const imagineStory = (most: number): fc.Arbitrary<Story> =>
  fc.record({
    // Around both changes of the clock in Berlin, at any hour.
    begins: fc
      .tuple(fc.constantFrom('2025-03-27T00:00Z', '2025-10-23T00:00Z', '2025-06-02T00:00Z'), fc.nat(96))
      .map(([day, quarters]) => Date.parse(day) + quarters * 15 * minute),
    steps: fc.array(
      fc.record({
        verb: fc.constantFrom(...(Object.keys(verbs) as Step['verb'][]), ...often),
        who: fc.nat(11),
        which: fc.nat(11),
        when: fc.nat(200),
        minutes: fc.constantFrom(0.5, 1, 1, 2, 4, 10, 60, 300, 720),
        deliverers: fc.constantFrom(0, 0, 1, 1, 2),
      }),
      { minLength: 5, maxLength: most },
    ),
  })

/** Without appointments there is nothing to tell. */
const often: Step['verb'][] = [
  'book',
  'book',
  'book',
  'bookByDesk',
  'bookByDesk',
  'moveAway',
  'moveBack',
  'reschedule',
]

/** Prepares a clinic for stories and answers how to play one: what the oracle finds wrong with its messages. */
export async function tellStories(clinic: Clinic) {
  const { sql } = clinic
  const visitTypes = await defineVisitTypes(clinic)
  const doctors = await Promise.all(
    ['Europe/Berlin', 'Asia/Jakarta'].map((timeZone) => hireDoctor(sql, { timeZone, visitTypes })),
  )
  const staff = await hireStaff(clinic, doctors)
  await liftCaps(sql)
  return async ({ begins, steps }: Story): Promise<string[]> => {
    await forget(clinic)
    const scene = await openScene(clinic, { doctors, visitTypes, staff }, begins)
    const messages = followMessages()
    let now = begins
    for (const [n, step] of steps.entries()) {
      now += step.minutes * minute
      const answer = await take(scene, step, now, n)
      if (answer.ok && answer.appointment) scene.appointments.push(answer.appointment)
      if (step.deliverers === 0) continue
      now += 1_500
      await deliver(clinic, messages, now, step.deliverers)
    }
    for (const after of [4 * minute, 10 * minute, ...Array(15).fill(11 * hour)]) {
      now += after
      await deliver(clinic, messages, now, 1)
    }
    return compareMessages(sql, messages.expected)
  }
}

/** New people, some of whom have an account, or someone who has one. */
async function openScene(
  clinic: Clinic,
  clinicians: Pick<Scene, 'doctors' | 'visitTypes' | 'staff'>,
  begins: number,
): Promise<Scene> {
  const { sql } = clinic
  const patients = await Promise.all([0, 1, 2, 3, 4].map((n) => registerPatient(sql, `Patient ${n}`)))
  const [own = 0, child = 0, other = 0, ward = 0, stranger = 0] = patients
  await sql.query("update patients set contact_email = 'stranger@example.com' where id = $1", [stranger])
  const owners = [await openPatient(sql, [own, child]), await openPatient(sql, [other, ward])]
  // Whoever acts is linked before the next trip to the database.
  for (const actor of owners) clinic.context({ actor })
  await planMessages(clinic.context({ actor: { kind: 'system' }, now: new Date(begins) }))
  await sql.query("delete from account_patients where patient_id = $1 and relation = 'self'", [other])
  return { clinic, ...clinicians, patients, owners, appointments: [], sessions: [], series: [] }
}

async function defineVisitTypes({ sql }: Clinic): Promise<number[]> {
  const visitTypes = [
    await defineVisitType(sql, { minutes: 45 }),
    await defineVisitType(sql, { name: 'Advice', minutes: 45 }),
    await defineVisitType(sql, { name: 'Silent', minutes: 45 }),
    await defineVisitType(sql, { name: 'Class', minutes: 45, capacity: 4 }),
  ]
  await sql.query('update visit_types set requires_approval = true, approval_hours = 1 where id = $1', [
    visitTypes[1],
  ])
  await sql.query('update visit_types set is_silent = true where id = $1', [visitTypes[2]])
  return visitTypes
}

async function hireStaff({ sql }: Clinic, doctors: number[]): Promise<Actor[]> {
  const desk = await openAccount(sql, { role: 'front_desk' })
  const admin = await openAccount(sql, { role: 'admin' })
  const second = await openAccount(sql, { role: 'front_desk' })
  for (const doctorId of doctors) await openAccount(sql, { role: 'doctor', doctorId })
  const want = 'update accounts set wanted_messages = $2 where id = $1'
  await sql.query(want, [desk, 'everything'])
  await sql.query(want, [admin, 'approvals'])
  await sql.query(want, [second, 'next_24_hours'])
  await sql.query("update locations set email = 'l' || id || '@example.com', wanted_messages = 'everything'")
  return [
    { kind: 'front_desk', accountId: desk },
    { kind: 'admin', accountId: admin },
    { kind: 'front_desk', accountId: second },
  ]
}

async function forget({ sql }: Clinic): Promise<void> {
  await sql.query(`
    delete from message_appointments; delete from messages; delete from outbox; delete from claims;
    delete from events; delete from event_heads; delete from tombstones;
    delete from appointments where session_id is not null; delete from appointments; delete from series`)
}

async function take(scene: Scene, step: Step, now: number, n: number): Promise<Answer> {
  const { clinic, patients, doctors, visitTypes, owners, staff, appointments } = scene
  const byKey = (actsFor: Actor): Actor => ({
    ...{ kind: 'api_client', keyId: 5_000 + Number('accountId' in actsFor && actsFor.accountId) },
    ...{ scopes: [...scopes], actsFor: actsFor as never },
  })
  const [own, other] = owners as [Actor, Actor]
  const actors = [own, own, other, staff[0] as Actor, byKey(own), byKey(staff[0] as Actor)]
  const startsIn = 1 + (step.when < 60 ? step.when / 15 : step.when - 60)
  const pick = <Item>(from: Item[], number: number) => from[number % from.length] as Item
  const act: Act = {
    ...{ scene, now, as: (actor) => clinic.context({ actor, now: new Date(now), requestId: `step ${n}` }) },
    actor: pick(actors, step.who),
    patient: pick([...patients.slice(0, 2), ...patients], step.which),
    other: pick(patients, step.who),
    doctor: pick(doctors, step.when),
    visitType: pick(
      [0, 0, 1, 0, 1, 0, 0, 2, 0].map((kind) => visitTypes[kind] ?? 0),
      step.which + step.who,
    ),
    startAt: new Date((Math.floor(now / hour) + Math.ceil(startsIn)) * hour).toISOString(),
    one: pick(appointments.slice(-4), step.which) ?? { id: 0, startAt: new Date(now), endAt: new Date(now) },
  }
  return verbs[step.verb](act).catch((error: unknown): Answer => {
    if (error instanceof NotFound || error instanceof Forbidden) return { ok: false }
    throw error
  })
}

const provider: Channel<Email> = {
  ...{ provider: 'story', isIdempotent: true },
  send: async (_, key) => ({ outcome: 'accepted', id: key }),
}

async function deliver(
  clinic: Clinic,
  messages: ReturnType<typeof followMessages>,
  at: number,
  times: number,
) {
  const world = await readWorld(clinic.sql)
  const ctx = () => clinic.context({ actor: { kind: 'system' }, now: new Date(at) })
  const write = async () => ({ channel: 'email', to: '', subject: '', text: '' }) as const
  const delivery = { channels: { email: provider }, write, now: () => new Date(at), queue: undefined }
  const one = () => deliverMessages(ctx(), delivery)
  await Promise.all(Array.from({ length: times }, one))
  messages.run(world, at)
}
