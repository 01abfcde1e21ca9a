import { expect, it } from 'vitest'
import { issueApiKey, revokeApiKey } from '../../src/clinic/accounts/api-keys.ts'
import { completeAccount } from '../../src/clinic/accounts/complete-account.ts'
import { changeRole } from '../../src/clinic/accounts/manage-accounts.ts'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { mergePatients } from '../../src/clinic/appointments/merge-patients.ts'
import { unmergePatients } from '../../src/clinic/appointments/unmerge-patients.ts'
import { closeLocation, reopenLocation } from '../../src/clinic/availability/close-location.ts'
import { defineVisitType, defineVisitTypeInput } from '../../src/clinic/availability/define-visit-type.ts'
import { offerVisitTypes } from '../../src/clinic/availability/offer-visit-types.ts'
import { putBackInOrder, putOutOfOrder } from '../../src/clinic/availability/put-out-of-order.ts'
import { redefineVisitType } from '../../src/clinic/availability/redefine-visit-type.ts'
import { setWeeklyHours } from '../../src/clinic/availability/set-weekly-hours.ts'
import { takeTimeOff, withdrawTimeOff } from '../../src/clinic/availability/take-time-off.ts'
import { keepStranded } from '../../src/clinic/day/keep-stranded.ts'
import { clearDayNote, restoreDayNote } from '../../src/clinic/day-notes/clear.ts'
import { writeDayNote } from '../../src/clinic/day-notes/write.ts'
import { changeDoctor } from '../../src/clinic/doctors/change.ts'
import { hireDoctor } from '../../src/clinic/doctors/hire.ts'
import type { EventKind } from '../../src/clinic/events.ts'
import type { Happening } from '../../src/clinic/happenings.ts'
import { changeLocation } from '../../src/clinic/locations/change.ts'
import { openLocation } from '../../src/clinic/locations/open.ts'
import { setTravelTimes } from '../../src/clinic/locations/travel-times.ts'
import { resendMessage } from '../../src/clinic/messages/resend.ts'
import { respondToAppointment } from '../../src/clinic/messages/respond.ts'
import { stopMessage } from '../../src/clinic/messages/stop.ts'
import { correctPatient } from '../../src/clinic/patients/correct.ts'
import { setPatientFlag } from '../../src/clinic/patients/flags.ts'
import { inviteToPatient } from '../../src/clinic/patients/invite.ts'
import { linkPatient } from '../../src/clinic/patients/link.ts'
import { registerPatient } from '../../src/clinic/patients/register.ts'
import { addResource } from '../../src/clinic/resources/add.ts'
import { changeResource } from '../../src/clinic/resources/change.ts'
import { setResourceHours } from '../../src/clinic/resources/set-hours.ts'
import { erasePatient } from '../../src/clinic/retention/erase-patient.ts'
import { changeClinicSettings } from '../../src/clinic/settings/change.ts'
import { addWalkIn } from '../../src/clinic/walk-ins/add.ts'
import { leaveWalkIn, returnWalkIn } from '../../src/clinic/walk-ins/leave.ts'
import { appointmentOf } from '../support/answers.ts'
import { openClinic } from '../support/clinic.ts'
import { bookAt, enterMessage } from '../support/messages.ts'
import {
  beginSession,
  addResource as insertResource,
  locationOf,
  openAccount,
  hireDoctor as openDoctor,
  registerPatient as openPatient,
} from '../support/people.ts'
import { morning } from '../support/sending.ts'

// What happens to appointments is in test/clinic/appointments/happenings.test.ts.

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const as = () => clinic.context({ actor: { kind: 'admin', accountId: 8 }, now: morning })

async function openPlace() {
  const doctorId = await openDoctor(sql)
  return { doctorId, locationId: await locationOf(sql, doctorId) }
}

async function openRoom() {
  const { locationId } = await openPlace()
  return { resourceId: await insertResource(sql, locationId), locationId }
}

