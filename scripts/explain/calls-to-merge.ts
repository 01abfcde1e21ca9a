import { comparePatients } from '../../src/clinic/appointments/compare-patients.ts'
import { mergePatients } from '../../src/clinic/appointments/merge-patients.ts'
import { reassignAppointment } from '../../src/clinic/appointments/reassign.ts'
import {
  readReassignment,
  searchForMerge,
  searchForReassignment,
} from '../../src/clinic/appointments/search-others.ts'
import { unmergePatients } from '../../src/clinic/appointments/unmerge-patients.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

export const callsToMerge: Calls[] = [mergeRecords]

/** Merges a record into that of the busiest patient, and takes it back. */
async function mergeRecords({ cast, as, sql, ...clinic }: Explained, { call }: Recorder) {
  const desk = clinic.context(as.desk)
  const { patientId: intoId } = cast
  const idOf = async (query: string): Promise<number> => (await sql.query(query)).rows[0].id
  const id = await idOf(`insert into patients (name) values ('Explained Twice') returning id::int`)
  const appointmentId = await idOf(
    `select max(id)::int as id from appointments where status = 'fulfilled' and patient_id = ${intoId}`,
  )
  await call('the other record is searched', () => searchForMerge(desk, id, 'patient zero'))
  await call('two records are compared', () => comparePatients(desk, id, intoId))
  await call('records are merged', () => mergePatients(desk, { id, intoId, confirmed: true }))
  await call('a merge is undone', () => unmergePatients(desk, { id }))
  await call('another patient is searched', () => searchForReassignment(desk, appointmentId, '1234'))
  await call('another patient is chosen', () => readReassignment(desk, appointmentId, id))
  await call('an appointment is reassigned', () =>
    reassignAppointment(desk, { id: appointmentId, patientId: id, reason: 'Wrong person' }),
  )
}
