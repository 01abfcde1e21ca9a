import { liftLegalHold, placeLegalHold } from '../../src/clinic/patients/legal-hold.ts'
import { erasePatient } from '../../src/clinic/retention/erase-patient.ts'
import { readErasurePage, readOwnErasurePage } from '../../src/clinic/retention/read-erasure-page.ts'
import type { Explained } from './clinic.ts'
import type { Recorder } from './recorder.ts'

/** Holds a patient for the law, and erases them. No one can act for them afterwards, so this comes last. */
export async function erasePatients({ cast, as, ...clinic }: Explained, { call, refused }: Recorder) {
  const { newPatientId: patientId } = cast
  const desk = clinic.context(as.desk)
  const admin = clinic.context(as.admin)
  await call('a patient is put on legal hold', () =>
    placeLegalHold(admin, { patientId, reason: 'A court asked' }),
  )
  await refused('a patient on legal hold is erased', 'on_legal_hold', () => erasePatient(desk, { patientId }))
  await call('a legal hold is lifted', () => liftLegalHold(admin, patientId))
  await call('what an erasure takes is read', () => readErasurePage(desk, patientId))
  await call('a patient reads what their erasure takes', () => readOwnErasurePage(clinic.context(as.patient)))
  await call('a patient is erased', () => erasePatient(desk, { patientId, cancelAppointments: true }))
}