async function bookOne(): Promise<number> {
  const { doctorId } = await openPlace()
  const booked = bookAppointment(as(), {
    doctorId,
    patientId: await openPatient(sql),
    startAt: '2026-12-24T03:00:00Z',
    endAt: '2026-12-24T03:30:00Z',
  })
  return (await appointmentOf(booked)).id
}

/** Two records of one person. */
const openTwins = async () => ({ patientId: await openPatient(sql), intoId: await openPatient(sql) })

/** A location where someone can wait without an appointment. */
async function openQueue() {
  const { doctorId, locationId } = await openPlace()
  const { rows } = await sql.query('select visit_type_id from doctor_visit_types where doctor_id = $1', [
    doctorId,
  ])
  return { locationId, visitTypeId: Number(rows[0].visit_type_id), patientId: await openPatient(sql) }
}

async function join(wish: Awaited<ReturnType<typeof openQueue>>) {
  const added = await addWalkIn(as(), wish)
  if (!added.ok) throw new Error(added.refusal)
  return { walkInId: added.walkIn.id }
}

async function openNote() {
  const { locationId } = await openPlace()
  const written = await writeDayNote(as(), { locationId, text: 'Lift is out of order' })
  if (!written.ok) throw new Error(written.refusal)
  return { dayNoteId: written.dayNoteId, locationId }
}

const away = { startLocal: '2026-11-24T20:00', endLocal: '2026-11-26T00:00' }
const days = { from: '2026-11-24', to: '2026-11-25' }
const id = expect.any(Number)
const visitTypeNamed = (name: string, minutes = 20) => defineVisitTypeInput.parse({ name, minutes })
const hours = [{ weekday: 1, opensAt: '09:00', closesAt: '17:00', startsOn: '2027-01-01' }]
const mail = { subject: 'Hello', text: 'Sign in' }
const refused = (work: Promise<unknown>) => expect(work).rejects.toThrow()

interface Row {
  act: () => Promise<unknown>
  /** A call that changes nothing after `act`; by default `act` itself. */
  again?: () => Promise<unknown>
  /** The happening's fields besides its kind, actor and time. */
  facts: object
  /** What is announced before it. */
  before?: object[]
}

// Alarms are in test/clinic/accounts/sign-in-budgets.test.ts: only the last of many requests raises one.
// `walk_in.booked` is told with its appointment: test/clinic/walk-ins/walk-ins.test.ts.
type Kind = Exclude<Happening['kind'], EventKind | 'alarm.raised' | 'walk_in.booked'>

