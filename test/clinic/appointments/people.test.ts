import { beforeAll, describe, expect, it } from 'vitest'
import { type BookAppointment, bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { changePeople } from '../../../src/clinic/appointments/change-people.ts'
import { type Appointment, findAppointment } from '../../../src/clinic/appointments/find.ts'
import { findEvents } from '../../../src/clinic/appointments/find-events.ts'
import { markNoShow } from '../../../src/clinic/appointments/mark-no-show.ts'
import { mergePatients } from '../../../src/clinic/appointments/merge-patients.ts'
import { readAppointmentsPage } from '../../../src/clinic/appointments/read-appointments-page.ts'
import { readTimesPage } from '../../../src/clinic/appointments/read-times-page.ts'
import { reassignAppointment } from '../../../src/clinic/appointments/reassign.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { searchAppointments } from '../../../src/clinic/appointments/search.ts'
import { undo } from '../../../src/clinic/appointments/undo.ts'
import { unmergePatients } from '../../../src/clinic/appointments/unmerge-patients.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { Forbidden, NotFound } from '../../../src/clinic/errors.ts'
import { findPatients } from '../../../src/clinic/patients/find.ts'
import { closeAccount } from '../../../src/clinic/retention/close-account.ts'
import { erasePatient } from '../../../src/clinic/retention/erase-patient.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openMondayClinic } from '../../support/monday-clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  openLocation,
  openPatient,
  registerPatient,
} from '../../support/people.ts'

const { sql, as, at } = await openMondayClinic()
const office = [{ weekdays: [1], opensAt: '09:00', closesAt: '17:00' }]
let [buffered, locationId] = [0, 0]

beforeAll(async () => {
  locationId = await openLocation(sql)
  buffered = await defineVisitType(sql, { name: 'Operation', minutes: 60, bufferBefore: 10, bufferAfter: 20 })
})

/** All work at one location. */
const newDoctor = (hours = office, visitTypes = [buffered]) =>
  hireDoctor(sql, { hours, visitTypes, locationId })
const newPatient = () => registerPatient(sql)

/** An operation at ten with a new surgeon, for a new patient. */
async function book(wish: Partial<BookAppointment> = {}, ctx = as()) {
  return bookAppointment(ctx, {
    doctorId: await newDoctor(),
    patientId: await newPatient(),
    visitTypeId: buffered,
    startAt: at('10:00'),
    ...wish,
  })
}

const claimsOf = async (id: number) =>
  (
    await sql.query(
      `select part, doctor_id::integer, to_char(lower(during) at time zone 'Asia/Jakarta', 'HH24:MI') as from,
         to_char(upper(during) at time zone 'Asia/Jakarta', 'HH24:MI') as to
       from claims where appointment_id = $1 order by array_position(array['doctor', 'patient', 'colleague', 'companion'], part)`,
      [id],
    )
  ).rows

describe('an appointment with a colleague and a companion', () => {
  it('takes them all, the colleague with the buffers of the visit type', async () => {
    const [surgeon, anaesthetist] = [await newDoctor(), await newDoctor()]
    const companion = await newPatient()
    const { id } = await appointmentOf(
      book({ doctorId: surgeon, colleagueIds: [anaesthetist], companionIds: [companion] }),
    )
    expect(await claimsOf(id)).toEqual([
      { part: 'doctor', doctor_id: surgeon, from: '09:50', to: '11:20' },
      { part: 'patient', doctor_id: null, from: '10:00', to: '11:00' },
      { part: 'colleague', doctor_id: anaesthetist, from: '09:50', to: '11:20' },
      { part: 'companion', doctor_id: null, from: '10:00', to: '11:00' },
    ])
    expect(await book({ doctorId: anaesthetist })).toMatchObject({ ok: false, refusal: 'slot_taken' })
    expect(await book({ patientId: companion })).toMatchObject({ ok: false, refusal: 'patient_busy' })
  })

  it('frees everyone once it is cancelled', async () => {
    const [colleague, companion] = [await newDoctor(), await newPatient()]
    const { id } = await appointmentOf(book({ colleagueIds: [colleague], companionIds: [companion] }))
    await appointmentOf(cancelAppointment(as(), { id, reason: 'Ill' }))
    expect(await book({ doctorId: colleague, patientId: companion })).toMatchObject({ ok: true })
  })
})

