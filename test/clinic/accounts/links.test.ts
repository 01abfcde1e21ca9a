import { beforeAll, describe, expect, it } from 'vitest'
import { findVisitor } from '../../../src/clinic/accounts/find-actor.ts'
import { findLink } from '../../../src/clinic/accounts/links.ts'
import { readAccountPage } from '../../../src/clinic/accounts/read-account-page.ts'
import { unlinkPatient } from '../../../src/clinic/accounts/unlink.ts'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { extendHold } from '../../../src/clinic/appointments/extend-hold.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import type { ClinicContext } from '../../../src/clinic/context.ts'
import { NotFound } from '../../../src/clinic/errors.ts'
import { correctPatient } from '../../../src/clinic/patients/correct.ts'
import { exportOwnData } from '../../../src/clinic/patients/export.ts'
import { inviteToPatient } from '../../../src/clinic/patients/invite.ts'
import { registerPatient as register } from '../../../src/clinic/patients/register.ts'
import { withdrawInvitations } from '../../../src/clinic/patients/withdraw-invitations.ts'
import { eraseOwnData } from '../../../src/clinic/retention/erase-patient.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import {
  beginSession,
  defineVisitType,
  hireDoctor,
  insertAppointment,
  openAccount,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const now = new Date('2030-01-07T03:00:00Z')
let doctorId: number
let visitTypeId: number

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql)
  doctorId = await hireDoctor(sql)
})

const inZone = (zone: string) => sql.query('update locations set time_zone = $1', [zone])

/** An account with its own patient and a child, signed in; the context believes in both for ever. */
async function openFamily() {
  const [own, child] = [await registerPatient(sql, 'Siti'), await registerPatient(sql, 'Budi')]
  const accountId = await openAccount(sql, { patientIds: [own, child], name: 'Siti' })
  const { sessionHash } = await beginSession(sql, accountId, new Date('2050-01-01'))
  const actor = { kind: 'patient' as const, accountId, patientIds: [own, child] }
  const at = (instant: Date) => clinic.context({ actor, now: instant, sessionHash })
  return { own, child, accountId, sessionHash, at, ctx: at(now) }
}

async function endOf(patient: number): Promise<unknown> {
  const { rows } = await sql.query(
    'select ends_on::text as ends_on, notice_sent_at as notice from account_patients where patient_id = $1',
    [patient],
  )
  return rows[0]
}

const bornOn = (patient: number, day: string | null) =>
  sql.query('update patients set birth_date = $2 where id = $1', [patient, day])

describe('a link', () => {
  it.each([
    ['dependant', '2012-06-01', '2030-06-01'],
    ['dependant', '2012-02-29', '2030-02-28'],
    ['dependant', null, null],
    ['dependant', '1950-06-01', null],
    ['self', '2012-06-01', null],
  ])('of a %s born on %s ends on %s', async (relation, birthDate, endsOn) => {
    const patient = await registerPatient(sql)
    await bornOn(patient, birthDate)
    await sql.query(
      `insert into account_patients (account_id, patient_id, relation, linked_at, ends_on) values ($1, $2, $3, $4, '2099-01-01')`,
      [await openAccount(sql), patient, relation, now],
    )
    expect(await endOf(patient)).toEqual({ ends_on: endsOn, notice: null })
  })

  it('of a child whom an account registers ends at 18', async () => {
    const { ctx } = await openFamily()
    const registered = await register(ctx, { name: 'Ayu', birthDate: '2015-03-04' })
    expect(registered).toMatchObject({ ok: true })
    if (registered.ok) expect(await endOf(registered.patient.id)).toMatchObject({ ends_on: '2033-03-04' })
  })

  it('moves its end with a corrected birth date, and is told of again', async () => {
    const { child } = await openFamily()
    await bornOn(child, '2012-06-01')
    await sql.query('update account_patients set notice_sent_at = now() where patient_id = $1', [child])
    await bornOn(child, '2014-06-01')
    expect(await endOf(child)).toEqual({ ends_on: '2032-06-01', notice: null })
    await sql.query('update account_patients set notice_sent_at = $2 where patient_id = $1', [child, now])
    expect(await endOf(child)).toEqual({ ends_on: '2032-06-01', notice: now })
  })

  // In Cairo that midnight does not exist; in Havana it comes twice, and the day begins with the later one.
  it.each([
    ['Asia/Jakarta', '2012-06-01', '2030-05-31T17:00:00.000Z'],
    ['Africa/Cairo', '2012-04-26', '2030-04-25T22:00:00.000Z'],
    ['America/Havana', '2012-11-03', '2030-11-03T05:00:00.000Z'],
    ['Pacific/Kiritimati', '2012-06-01', '2030-05-31T10:00:00.000Z'],
    ['Pacific/Pago_Pago', '2012-06-01', '2030-06-01T11:00:00.000Z'],
  ])('in %s of a child born on %s ends at %s, for reading and writing', async (zone, birthDate, instant) => {
    await inZone(zone)
    const { child, own, sessionHash, at } = await openFamily()
    await bornOn(child, birthDate)
    const [last, first] = [new Date(Date.parse(instant) - 1000), new Date(instant)]
    const appointment = await insertAppointment(sql, {
      doctorId,
      patientId: child,
      visitTypeId,
      startAt: '2030-12-01T03:00:00Z',
    })
    const patientsAt = async (moment: Date) => {
      const visitor = await findVisitor(clinic.context().db, sessionHash, moment)
      return visitor?.actor.kind === 'patient' ? visitor.actor.patientIds : null
    }
    expect(await patientsAt(last)).toEqual([own, child])
    expect(await patientsAt(first)).toEqual([own])
    const cancelling = (moment: Date) => cancelAppointment(at(moment), { id: appointment })
    await expect(cancelling(first)).rejects.toEqual(new NotFound('appointment'))
    expect(await cancelling(last)).toMatchObject({ ok: true })
    await inZone('Asia/Jakarta')
  })
})