const kinds: Record<Kind, () => Promise<Row>> = {
  'walk_in.added': async () => {
    const { locationId, ...wish } = await openQueue()
    const act = () => addWalkIn(as(), { locationId, ...wish })
    return { act, facts: { walkInId: id, locationId } }
  },
  'walk_in.left': async () => {
    const wish = await openQueue()
    const { walkInId } = await join(wish)
    return { act: () => leaveWalkIn(as(), walkInId), facts: { walkInId, locationId: wish.locationId } }
  },
  'walk_in.returned': async () => {
    const wish = await openQueue()
    const { walkInId } = await join(wish)
    await leaveWalkIn(as(), walkInId)
    return { act: () => returnWalkIn(as(), walkInId), facts: { walkInId, locationId: wish.locationId } }
  },
  'stranding.changed': async () => {
    const appointmentId = await bookOne()
    const { rows } = await sql.query('select doctor_id, location_id from appointments where id = $1', [
      appointmentId,
    ])
    const { doctor_id, location_id: locationId } = rows[0]
    await takeTimeOff(as(), doctor_id, { startLocal: '2026-12-24T00:00', endLocal: '2026-12-25T00:00' })
    return {
      act: () => keepStranded(as(), appointmentId),
      facts: { appointmentId, locationId: Number(locationId) },
    }
  },
  'patient.flagged': async () => {
    const patientId = await openPatient(sql)
    return {
      act: () => setPatientFlag(as(), { patientId, flag: 'balance', isSet: true }),
      facts: { patientId },
    }
  },
  'day_note.added': async () => {
    const { locationId } = await openPlace()
    const act = () => writeDayNote(as(), { locationId, text: 'Lift is out of order' })
    return { act, again: async () => {}, facts: { dayNoteId: id, locationId } }
  },
  'day_note.cleared': async () => {
    const { dayNoteId, locationId } = await openNote()
    return { act: () => clearDayNote(as(), dayNoteId), facts: { dayNoteId, locationId } }
  },
  'day_note.restored': async () => {
    const { dayNoteId, locationId } = await openNote()
    await clearDayNote(as(), dayNoteId)
    return { act: () => restoreDayNote(as(), dayNoteId), facts: { dayNoteId, locationId } }
  },
  'weekly_hours.changed': async () => {
    const { doctorId } = await openPlace()
    return { act: () => setWeeklyHours(as(), doctorId, hours), facts: { doctorId } }
  },
  'time_off.entered': async () => {
    const place = await openPlace()
    const act = () => takeTimeOff(as(), place.doctorId, { ...away, reason: 'Holiday' })
    return {
      act,
      facts: { timeOffId: id, doctorId: place.doctorId, locationIds: [place.locationId], ...days },
    }
  },
  'time_off.changed': async () => {
    const place = await openPlace()
    const { id: timeOffId } = await takeTimeOff(as(), place.doctorId, away)
    const act = () => takeTimeOff(as(), place.doctorId, { ...away, reason: 'Holiday' })
    return {
      act,
      again: () => takeTimeOff(as(), place.doctorId, away),
      facts: { timeOffId, doctorId: place.doctorId, locationIds: [place.locationId], ...days },
    }
  },
  'time_off.withdrawn': async () => {
    const place = await openPlace()
    const { id: timeOffId } = await takeTimeOff(as(), place.doctorId, away)
    const act = () => withdrawTimeOff(as(), place.doctorId, timeOffId)
    return {
      act,
      again: () => refused(act()),
      facts: { timeOffId, doctorId: place.doctorId, locationIds: [place.locationId], ...days },
    }
  },
  'closure.entered': async () => {
    const { locationId } = await openPlace()
    const act = () => closeLocation(as(), locationId, away)
    return { act, facts: { closureId: id, locationId, ...days } }
  },
  'closure.changed': async () => {
    const { locationId } = await openPlace()
    const { id: closureId } = await closeLocation(as(), locationId, { ...away, reason: 'Works' })
    const act = () => closeLocation(as(), locationId, { ...away, reason: 'Water damage' })
    return { act, facts: { closureId, locationId, ...days } }
  },
  'closure.withdrawn': async () => {
    const { locationId } = await openPlace()
    const { id: closureId } = await closeLocation(as(), locationId, away)
    const act = () => reopenLocation(as(), locationId, closureId)
    return { act, again: () => refused(act()), facts: { closureId, locationId, ...days } }
  },
  'visit_type.defined': async () => ({
    act: () => defineVisitType(as(), visitTypeNamed('New')),
    facts: { visitTypeId: id },
  }),
  'visit_type.changed': async () => {
    const defined = await defineVisitType(as(), visitTypeNamed('Old'))
    const visitTypeId = defined.ok ? defined.visitType.id : 0
    const act = () => redefineVisitType(as(), visitTypeId, visitTypeNamed('Old', 25))
    return { act, facts: { visitTypeId } }
  },
  'visit_types.offered': async () => {
    const { doctorId } = await openPlace()
    const defined = await defineVisitType(as(), visitTypeNamed('Offered'))
    const act = () => offerVisitTypes(as(), doctorId, [defined.ok ? defined.visitType.id : 0])
    return { act, facts: { doctorId } }
  },
  'doctor.hired': async () => {
    const { locationId } = await openPlace()
    const doctor = { name: 'Dr. New', specialty: 'Time', role: 'doctor', gridMinutes: 20 }
    const act = () => hireDoctor(as(), { ...doctor, locationId })
    const nowhere = () => refused(hireDoctor(as(), { ...doctor, locationId: 999_999 }))
    return { act, again: nowhere, facts: { doctorId: id, locationId } }
  },
  'doctor.changed': async () => {
    const place = await openPlace()
    return { act: () => changeDoctor(as(), place.doctorId, { specialty: 'Space' }), facts: place }
  },
  'location.opened': async () => ({
    act: () => openLocation(as(), { name: 'There', timeZone: 'Europe/Berlin' }),
    again: () => openLocation(as(), { name: 'There', timeZone: 'Europe/Atlantis' }),
    facts: { locationId: id },
  }),
  'location.changed': async () => {
    const { locationId } = await openPlace()
    return { act: () => changeLocation(as(), locationId, { phone: '+62 21 555' }), facts: { locationId } }
  },
  'travel_times.changed': async () => {
    const [one, other] = [await openPlace(), await openPlace()]
    const way = { oneLocationId: one.locationId, otherLocationId: other.locationId, minutes: 20 }
    return {
      act: () => setTravelTimes(as(), [way]),
      again: () => setTravelTimes(as(), [{ ...way, otherLocationId: 999_999 }]),
      facts: {},
    }
  },
  'resource.added': async () => {
    const { locationId } = await openPlace()
    const room = { type: 'room', kind: 'consultation', name: 'Room 1', sortOrder: 0 } as const
    return {
      act: () => addResource(as(), { ...room, locationId }),
      again: () => refused(addResource(as(), { ...room, locationId: 999_999 })),
      facts: { resourceId: id, locationId },
    }
  },
  'resource.changed': async () => {
    const place = await openRoom()
    return { act: () => changeResource(as(), place.resourceId, { isActive: false }), facts: place }
  },
  'resource_hours.changed': async () => {
    const place = await openRoom()
    const mornings = [{ weekday: 1, opensAt: '09:00', closesAt: '12:00' }]
    return { act: () => setResourceHours(as(), place.resourceId, mornings), facts: place }
  },
  'resource_absence.entered': async () => {
    const place = await openRoom()
    const act = () => putOutOfOrder(as(), place.resourceId, away)
    return { act, facts: { absenceId: id, ...place, ...days } }
  },
  'resource_absence.changed': async () => {
    const place = await openRoom()
    const { id: absenceId } = await putOutOfOrder(as(), place.resourceId, away)
    const act = () => putOutOfOrder(as(), place.resourceId, { ...away, reason: 'Repair' })
    return { act, facts: { absenceId, ...place, ...days } }
  },
  'resource_absence.withdrawn': async () => {
    const place = await openRoom()
    const { id: absenceId } = await putOutOfOrder(as(), place.resourceId, away)
    const act = () => putBackInOrder(as(), place.resourceId, absenceId)
    return { act, again: () => refused(act()), facts: { absenceId, ...place, ...days } }
  },
  'patient.registered': async () => ({
    // The second time, they may exist already.
    act: () => registerPatient(as(), { name: 'New', phone: '+628123456789' }),
    facts: { patientId: id },
  }),
  'patient.corrected': async () => {
    const patientId = await openPatient(sql)
    const act = () => correctPatient(as(), { id: patientId, address: 'Jl. Melati 5' })
    return { act, facts: { patientId } }
  },
  'patient.merged': async () => {
    const facts = await openTwins()
    return { act: () => mergePatients(as(), { id: facts.patientId, intoId: facts.intoId }), facts }
  },
  'patient.unmerged': async () => {
    const facts = await openTwins()
    await mergePatients(as(), { id: facts.patientId, intoId: facts.intoId })
    return { act: () => unmergePatients(as(), { id: facts.patientId }), facts }
  },
  'patient.erased': async () => {
    const patientId = await openPatient(sql)
    return { act: () => erasePatient(as(), { patientId }), facts: { patientId } }
  },
  'patient.invited': async () => {
    const patientId = await openPatient(sql)
    const invitation = { email: 'invited@example.com', relation: 'self', writeMail: () => mail } as const
    const act = () => inviteToPatient(as(), patientId, invitation)
    const unknown = () => refused(inviteToPatient(as(), 999_999, invitation))
    return { act, again: unknown, facts: { patientId } }
  },
  'patient.linked': async () => {
    const [patientId, email] = [await openPatient(sql), 'linked@example.com']
    const accountId = await openAccount(sql, { email })
    const act = () => linkPatient(as(), patientId, { email, relation: 'dependant' })
    return { act, facts: { patientId, accountId } }
  },
  'appointment.accepted': async () => {
    const { doctorId } = await openPlace()
    const patient = await openPatient(sql)
    const { id: appointmentId, startAt } = await bookAt(clinic, {
      doctor: doctorId,
      patient,
      day: 1,
      now: morning,
    })
    clinic.takeHappenings()
    const link = {
      purpose: 'appointment' as const,
      appointmentId,
      recipient: `patient:${patient}`,
      expiresAt: startAt,
    }
    return { act: () => respondToAppointment(as(), link, { startAt }), facts: { appointmentId } }
  },
  'account.completed': async () => {
    const accountId = await openAccount(sql, { isComplete: false })
    const { sessionHash } = await beginSession(sql, accountId)
    const ctx = { ...as(), sessionHash }
    const act = () => completeAccount(ctx, accountId, { name: 'New' })
    const before = [{ kind: 'patient.registered', patientId: id }]
    return { act, before, facts: { accountId, patientId: id } }
  },
  'account.changed': async () => {
    const accountId = await openAccount(sql)
    const act = () => changeRole(as(), accountId, { role: 'front_desk' })
    const unknown = () => refused(changeRole(as(), 999_999, { role: 'front_desk' }))
    return { act, again: unknown, facts: { accountId } }
  },
  'message.resent': async () => {
    const messageId = await enterMessage(sql, await bookOne(), { state: 'failed' })
    return { act: () => resendMessage(as(), messageId), facts: { messageId } }
  },
  'message.stopped': async () => {
    const messageId = await enterMessage(sql, await bookOne())
    return { act: () => stopMessage(as(), messageId), facts: { messageId } }
  },
  'settings.changed': async () => ({
    act: () => changeClinicSettings(as(), { mostHolds: 3 }),
    facts: {},
  }),
  'api_key.issued': async () => {
    const accountId = await openAccount(sql)
    const key = {
      name: 'A',
      role: 'patient',
      scopes: ['appointments:read' as const],
    } as const
    const act = () => issueApiKey(as(), { ...key, scopes: [...key.scopes], ownerId: accountId })
    const unknown = () => refused(issueApiKey(as(), { ...key, scopes: [...key.scopes], ownerId: 999_999 }))
    return { act, again: unknown, facts: { apiKeyId: id, accountId } }
  },
  'api_key.revoked': async () => {
    const ownerId = await openAccount(sql)
    const scopes = ['appointments:read' as const]
    const key = await issueApiKey(as(), { name: 'A', role: 'patient', scopes, ownerId })
    const apiKeyId = key.ok ? key.apiKey.id : 0
    return { act: () => revokeApiKey(as(), apiKeyId), facts: { apiKeyId } }
  },
}

it.each(Object.entries(kinds))(
  '%s is announced once, and not when nothing changes',
  async (kind, prepare) => {
    const { act, again = act, facts, before = [] } = await prepare()
    clinic.takeHappenings()
    await act()
    const announced = [...before, { kind, ...facts }]
    const deed = { at: morning, actorKind: 'admin' }
    expect(clinic.takeHappenings()).toStrictEqual(announced.map((facts) => ({ ...facts, ...deed })))
    await again()
    expect(clinic.takeHappenings()).toEqual([])
  },
)

it('nothing is announced when the commit fails', async () => {
  const { doctorId } = await openPlace()
  await sql.query(`
    create function fail() returns trigger language plpgsql as $$ begin raise 'no commit'; end $$;
    create constraint trigger fail after insert on weekly_hours deferrable initially deferred
    for each row execute function fail()`)
  await expect(setWeeklyHours(as(), doctorId, hours)).rejects.toThrow('no commit')
  await sql.query('drop function fail cascade')
  expect(clinic.takeHappenings()).toEqual([])
})