describe('someone who cannot come', () => {
  it('is named, with the next time that suits everyone', async () => {
    const [surgeon, anaesthetist, patientId] = [await newDoctor(), await newDoctor(), await newPatient()]
    const companion = await newPatient()
    await appointmentOf(book({ doctorId: anaesthetist, startAt: at('10:30') }))
    await appointmentOf(book({ patientId: companion, startAt: at('12:30') }))
    const people = { colleagueIds: [anaesthetist], companionIds: [companion] }
    // 10:20 to 11:50 is the anaesthetist's, and so an hour with buffers begins at 12:00; the companion has 12:30 to 13:30.
    expect(await book({ doctorId: surgeon, patientId, ...people })).toMatchObject({
      ok: false,
      refusal: 'resource_taken',
      missing: { type: 'doctor', id: anaesthetist, name: 'Dr. Strange' },
      nextFree: { startLocal: at('13:30') },
    })
    expect(await book({ doctorId: surgeon, patientId, ...people, startAt: at('12:15') })).toMatchObject({
      ok: false,
      refusal: 'patient_busy',
      missing: { type: 'patient', id: companion, name: 'Patient Zero' },
      nextFree: { startLocal: at('13:30') },
    })
    expect(await book({ doctorId: surgeon, patientId, ...people, startAt: at('13:30') })).toMatchObject({
      ok: true,
    })
  })

  it('leaves nothing behind', async () => {
    const [busy, surgeon, patientId] = [await newDoctor(), await newDoctor(), await newPatient()]
    await appointmentOf(book({ doctorId: busy }))
    const others = { colleagueIds: [await newDoctor(), busy], companionIds: [await newPatient()] }
    expect(await book({ doctorId: surgeon, patientId, ...others })).toMatchObject({ ok: false })
    const { rows } = await sql.query('select from claims where doctor_id = $1', [surgeon])
    expect(rows).toEqual([])
    expect(await book({ doctorId: surgeon, patientId })).toMatchObject({ ok: true })
  })

  it('may be a colleague who does not work then, unless the front desk says why', async () => {
    const away = await newDoctor([{ weekdays: [1], opensAt: '14:00', closesAt: '17:00' }])
    const asked = { colleagueIds: [away], doctorId: await newDoctor(), patientId: await newPatient() }
    expect(await book(asked)).toMatchObject({
      ok: false,
      refusal: 'outside_hours',
      missing: { id: away },
      nextFree: { startLocal: at('14:00') },
    })
    expect(await book({ ...asked, overrideReason: 'An emergency' })).toMatchObject({ ok: true })
  })
})

describe('who is named', () => {
  it.each([
    ['an unknown colleague', async () => ({ colleagueIds: [999_999] })],
    ['an unknown companion', async () => ({ companionIds: [999_999] })],
    ['an erased companion', async () => ({ companionIds: [await withPatient('erased_at = now()')] })],
  ])('%s is not found', async (_, people) => {
    await expect(book(await people())).rejects.toThrow(NotFound)
  })

  it.each(['is_active = false', 'is_deceased = true'])('a companion with %s is refused', async (state) => {
    const refused = await book({ companionIds: [await withPatient(state)] })
    expect(refused).toMatchObject({ ok: false, refusal: 'patient_inactive' })
  })

  const withPatient = async (state: string) => {
    const id = await newPatient()
    await sql.query(`update patients set ${state} where id = $1`, [id])
    return id
  }

  it('cannot be the doctor or the patient again', async () => {
    const [doctorId, patientId] = [await newDoctor(), await newPatient()]
    expect(await book({ doctorId, colleagueIds: [doctorId] })).toEqual({
      ok: false,
      refusal: 'invalid',
      faults: { colleagueIds: 'named_twice' },
    })
    expect(await book({ patientId, companionIds: [patientId] })).toEqual({
      ok: false,
      refusal: 'invalid',
      faults: { companionIds: 'named_twice' },
    })
  })

  it('cannot be one person by two rows or two records', async () => {
    const [one, same, kept, merged] = [
      await newDoctor(),
      await newDoctor(),
      await newPatient(),
      await newPatient(),
    ]
    await sql.query(
      'update doctors set resource_id = (select resource_id from doctors where id = $1) where id = $2',
      [one, same],
    )
    await sql.query('update patients set moved_to_id = $1 where id = $2', [kept, merged])
    expect(await book({ colleagueIds: [one, same] })).toMatchObject({
      faults: { colleagueIds: 'named_twice' },
    })
    expect(await book({ companionIds: [kept, merged] })).toMatchObject({
      faults: { companionIds: 'named_twice' },
    })
    expect(await book({ patientId: kept, companionIds: [merged] })).toMatchObject({
      faults: { companionIds: 'named_twice' },
    })
    await appointmentOf(book({ companionIds: [merged] }))
    expect(await book({ patientId: kept })).toMatchObject({ refusal: 'patient_busy' })
  })

  it('with any doctor, is never taken for the doctor, too', async () => {
    const visitTypeId = await defineVisitType(sql, { name: 'By two' })
    const [busy, free] = [await newDoctor(office, [visitTypeId]), await newDoctor(office, [visitTypeId])]
    const asked = { doctorId: undefined, visitTypeId, colleagueIds: [busy] }
    expect(await appointmentOf(book(asked))).toMatchObject({ doctor: { id: free } })
  })
})

