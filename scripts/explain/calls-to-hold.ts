import { bookHold } from '../../src/clinic/appointments/book-hold.ts'
import { extendHold } from '../../src/clinic/appointments/extend-hold.ts'
import { holdSlot } from '../../src/clinic/appointments/hold.ts'
import { findHold } from '../../src/clinic/appointments/holds.ts'
import { readHoldPage } from '../../src/clinic/appointments/read-hold-page.ts'
import { releaseHold } from '../../src/clinic/appointments/release-hold.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** Holds slots in every way, and books, extends and releases the holds. */
export const callsToHold: Calls[] = [holdAsPatient, holdInBrowser, holdAsDesk, comeTooLate]

async function holdAsPatient({ cast, as, ...clinic }: Explained, { call, refused }: Recorder) {
  const { doctors, visitTypeId, cappedVisitTypeId, patientId } = cast
  const [doctorId] = doctors
  const patient = clinic.context(as.patient)
  const key = clinic.keyed(as.patient)
  const wish = { doctorId, visitTypeId, startAt: await clinic.takeSlot(doctorId) }
  const { appointment } = await call('a patient holds, with a key', () => holdSlot(key, wish))
  await call('… and again with the same key', () => holdSlot(key, wish))
  await call('a patient holds what they hold', () => holdSlot(patient, wish))
  const { id } = appointment
  await call('a hold is read', () => findHold(patient, id))
  await call('the page of a hold is read', () => readHoldPage(patient, id))
  await call('a hold is extended', () => extendHold(patient, id))
  await refused('a hold is extended once more', 'already_extended', () => extendHold(patient, id))
  const capped = await clinic.takeSlot(doctorId, cappedVisitTypeId)
  const second = await call('a patient holds a visit with a daily cap of any doctor', () =>
    holdSlot(patient, { visitTypeId: cappedVisitTypeId, startAt: capped }),
  )
  const third = await clinic.takeSlot(doctorId)
  await refused('a patient holds a third', 'too_many_holds', () =>
    holdSlot(patient, { doctorId, visitTypeId, startAt: third }),
  )
  const again = clinic.keyed(as.patient)
  const booking = { holdId: id, patientId, reasonForVisit: 'A cough' }
  await call('a patient books what they hold', () => bookHold(again, booking))
  await call('… and again with the same key', () => bookHold(again, booking))
  await call('a patient books a hold with a daily cap', () =>
    bookHold(patient, { holdId: second.appointment.id }),
  )
}

async function holdInBrowser({ cast, as, ...clinic }: Explained, { call, refused }: Recorder) {
  const { doctors, visitTypeId, patientId } = cast
  const [doctorId] = doctors
  const browser = { id: crypto.randomUUID(), addressHash: 'filler-1' }
  const source = { networkHash: 'filler-1', widerHash: 'filler-1', place: null, device: null }
  const stranger = clinic.context(as.stranger, { browser, source })
  const first = await clinic.takeSlot(doctorId)
  const wish = { doctorId, visitTypeId, startAt: first }
  await call('a browser holds', () => holdSlot(stranger, wish))
  await call('a browser holds what it holds', () => holdSlot(stranger, wish))
  const second = await clinic.takeSlot(doctorId)
  const { appointment } = await call('a browser holds another, of any doctor', () =>
    holdSlot(stranger, { visitTypeId, startAt: second }),
  )
  const { id } = appointment
  await call('the page of a hold is read by its browser', () => readHoldPage(stranger, id))
  const other = clinic.context(as.stranger, { browser: { id: crypto.randomUUID(), addressHash: 'filler-1' } })
  await refused('another browser holds the same', 'slot_taken', () =>
    holdSlot(other, { doctorId: appointment.doctor.id, visitTypeId, startAt: second }),
  )
  await refused('another browser looks at it', 'NotFound', () => readHoldPage(other, id))
  const signedIn = clinic.context(as.patient, { browser })
  await call('the page of a hold is read after signing in', () => readHoldPage(signedIn, id))
  await call('a patient who has signed in books the hold of the browser', () =>
    bookHold(signedIn, { holdId: id, patientId }),
  )
  const third = await clinic.takeSlot(doctorId)
  const last = await call('a browser holds after signing in', () =>
    holdSlot(signedIn, { doctorId, visitTypeId, startAt: third }),
  )
  await call('a hold is released', () => releaseHold(signedIn, last.appointment.id))
  await call('a hold is released again', () => releaseHold(signedIn, last.appointment.id))
}

async function holdAsDesk({ cast, as, ...clinic }: Explained, { call }: Recorder) {
  const { doctors, patientId, partOfName, visitTypeId } = cast
  const [doctorId] = doctors
  const desk = clinic.context(as.desk)
  const startAt = await clinic.takeSlot(doctorId)
  const endAt = new Date(Date.parse(startAt) + 25 * 60_000).toISOString()
  const { appointment } = await call('the front desk holds without a patient', () =>
    holdSlot(desk, { doctorId, startAt, endAt }),
  )
  await call('the page of a hold is read by the front desk', () => readHoldPage(desk, appointment.id))
  await call('… which looks for a patient', () => readHoldPage(desk, appointment.id, { typed: partOfName }))
  await call('… which has chosen one', () => readHoldPage(desk, appointment.id, { chosenId: patientId }))
  await call('the front desk books what it holds', () =>
    bookHold(desk, { holdId: appointment.id, patientId }),
  )
  const other = await clinic.takeSlot(doctorId)
  await call('the front desk holds for a patient', () =>
    holdSlot(desk, { doctorId, visitTypeId, patientId: cast.newPatientId, startAt: other }),
  )
}

/** Expired holds: another patient wants the slot, or their holder books after all. */
async function comeTooLate({ cast, as, now, ...clinic }: Explained, { call, refused }: Recorder) {
  const { doctors, visitTypeId, cappedVisitTypeId } = cast
  const [doctorId] = doctors
  const earlier = { now: new Date(now.getTime() - 20 * 60_000) }
  const holder = clinic.context(as.newPatient, earlier)
  const taken = await clinic.takeSlot(doctorId)
  const first = await call('a patient holds, a while ago', () =>
    holdSlot(holder, { doctorId, visitTypeId, startAt: taken }),
  )
  const patient = clinic.context(as.patient)
  const other = await call('another holds what has expired', () =>
    holdSlot(patient, { doctorId, visitTypeId, startAt: taken }),
  )
  const late = clinic.context(as.newPatient)
  await refused('a hold is booked whose slot another patient has by now', 'hold_expired', () =>
    bookHold(late, { holdId: first.appointment.id }),
  )
  await call('the page of a lost hold is read', () => readHoldPage(late, first.appointment.id))
  await refused('a lost hold is extended', 'hold_expired', () => extendHold(late, first.appointment.id))
  await refused('a lost hold is read', 'NotFound', () => findHold(late, first.appointment.id))
  // Both act through one account, which may hold only so many.
  await releaseHold(patient, other.appointment.id)
  const free = await clinic.takeSlot(doctorId, cappedVisitTypeId)
  const second = await call('a patient holds another, a while ago', () =>
    holdSlot(holder, { doctorId, visitTypeId: cappedVisitTypeId, startAt: free }),
  )
  await call('a hold is booked that has expired', () => bookHold(late, { holdId: second.appointment.id }))
}
