import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../src/clinic/appointments/cancel.ts'
import { checkIn } from '../../src/clinic/appointments/check-in.ts'
import { completeAppointment } from '../../src/clinic/appointments/complete.ts'
import { markNoShow } from '../../src/clinic/appointments/mark-no-show.ts'
import { leaveNote } from '../../src/clinic/appointments/note.ts'
import { rescheduleAppointment } from '../../src/clinic/appointments/reschedule.ts'
import { startAppointment } from '../../src/clinic/appointments/start.ts'
import { undo } from '../../src/clinic/appointments/undo.ts'
import { undoLastChange } from '../../src/clinic/appointments/undo-last.ts'
import { takeWalkIn } from '../../src/clinic/appointments/walk-in.ts'
import { type Explained, openDoctor } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** Books in every way, and changes what was booked. */
export const callsToBook: Calls[] = [bookAsPatient, bookCapped, bookAsDesk, refuseBookings, move, runTheDay]

async function bookAsPatient({ cast, as, ...clinic }: Explained, { call, refused }: Recorder) {
  const { doctors, visitTypeId, cappedVisitTypeId, locationId, specialty } = cast
  const [doctorId] = doctors
  const startAt = await clinic.takeSlot(doctorId)
  const wish = { doctorId, visitTypeId, startAt, reasonForVisit: 'A cough' }
  const ctx = clinic.keyed(as.patient)
  const { appointment } = await call('a patient books, with a key', () => bookAppointment(ctx, wish))
  await call('… and again with the same key', () => bookAppointment(ctx, wish))
  await refused('… and another visit with the same key', 'KeyReused', () =>
    bookAppointment({ ...ctx, idempotency: { key: ctx.idempotency?.key ?? '', fingerprint: '01' } }, wish),
  )
  await call('a patient cancels', () => cancelAppointment(clinic.context(as.patient), { id: appointment.id }))
  const without = { doctorId, startAt, endAt: appointment.endAt.toISOString() }
  await call('a patient books by the length of the visit', () =>
    bookAppointment(clinic.context(as.patient), without),
  )
  const capped = await clinic.takeSlot(doctorId, cappedVisitTypeId)
  await call('a patient books a visit with a daily cap', () =>
    bookAppointment(clinic.context(as.patient), {
      doctorId,
      visitTypeId: cappedVisitTypeId,
      startAt: capped,
    }),
  )
  for (const [name, narrowed] of Object.entries({
    'any doctor': {},
    'any doctor of a location': { locationId },
    'any doctor of a specialty': { specialty },
  })) {
    const startAt = await clinic.takeSlot(doctorId)
    await call(`a patient books ${name}`, () =>
      bookAppointment(clinic.context(as.patient), { ...narrowed, visitTypeId, startAt }),
    )
  }
}

async function bookCapped({ cast, as, ...clinic }: Explained, { call }: Recorder) {
  const startAt = await clinic.takeSlot(cast.doctors[0], cast.cappedVisitTypeId)
  await call('a patient books a visit with a daily cap of any doctor', () =>
    bookAppointment(clinic.context(as.patient), { visitTypeId: cast.cappedVisitTypeId, startAt }),
  )
}

async function bookAsDesk({ cast, as, ...clinic }: Explained, { call }: Recorder) {
  const { doctors, visitTypeId, patientId } = cast
  const [doctorId] = doctors
  const desk = clinic.context(as.desk)
  const startAt = await clinic.takeSlot(doctorId)
  const endAt = later(startAt, 25)
  await call('the front desk books any length', () =>
    bookAppointment(desk, { doctorId, patientId, startAt, endAt }),
  )
  const other = await clinic.takeSlot(doctorId)
  await call('the front desk books any doctor', () =>
    bookAppointment(desk, { patientId, visitTypeId, startAt: other }),
  )
  const inTheNight = {
    startAt: '2031-01-05T01:00',
    endAt: '2031-01-05T01:30',
    overrideReason: 'An emergency',
  }
  const { appointment } = await call('the front desk books outside the hours', () =>
    bookAppointment(desk, { doctorId, patientId, ...inTheNight }),
  )
  await call('the front desk cancels', () =>
    cancelAppointment(desk, { id: appointment.id, reason: 'Has called' }),
  )
}

async function refuseBookings({ cast, as, ...clinic }: Explained, { call, refused }: Recorder) {
  const { doctors, visitTypeId, patientId, newPatientId } = cast
  const [doctorId, colleague] = doctors
  const patient = clinic.context(as.patient)
  const newcomer = clinic.context(as.newPatient)
  const desk = clinic.context(as.desk)
  const startAt = await clinic.takeSlot(doctorId)
  const endAt = later(startAt, 20)
  await call('the slot that others want afterwards', () =>
    bookAppointment(desk, { doctorId, patientId, startAt, endAt }),
  )
  const key = clinic.keyed(as.newPatient)
  const wanted = { doctorId, visitTypeId, startAt }
  await refused('a patient books what is taken', 'slot_taken', () => bookAppointment(key, wanted))
  await refused('… and again with the same key', 'slot_taken', () => bookAppointment(key, wanted))
  await refused('the front desk books what is taken', 'slot_taken', () =>
    bookAppointment(desk, { doctorId, patientId: newPatientId, startAt, endAt }),
  )
  await refused('a busy patient books any doctor', 'patient_busy', () =>
    bookAppointment(desk, { patientId, visitTypeId, startAt }),
  )
  await refused('the front desk books for a busy patient', 'patient_busy', () =>
    bookAppointment(desk, { doctorId: colleague, patientId, startAt, endAt, overrideReason: 'As asked' }),
  )
  await refused('a patient books in the night', 'outside_hours', () =>
    bookAppointment(newcomer, { doctorId, visitTypeId, startAt: nightAfter(startAt) }),
  )
  await refused('a patient books any doctor in the night', 'outside_hours', () =>
    bookAppointment(newcomer, { visitTypeId, locationId: cast.locationId, startAt: nightAfter(startAt) }),
  )
  await refused('the front desk books in the night', 'outside_hours', () =>
    bookAppointment(desk, { patientId: newPatientId, visitTypeId, doctorId, startAt: nightAfter(startAt) }),
  )
  await refused('a patient books at once what needs notice', 'short_notice', () =>
    bookAppointment(
      { ...newcomer, now: new Date(Date.parse(startAt) - 60_000) },
      { doctorId, visitTypeId, startAt },
    ),
  )
  await refused('a patient books an unknown doctor', 'NotFound', () =>
    bookAppointment(patient, { doctorId: 2_000_000_000, visitTypeId, startAt }),
  )
}