describe('a patient', () => {
  it('may bring those for whom the account acts, and no one else', async () => {
    const [self, child, stranger] = [await newPatient(), await newPatient(), await newPatient()]
    const ctx = as(await openPatient(sql, [self, child]))
    expect(await book({ patientId: self, companionIds: [stranger] }, ctx)).toEqual({
      ok: false,
      refusal: 'not_your_patient',
    })
    await expect(book({ patientId: self, colleagueIds: [await newDoctor()] }, ctx)).rejects.toThrow(Forbidden)
    await appointmentOf(book({ patientId: self, companionIds: [child] }, ctx))
    expect(await book({ patientId: child })).toMatchObject({ refusal: 'patient_busy' })
  })

  it('whose account acts for someone no longer, does not bring them', async () => {
    const [self, child] = [await newPatient(), await newPatient()]
    const ctx = as(await openPatient(sql, [self, child]))
    await appointmentOf(book({ patientId: self, companionIds: [child] }, ctx))
    await sql.query('delete from account_patients where patient_id = $1', [child])
    const later = { patientId: self, companionIds: [child], startAt: at('13:00') }
    await expect(book(later, ctx)).rejects.toThrow(NotFound)
  })
})

describe('a move', () => {
  it('takes everyone along', async () => {
    const [colleague, companion] = [await newDoctor(), await newPatient()]
    const { id } = await appointmentOf(book({ colleagueIds: [colleague], companionIds: [companion] }))
    // It overlaps its own time.
    await appointmentOf(rescheduleAppointment(as(), { id, startAt: at('10:30') }))
    expect(await claimsOf(id)).toMatchObject([
      { from: '10:20', to: '11:50' },
      { from: '10:30', to: '11:30' },
      { part: 'colleague', from: '10:20', to: '11:50' },
      { part: 'companion', from: '10:30', to: '11:30' },
    ])
  })

  it('is refused for everyone when one cannot come, with who it is and the next time', async () => {
    const [colleague, companion] = [await newDoctor(), await newPatient()]
    const { id } = await appointmentOf(book({ colleagueIds: [colleague], companionIds: [companion] }))
    await appointmentOf(book({ doctorId: colleague, startAt: at('13:00') }))
    await appointmentOf(book({ patientId: companion, startAt: at('15:00') }))
    const before = await claimsOf(id)
    expect(await rescheduleAppointment(as(), { id, startAt: at('13:00') })).toEqual({
      ok: false,
      refusal: 'resource_taken',
      missing: { type: 'doctor', id: colleague, name: 'Dr. Strange' },
      nextFreeStartAt: new Date('2026-11-23T16:00+07:00'),
    })
    expect(await rescheduleAppointment(as(), { id, startAt: at('15:00') })).toMatchObject({
      refusal: 'patient_busy',
      missing: { type: 'patient', id: companion },
    })
    expect(await rescheduleAppointment(as(), { id, startAt: at('16:30') })).toMatchObject({
      refusal: 'outside_hours',
      nextFreeStartAt: null,
    })
    expect(await claimsOf(id)).toEqual(before)
  })

  it('to a doctor who takes part already is refused', async () => {
    const colleague = await newDoctor()
    const { id } = await appointmentOf(book({ colleagueIds: [colleague] }))
    expect(await rescheduleAppointment(as(), { id, doctorId: colleague, startAt: at('10:00') })).toEqual({
      ok: false,
      refusal: 'invalid',
      faults: { doctorId: 'named_twice' },
    })
  })

  it('is not hindered by an expired hold of a colleague', async () => {
    const colleague = await newDoctor()
    const { id } = await appointmentOf(book({ colleagueIds: [colleague] }))
    await sql.query(
      `insert into appointments (doctor_id, patient_id, status, start_at, end_at, hold_expires_at)
       values ($1, $2, 'pending', '2026-11-23T13:00+07:00', '2026-11-23T14:00+07:00', '2026-11-23T07:00+07:00')`,
      [colleague, await newPatient()],
    )
    expect(await rescheduleAppointment(as(), { id, startAt: at('13:00') })).toMatchObject({ ok: true })
  })
})