describe('once a link was removed a second ago', () => {
  let hours = 0
  const later = () => new Date(Date.parse('2031-01-01T00:00:00Z') + hours++ * 3_600_000).toISOString()
  const wish = () => ({ doctorId, visitTypeId, startAt: later() })
  const enter = (patientId: number, status: string) =>
    insertAppointment(sql, { doctorId, patientId, visitTypeId, startAt: later(), status })

  type Write = (ctx: ClinicContext, patientId: number, id: number) => Promise<{ ok: boolean }>
  const writes: [string, string | null, Write][] = [
    ['book', null, (ctx, patientId) => bookAppointment(ctx, { ...wish(), patientId })],
    ['hold', null, (ctx, patientId) => holdSlot(ctx, { ...wish(), patientId })],
    ['book a hold', 'pending', (ctx, _, holdId) => bookHold(ctx, { holdId })],
    ['extend a hold', 'pending', (ctx, _, id) => extendHold(ctx, id)],
    ['release a hold', 'pending', (ctx, _, id) => releaseHold(ctx, id)],
    ['cancel', 'booked', (ctx, _, id) => cancelAppointment(ctx, { id })],
    ['reschedule', 'booked', (ctx, _, id) => rescheduleAppointment(ctx, { id, startAt: later() })],
  ]

  it.each(writes)('the account cannot %s, and could before', async (_, status, write) => {
    await sql.query("update appointments set hold_expires_at = '2040-01-01' where status = 'pending'")
    const { ctx, child, accountId } = await openFamily()
    const ids = [0, 0]
    for (const n of [0, 1]) if (status) ids[n] = await enter(child, status)
    await sql.query("update appointments set hold_expires_at = $1 where status = 'pending'", [
      new Date(now.getTime() + 600_000),
    ])
    expect(await write(ctx, child, ids[0] as number)).toMatchObject({ ok: true })
    await unlinkPatient(clinic.context({ now }), { patientId: child, accountId })
    const { rows: before } = await sql.query('select count(*), sum(event_count) from appointments')
    await expect(write(ctx, child, ids[1] as number)).rejects.toBeInstanceOf(NotFound)
    expect((await sql.query('select count(*), sum(event_count) from appointments')).rows).toEqual(before)
  })

  const letter = () => ({ subject: 'A letter', text: '' })
  const onRecords: [string, (ctx: ClinicContext, patientId: number) => Promise<unknown>][] = [
    ['correct the record', (ctx, id) => correctPatient(ctx, { id, address: later() })],
    ['ask for a correction', (ctx, id) => correctPatient(ctx, { id, name: later() })],
    [
      'invite to the record',
      (ctx, id) => inviteToPatient(ctx, id, { email: 'x@example.com', relation: 'self', writeMail: letter }),
    ],
    ['withdraw invitations', withdrawInvitations],
    ['export the record', exportOwnData],
    ['erase the record', (ctx, patientId) => eraseOwnData(ctx, { patientId })],
  ]

  it.each(onRecords)('the account cannot %s, and could before', async (_, write) => {
    const { ctx, own, accountId, sessionHash } = await openFamily()
    await sql.query('update sessions set created_at = $2 where token_hash = $1', [sessionHash, now])
    await sql.query(
      `insert into patient_invitations (patient_id, email, invited_at, expires_at)
       values ($1, 'open@example.com', $2, $2::timestamptz + interval '1 day')`,
      [own, now],
    )
    const asItIs = async () => {
      const { rows } = await sql.query(
        `select to_jsonb(patients), (select count(*) from patient_events),
           (select jsonb_agg(one) from correction_requests one where patient_id = $1),
           (select jsonb_agg(one) from patient_invitations one where patient_id = $1)
         from patients where id = $1`,
        [own],
      )
      return rows
    }
    await sql.query('delete from account_patients where account_id = $1 and patient_id = $2', [
      accountId,
      own,
    ])
    const before = await asItIs()
    await expect(write(ctx, own)).rejects.toEqual(new NotFound('patient'))
    expect(await asItIs()).toEqual(before)
    await sql.query('insert into account_patients (account_id, patient_id, relation) values ($1, $2, $3)', [
      accountId,
      own,
      'self',
    ])
    await write(ctx, own)
    expect(await asItIs()).not.toEqual(before)
  })

  it('a browser’s hold cannot be booked for the person', async () => {
    const { ctx, child, accountId } = await openFamily()
    const browser = { id: 'a browser', addressHash: 'a network' }
    const held = await holdSlot({ ...ctx, browser }, wish())
    if (!held.ok) throw new Error(held.refusal)
    await unlinkPatient(clinic.context({ now }), { patientId: child, accountId })
    const booking = (patientId?: number) =>
      bookHold({ ...ctx, browser }, { holdId: held.appointment.id, patientId })
    await expect(booking(child)).rejects.toEqual(new NotFound('patient'))
    expect(await booking()).toMatchObject({ ok: true })
  })
})