async function move({ cast, as, ...clinic }: Explained, { call, refused }: Recorder) {
  const { doctors, visitTypeId, cappedVisitTypeId } = cast
  const [doctorId, colleague, third] = doctors
  const patient = clinic.context(as.patient)
  const desk = clinic.context(as.desk)
  const { appointment } = await call('a patient books what will be moved', async () =>
    bookAppointment(patient, { doctorId, visitTypeId, startAt: await clinic.takeSlot(doctorId) }),
  )
  const { id } = appointment
  const key = clinic.keyed(as.patient)
  const startAt = await clinic.takeSlot(doctorId)
  await call('a patient moves', () => rescheduleAppointment(key, { id, startAt }))
  await call('… and again with the same key', () => rescheduleAppointment(key, { id, startAt }))
  const toColleague = await clinic.takeSlot(colleague)
  await call('a patient moves to another doctor', () =>
    rescheduleAppointment(patient, { id, startAt: toColleague, doctorId: colleague }),
  )
  await refused('a patient moves into the night', 'outside_hours', () =>
    rescheduleAppointment(patient, { id, startAt: nightAfter(toColleague) }),
  )
  const toThird = await clinic.takeSlot(third)
  await call('the front desk moves to another doctor', () =>
    rescheduleAppointment(desk, { id, startAt: toThird, doctorId: third }),
  )
  await refused('the front desk moves into the night', 'outside_hours', () =>
    rescheduleAppointment(desk, { id, startAt: nightAfter(toThird) }),
  )
  await call('the front desk moves outside the hours', () =>
    rescheduleAppointment(desk, { id, startAt: '2031-01-06T01:00', overrideReason: 'As asked' }),
  )
  const capped = await clinic.takeSlot(doctorId, cappedVisitTypeId)
  const booked = await call('a patient books a capped visit that will be moved', () =>
    bookAppointment(patient, { doctorId, visitTypeId: cappedVisitTypeId, startAt: capped }),
  )
  const next = await clinic.takeSlot(doctorId, cappedVisitTypeId)
  await call('a patient moves a visit with a daily cap', () =>
    rescheduleAppointment(patient, { id: booked.appointment.id, startAt: next }),
  )
}

/** The day of a walk-in. */
async function runTheDay({ cast, as, now, ...clinic }: Explained, { call, refused }: Recorder) {
  const desk = clinic.context(as.desk)
  const admin = clinic.context(as.admin)
  const doctorId = await findFreeDoctor(clinic.sql)
  const wish = { doctorId, patientId: cast.newPatientId, endAt: later(now.toISOString(), 30) }
  const key = clinic.keyed(as.desk)
  const walkIn = { ...wish, overrideReason: 'Is at the desk' }
  const { appointment } = await call('a patient walks in', () => takeWalkIn(key, walkIn))
  await call('… and again with the same key', () => takeWalkIn(key, walkIn))
  const { id } = appointment
  const doctor = clinic.context(await openDoctor(clinic.sql, doctorId))
  await refused('another walks in at the same time', 'slot_taken', () =>
    takeWalkIn(desk, { ...walkIn, patientId: cast.patientId }),
  )
  await call('a doctor starts', () => startAppointment(doctor, id))
  await call('a start is undone', () => undo(desk, id, 'undo start'))
  await call('a doctor leaves a note', () => leaveNote(doctor, { id, note: 'Needs a wheelchair' }))
  await call('a doctor completes', () => completeAppointment(doctor, id))
  await call('a completion is undone', () => undo(desk, id, 'undo completion'))
  await call('a check-in is undone', () => undo(desk, id, 'undo check-in'))
  await call('the front desk checks in', () => checkIn(desk, id))
  await call('a check-in is undone again', () => undo(doctor, id, 'undo check-in'))
  const minuteLater = clinic.context(as.desk, { now: new Date(now.getTime() + 60_000) })
  await call('a patient does not come', () => markNoShow(minuteLater, id))
  await call('a no-show is undone', () => undo(minuteLater, id, 'undo no-show'))
  await call('an admin cancels', () => cancelAppointment(admin, { id, reason: 'By mistake' }))
  await call('a cancellation is undone', () => undoLastChange(desk, { id }))
}

async function findFreeDoctor(sql: Explained['sql']): Promise<number> {
  const { rows } = await sql.query(`
    select id::int from doctors
    where not exists (
      select from claims
      where claims.resource_id = doctors.resource_id
      and during && tstzrange(now() - interval '3 hours', now() + interval '3 hours')
    )
    order by id limit 1`)
  return rows[0].id
}

const later = (startAt: string, minutes: number) =>
  new Date(Date.parse(startAt) + minutes * 60_000).toISOString()

/** On the location's wall clock, outside all hours. */
const nightAfter = (startAt: string) => `${startAt.slice(0, 10)}T03:00`