/** A visit of a couple with an interpreter, by the desk. */
async function bookCouple(wish: Partial<BookAppointment> = {}) {
  const [colleague, patientId, companion] = [await newDoctor(), await newPatient(), await newPatient()]
  const booked = await appointmentOf(
    book({
      patientId,
      colleagueIds: [colleague],
      companionIds: [companion],
      reasonForVisit: 'Private',
      ...wish,
    }),
  )
  return { id: booked.id, doctorId: booked.doctor.id, colleague, patientId, companion }
}

const listsOf = async (actor: Actor): Promise<Appointment[][]> => [
  (await searchAppointments(as(actor), { limit: 10 })).appointments,
  (await readAppointmentsPage(as(actor), { when: 'upcoming' })).appointments,
  [
    await findAppointment(
      as(actor),
      (await readAppointmentsPage(as(actor), { when: 'upcoming' })).appointments[0]?.id ?? 0,
    ),
  ],
]

describe('who sees the appointment', () => {
  it('a companion: who comes and when, but not what is said about the patient', async () => {
    const { id, colleague, patientId, companion } = await bookCouple()
    await sql.query("update patients set birth_date = '1990-01-01', phone = '+6281234567890' where id = $1", [
      patientId,
    ])
    for (const list of await listsOf(await openPatient(sql, [companion])))
      expect(list).toMatchObject([
        {
          id,
          reasonForVisit: null,
          others: [
            { type: 'doctor', id: colleague, name: 'Dr. Strange', role: 'doctor' },
            { type: 'patient', id: companion, name: 'Patient Zero', role: null },
          ],
        },
      ])
    for (const [one] of await listsOf(await openPatient(sql, [companion])))
      expect(one?.patient).toEqual({ id: patientId, name: 'Patient Zero' })
    for (const [one] of await listsOf(await openPatient(sql, [patientId])))
      expect(one?.reasonForVisit).toBe('Private')
  })

  it('a colleague, with the patients and their reason', async () => {
    const { id, doctorId, colleague, patientId, companion } = await bookCouple()
    for (const doctor of [doctorId, colleague]) {
      const actor: Actor = { kind: 'doctor', accountId: doctor + 5000, doctorId: doctor }
      for (const list of await listsOf(actor)) expect(list).toMatchObject([{ id, reasonForVisit: 'Private' }])
      const { patients } = await findPatients(as(actor), { limit: 10 })
      expect(patients.map((one) => one.id)).toEqual([patientId, companion])
    }
  })

  it('the front desk, under each of their names', async () => {
    const { id, colleague, companion } = await bookCouple()
    for (const which of [{ doctorId: colleague }, { patientId: companion }])
      expect((await searchAppointments(as(), { limit: 10, ...which })).appointments).toMatchObject([{ id }])
  })

  it('nobody else, and no companion changes it', async () => {
    const { id, companion } = await bookCouple()
    const strangers: Actor[] = [
      await openPatient(sql, [await newPatient()]),
      { kind: 'doctor', accountId: 4999, doctorId: await newDoctor() },
    ]
    for (const actor of strangers) await expect(findAppointment(as(actor), id)).rejects.toThrow(NotFound)
    const ctx = as(await openPatient(sql, [companion]))
    await expect(cancelAppointment(ctx, { id })).rejects.toThrow(NotFound)
    await expect(rescheduleAppointment(ctx, { id, startAt: at('13:00') })).rejects.toThrow(NotFound)
    await expect(readTimesPage(ctx, id, null)).rejects.toThrow(NotFound)
    await expect(changePeople(ctx, { id })).rejects.toThrow(Forbidden)
  })
})