describe('removing a link', () => {
  it('is for the account itself, the patient’s own account and the front desk, each recorded', async () => {
    for (const by of ['account', 'patient', 'desk'] as const) {
      const { ctx, child, accountId } = await openFamily()
      const grown = await openAccount(sql, { patientIds: [child] })
      const { sessionHash } = await beginSession(sql, grown, new Date('2050-01-01'))
      const theirs = { kind: 'patient' as const, accountId: grown, patientIds: [child] }
      const contexts = {
        account: ctx,
        patient: clinic.context({ actor: theirs, now, sessionHash }),
        desk: clinic.context({ now }),
      }
      const link = { patientId: child, accountId }
      expect(await findLink(contexts[by], link)).toMatchObject({ patientName: 'Budi', accountName: 'Siti' })
      expect(await readAccountPage(contexts.patient)).toMatchObject({
        links: { dependants: [], helpers: [link] },
      })
      clinic.takeTrips()
      await unlinkPatient(contexts[by], link)
      expect(clinic.takeTrips()).toHaveLength(1)
      const { rows } = await sql.query(
        'select kind, actor_kind, account_id::int, before from patient_events where patient_id = $1',
        [child],
      )
      const [actor_kind, account_id] =
        by === 'desk' ? ['front_desk', 999] : ['patient', by === 'account' ? accountId : grown]
      expect(rows).toEqual([
        {
          kind: 'patient.unlinked',
          actor_kind,
          account_id,
          before: { account_id: accountId, relation: 'dependant' },
        },
      ])
      await expect(unlinkPatient(contexts.desk, link)).rejects.toEqual(new NotFound('patient'))
    }
  })

  it('looks like an unknown one to anybody else, and for the account’s own person', async () => {
    const { ctx, own, child, accountId } = await openFamily()
    const other = (await openFamily()).ctx
    const refused = new NotFound('patient')
    await expect(unlinkPatient(other, { patientId: child, accountId })).rejects.toEqual(refused)
    await expect(findLink(other, { patientId: child, accountId })).rejects.toEqual(refused)
    for (const by of [ctx, clinic.context({ now })])
      await expect(unlinkPatient(by, { patientId: own, accountId })).rejects.toEqual(refused)
  })

  it('happens once when sixteen ask at once', async () => {
    const { ctx, child, accountId } = await openFamily()
    const outcomes = await atOnce(16, () =>
      unlinkPatient(ctx, { patientId: child, accountId }).then(
        () => 'removed',
        (error) => error.name,
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'removed')).toHaveLength(1)
    const { rowCount } = await sql.query('select from patient_events where patient_id = $1', [child])
    expect(rowCount).toBe(1)
  })
})
