import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { readDeskBooking } from '../../src/clinic/appointments/read-desk-booking.ts'
import { readMovePage } from '../../src/clinic/appointments/read-move-page.ts'
import { findNextFree } from '../../src/clinic/availability/find-next-free.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** What the front desk reads while it books and moves. */
export const callsAtTheDesk: Calls[] = [bookAtTheDesk, moveAtTheDesk]

async function bookAtTheDesk({ cast, as, ...clinic }: Explained, { call }: Recorder) {
  const { doctors, locationId, visitTypeId, patientId } = cast
  const [doctorId] = doctors
  const desk = clinic.context(as.desk)
  const startAt = await clinic.takeSlot(doctorId)
  const time = { doctorId, startAt, locationId, visitTypeId, patientId }
  await call('the front desk opens a free minute', () =>
    readDeskBooking(desk, { time, doctorId, locationId }),
  )
  await call('… finds the patient', () =>
    readDeskBooking(desk, { time, doctorId, locationId, typed: 'san', wasRefused: true }),
  )
  for (const part of ['an', 'x', 'zzq', '50%_'])
    await call(`… looking for “${part}”`, () => readDeskBooking(desk, { time, typed: part }))
  await call('… chooses a patient', () =>
    readDeskBooking(desk, { time, chosenId: patientId, wasRefused: true }),
  )
  await call('… chooses nothing yet', () => readDeskBooking(desk, { time: null }))
  const doctor = clinic.context(as.doctor)
  await call('a doctor opens the form for one of their patients', () =>
    readDeskBooking(doctor, { time: null, chosenId: patientId }),
  )
  await call('the front desk asks for the next free time', () => findNextFree(desk, { locationId }))
  await call('… for a visit type', () => findNextFree(desk, { locationId, visitTypeId }))
  await call('… of a doctor', () => findNextFree(desk, { locationId, visitTypeId, doctorId }))
}

async function moveAtTheDesk({ cast, as, ...clinic }: Explained, { call }: Recorder) {
  const { doctors, locationId, visitTypeId, patientId } = cast
  const [doctorId] = doctors
  const desk = clinic.context(as.desk)
  const startAt = await clinic.takeSlot(doctorId)
  const { appointment } = await call('the front desk books', () =>
    bookAppointment(desk, { doctorId, patientId, visitTypeId, startAt }),
  )
  await call('… looks where else it could be', () => readMovePage(desk, appointment.id, {}))
  await call('… on another day, after a refusal', () =>
    readMovePage(desk, appointment.id, { on: '2031-01-06', locationId, refused: { doctorId, startAt } }),
  )
}