const lastEventOf = async (id: number) => (await findEvents(as(), id)).at(-1)
const patientsOf = async (id: number) => {
  const { patient, others } = await findAppointment(as(), id)
  return [patient?.id, ...others.filter(({ type }) => type === 'patient').map((one) => one.id)]
}

describe('who takes part', () => {
  it('is in every event, and changes by the front desk', async () => {
    const { id, colleague, companion } = await bookCouple()
    const both = { colleague_ids: [colleague], companion_ids: [companion] }
    expect(await lastEventOf(id)).toMatchObject({ kind: 'appointment.booked', after: both })
    const [nurse, friend] = [await newDoctor(), await newPatient()]
    const changed = await appointmentOf(
      changePeople(as(), { id, colleagueIds: [nurse, colleague], companionIds: [friend], version: 1 }),
    )
    expect(changed).toMatchObject({ version: 2, others: [{ id: colleague }, { id: nurse }, { id: friend }] })
    expect(await lastEventOf(id)).toMatchObject({
      kind: 'appointment.people_changed',
      before: both,
      after: { colleague_ids: [colleague, nurse], companion_ids: [friend] },
    })
    expect(await book({ patientId: companion })).toMatchObject({ ok: true })
    expect(await book({ doctorId: nurse })).toMatchObject({ refusal: 'slot_taken' })
  })

  it('stays when one cannot come, and again is the same answer', async () => {
    const { id, colleague, companion } = await bookCouple()
    const busy = await newPatient()
    await appointmentOf(book({ patientId: busy }))
    expect(await changePeople(as(), { id, companionIds: [companion, busy] })).toEqual({
      ok: false,
      refusal: 'patient_busy',
      missing: { type: 'patient', id: busy, name: 'Patient Zero' },
    })
    const same = { id, colleagueIds: [colleague], companionIds: [companion] }
    expect(await changePeople(as(), same)).toMatchObject({ ok: true, appointment: { version: 1 } })
    expect(await changePeople(as(), { ...same, version: 7 })).toMatchObject({ refusal: 'stale' })
    const alone = await appointmentOf(changePeople(as(), { id }))
    expect(alone.others).toEqual([])
    await expect(changePeople(as(), { id: 999_999 })).rejects.toThrow(NotFound)
  })

  it('comes back with a no-show that is undone, unless someone has something else', async () => {
    const { id, companion } = await bookCouple({ startAt: at('09:30') })
    await appointmentOf(markNoShow(as(undefined, 120), id))
    expect(await undo(as(undefined, 121), id, 'undo no-show')).toMatchObject({ ok: true })
    expect(await book({ patientId: companion, startAt: at('09:30') }, as(undefined, -30))).toMatchObject({
      refusal: 'patient_busy',
    })
    await appointmentOf(markNoShow(as(undefined, 122), id))
    await appointmentOf(book({ patientId: companion, startAt: at('09:45') }))
    expect(await undo(as(undefined, 123), id, 'undo no-show')).toMatchObject({ refusal: 'patient_busy' })
  })

  it('cannot become the patient, too', async () => {
    const { id, companion } = await bookCouple()
    const wish = { id, patientId: companion, reason: 'Wrong half' }
    expect(await reassignAppointment(as(), wish)).toMatchObject({ ok: false, refusal: 'patient_busy' })
    await appointmentOf(cancelAppointment(as(), { id, reason: 'Ill' }))
    expect(await reassignAppointment(as(), wish)).toMatchObject({ ok: false, refusal: 'patient_busy' })
  })
})

