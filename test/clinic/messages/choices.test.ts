import { beforeEach, describe, expect, it } from 'vitest'
import { mergePatients } from '../../../src/clinic/appointments/merge-patients.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { NotFound, RoleChanged } from '../../../src/clinic/errors.ts'
import {
  chooseLinkedMessages,
  chooseMessages,
  findLinkedChoices,
  findOwnChoices,
  messageChoices,
} from '../../../src/clinic/messages/choices.ts'
import { claimMessages } from '../../../src/clinic/messages/claim.ts'
import { patientMessageKinds } from '../../../src/clinic/messages/content.ts'
import type { MessageLink } from '../../../src/clinic/messages/links.ts'
import { planMessages } from '../../../src/clinic/messages/plan.ts'
import { closeAccount } from '../../../src/clinic/retention/close-account.ts'
import { erasePatient } from '../../../src/clinic/retention/erase-patient.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { bookAt } from '../../support/messages.ts'
import { hireDoctor, openAccount, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** In the morning, in Jakarta. */
const monday = new Date('2030-01-07T02:00:00Z')
let doctor: number
let patient: number
let account: number
let own: Actor
let link: MessageLink
let day = 0

beforeEach(async () => {
  doctor = await hireDoctor(sql)
  patient = await registerPatient(sql)
  account = await openAccount(sql, { patientIds: [patient] })
  own = { kind: 'patient', accountId: account, patientIds: [patient] }
  link = linkOf(`account:${account}`)
})

const linkOf = (recipient: string): MessageLink => ({
  purpose: 'preferences',
  appointmentId: null,
  recipient,
  expiresAt: new Date('2040-01-01'),
})
const as = (actor: Actor) => clinic.context({ actor })
const preferences = async () =>
  (await sql.query('select recipient, kind, is_wanted from message_preferences order by recipient, kind'))
    .rows

async function planned() {
  const ctx = clinic.context({ actor: { kind: 'system' }, now: new Date(monday.getTime() + 10 * 60_000) })
  while (await planMessages(ctx)) {}
  return ctx
}
const stateOf = async (kind: string) =>
  (
    await sql.query(
      'select state, reason from messages where kind = $1 and (account_id = $2 or patient_id = $3) order by id desc limit 1',
      [kind, account, patient],
    )
  ).rows[0]

describe('a choice', () => {
  it('exists for every kind of message that patients get', () => {
    expect(Object.values(messageChoices).flat().toSorted()).toEqual([...patientMessageKinds].toSorted())
  })

  it('counts for a message that is planned already', async () => {
    await bookAt(clinic, { doctor, patient, day: ++day, now: monday })
    const ctx = await planned()
    expect(await stateOf('booked')).toEqual({ state: 'due', reason: null })
    await chooseLinkedMessages(ctx, link, { wanted: { booked: false } })
    await claimMessages(ctx, ['email'], 100)
    expect(await stateOf('booked')).toEqual({ state: 'skipped', reason: 'not_wanted' })
  })

  it('is kept once, however often it is made at the same time', async () => {
    await sql.query('delete from message_preferences')
    const ctx = clinic.context({ actor: { kind: 'anonymous' } })
    await atOnce(8, () => chooseLinkedMessages(ctx, link, { wanted: { requests: false, booked: true } }))
    expect(await preferences()).toEqual(
      [
        ['booked', true],
        ['declined', false],
        ['lapsed', false],
        ['requested', false],
      ].map(([kind, is_wanted]) => ({ recipient: `account:${account}`, kind, is_wanted })),
    )
    expect((await findLinkedChoices(ctx, link)).wanted).toMatchObject({
      requests: false,
      booked: true,
      reminder: true,
    })
  })

  it('is the same, by link and signed in', async () => {
    await chooseMessages(as(own), { wanted: { reminder: false } })
    expect((await findLinkedChoices(as({ kind: 'anonymous' }), link)).wanted.reminder).toBe(false)
    await chooseLinkedMessages(as({ kind: 'anonymous' }), link, { wanted: { reminder: true } })
    expect((await findOwnChoices(as(own))).wanted.reminder).toBe(true)
  })

  it('stays with someone without an account when their record is merged', async () => {
    const [from, into] = [await registerPatient(sql), await registerPatient(sql)]
    const ctx = as({ kind: 'anonymous' })
    await chooseLinkedMessages(ctx, linkOf(`patient:${from}`), { wanted: { reminder: false } })
    await mergePatients(clinic.context(), { id: from, intoId: into, confirmed: true })
    expect((await findLinkedChoices(ctx, linkOf(`patient:${into}`))).wanted.reminder).toBe(false)
    await chooseLinkedMessages(ctx, linkOf(`patient:${from}`), { wanted: { reminder: true } })
    expect((await findLinkedChoices(ctx, linkOf(`patient:${into}`))).wanted.reminder).toBe(true)
  })

  it('goes with the account, and with the person', async () => {
    await sql.query('delete from message_preferences')
    const stranger = await registerPatient(sql)
    const ctx = as({ kind: 'anonymous' })
    await chooseLinkedMessages(ctx, link, { wanted: { reminder: false } })
    await chooseLinkedMessages(ctx, linkOf(`patient:${stranger}`), { wanted: { reminder: false } })
    expect(await preferences()).toHaveLength(2)
    await closeAccount(as(own), { cancelsAppointments: false })
    await erasePatient(clinic.context(), { patientId: stranger })
    expect(await preferences()).toEqual([])
    for (const gone of [link, linkOf(`patient:${stranger}`), linkOf('location:1')]) {
      await expect(findLinkedChoices(ctx, gone)).rejects.toThrow(NotFound)
      await expect(chooseLinkedMessages(ctx, gone, { wanted: { moved: false } })).rejects.toThrow(NotFound)
    }
    expect(await preferences()).toEqual([])
  })
})

describe('the language of messages', () => {
  it('is written into the record as a correction, before any other that they speak', async () => {
    await sql.query("update patients set languages = '{en-GB,jv}' where id = $1", [patient])
    clinic.takeHappenings()
    await chooseLinkedMessages(as({ kind: 'anonymous' }), link, { language: 'id' })
    await chooseLinkedMessages(as({ kind: 'anonymous' }), link, { language: 'id' })
    expect(clinic.takeHappenings()).toMatchObject([{ kind: 'patient.corrected', patientId: patient }])
    const { rows } = await sql.query(
      `select languages, actor_kind, before, after, version from patients
       join patient_events on patient_id = patients.id where patients.id = $1`,
      [patient],
    )
    expect(rows).toEqual([
      {
        languages: ['id', 'en-GB', 'jv'],
        actor_kind: 'anonymous',
        before: { languages: ['en-GB', 'jv'] },
        after: { languages: ['id', 'en-GB', 'jv'] },
        version: 2,
      },
    ])
    expect((await findOwnChoices(as(own))).language).toBe('id')
  })

  it('is used from the next message on', async () => {
    await chooseMessages(as(own), { language: 'id' })
    await bookAt(clinic, { doctor, patient, day: ++day, now: monday })
    const { messages } = await claimMessages(await planned(), ['email'], 100)
    expect(messages.find(({ recipientKey }) => recipientKey === `account:${account}`)?.language).toBe('id')
  })
})

describe('what the clinic tells its own people', () => {
  const openStaff = async (role: 'doctor' | 'front_desk'): Promise<Actor & { accountId: number }> => {
    const accountId = await openAccount(sql, { role, ...(role === 'doctor' && { doctorId: doctor }) })
    return role === 'doctor' ? { kind: 'doctor', accountId, doctorId: doctor } : { kind: role, accountId }
  }

  it('is what they chose, or what their role is told', async () => {
    const [them, desk] = [await openStaff('doctor'), await openStaff('front_desk')]
    const chosen = async (actor: Actor) => (await findOwnChoices(as(actor))).staffWants
    expect([await chosen(them), await chosen(desk), await chosen(own)]).toEqual([
      'next_24_hours',
      'nothing',
      null,
    ])
    await chooseMessages(as(desk), { staffWants: 'everything' })
    await chooseMessages(as(them), { staffWants: 'nothing' })
    expect([await chosen(them), await chosen(desk)]).toEqual(['nothing', 'everything'])
    await bookAt(clinic, { doctor, patient, day: ++day, now: monday })
    await planned()
    const { rows } = await sql.query(
      "select account_id::int from messages where kind = 'staff_booked' and account_id = any ($1)",
      [[them.accountId, desk.accountId]],
    )
    expect(rows).toEqual([{ account_id: desk.accountId }])
  })

  it('is not for patients to choose, nor for a link', async () => {
    await chooseMessages(as(own), { staffWants: 'everything' })
    const desk = await openStaff('front_desk')
    const stolen = { staffWants: 'everything', wanted: {} } as object
    await chooseLinkedMessages(as({ kind: 'anonymous' }), linkOf(`account:${desk.accountId}`), stolen)
    const { rows } = await sql.query('select wanted_messages from accounts where id = any ($1)', [
      [account, desk.accountId],
    ])
    expect(rows).toEqual([{ wanted_messages: null }, { wanted_messages: null }])
  })

  it('is refused to someone whose role has just changed', async () => {
    const desk = await openStaff('front_desk')
    const ctx = as(desk)
    await findOwnChoices(ctx)
    await sql.query("update accounts set role = 'patient' where id = $1", [desk.accountId])
    await expect(chooseMessages(ctx, { staffWants: 'everything' })).rejects.toThrow(RoleChanged)
  })
})