describe('a companion’s record', () => {
  it('that is merged takes the place along, and an unmerge gives it back', async () => {
    const { id, patientId, companion } = await bookCouple()
    const kept = await newPatient()
    expect(await mergePatients(as(), { id: companion, intoId: kept })).toMatchObject({ ok: true })
    expect(await patientsOf(id)).toEqual([patientId, kept])
    expect(await lastEventOf(id)).toMatchObject({
      before: { companion_ids: [companion] },
      after: { companion_ids: [kept] },
    })
    expect(await book({ patientId: kept })).toMatchObject({ refusal: 'patient_busy' })
    expect(await unmergePatients(as(), { id: companion })).toMatchObject({ ok: true })
    expect(await patientsOf(id)).toEqual([patientId, companion])
    expect(await book({ patientId: kept })).toMatchObject({ ok: true })
  })

  it('cannot be merged with someone who has another appointment then, or comes to the same', async () => {
    const { id, patientId, companion } = await bookCouple()
    const busy = await newPatient()
    const other = await appointmentOf(book({ companionIds: [busy] }))
    expect(await mergePatients(as(), { id: companion, intoId: busy })).toMatchObject({
      refusal: 'appointments_overlap',
      overlap: [{ id }, { id: other.id }],
    })
    for (const [from, into] of [
      [companion, patientId],
      [patientId, companion],
    ] as const)
      expect(await mergePatients(as(), { id: from, intoId: into })).toMatchObject({
        refusal: 'appointments_overlap',
      })
  })

  it.each([0, 1])('can be merged with the patient’s of a cancelled appointment (%i)', async (way) => {
    const { id, patientId, companion } = await bookCouple()
    await appointmentOf(cancelAppointment(as(), { id, reason: 'Ill' }))
    const [from, into] = way === 0 ? [companion, patientId] : [patientId, companion]
    expect(await mergePatients(as(), { id: from, intoId: into })).toMatchObject({ ok: true })
    expect(await patientsOf(id)).toEqual([into])
  })

  it('that is erased leaves what is to come, and the appointment stays', async () => {
    const { id, patientId, companion } = await bookCouple()
    expect(await erasePatient(as(), { patientId: companion })).toMatchObject({
      refusal: 'has_future_appointments',
      appointments: [{ id }],
    })
    expect(await erasePatient(as(), { patientId: companion, cancelAppointments: true })).toMatchObject({
      ok: true,
      cancelledAppointmentIds: [],
    })
    expect(await patientsOf(id)).toEqual([patientId])
    expect(await findAppointment(as(), id)).toMatchObject({ status: 'booked', reasonForVisit: 'Private' })
  })

  it('is exported with the appointment, without what was said about the patient', async () => {
    const { id, companion, patientId } = await bookCouple()
    const reasonsIn = async (of: number) => {
      const { rows } = await sql.query('select export_patient($1, now()) as file', [of])
      return rows[0].file.appointments.map((one: { id: number; reason_for_visit: string | null }) => [
        one.id,
        one.reason_for_visit,
      ])
    }
    expect(await reasonsIn(patientId)).toEqual([[id, 'Private']])
    expect(await reasonsIn(companion)).toEqual([[id, null]])
  })
})

it('closing an account takes its patients out of what they only come along to', async () => {
  const { id, patientId, companion } = await bookCouple()
  const actor = await openPatient(sql, [companion])
  const ctx = as(actor)
  await findAppointment(ctx, id)
  expect(await closeAccount(ctx, { cancelsAppointments: true })).toMatchObject({ ok: true })
  expect(await patientsOf(id)).toEqual([patientId])
  expect(await findAppointment(as(), id)).toMatchObject({ status: 'booked' })
})

describe('at once', () => {
  it('20 operations with one anaesthetist at one time are one', async () => {
    const anaesthetist = await newDoctor()
    const asked = await Promise.all(
      Array.from({ length: 20 }, async () => ({
        doctorId: await newDoctor(),
        patientId: await newPatient(),
      })),
    )
    const answers = await Promise.all(asked.map((one) => book({ ...one, colleagueIds: [anaesthetist] })))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(new Set(answers.flatMap((one) => (one.ok ? [] : one.refusal)))).toEqual(
      new Set(['resource_taken']),
    )
  })

  it('pairs that cross do not deadlock', async () => {
    const [one, other] = [await newDoctor(), await newDoctor()]
    const [him, her] = [await newPatient(), await newPatient()]
    const pairs = Array.from({ length: 10 }, (_, n) =>
      n % 2 === 0
        ? { doctorId: one, colleagueIds: [other], patientId: him, companionIds: [her] }
        : { doctorId: other, colleagueIds: [one], patientId: her, companionIds: [him] },
    )
    const answers = await Promise.all(pairs.map((pair) => book(pair)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    const [booked] = answers.flatMap((answer) => (answer.ok ? [answer.appointment] : []))
    const moves = await Promise.all(
      ['12:00', '13:30', '15:00'].map((time) =>
        rescheduleAppointment(as(), { id: booked?.id ?? 0, startAt: at(time) }),
      ),
    )
    expect(moves.map(({ ok }) => ok)).toEqual([true, true, true])
  })
})
