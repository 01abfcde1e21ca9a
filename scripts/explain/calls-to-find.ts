import { appointmentStatuses, findAppointment } from '../../src/clinic/appointments/find.ts'
import { lapseRequests } from '../../src/clinic/appointments/lapse-requests.ts'
import { readAppointmentsPage } from '../../src/clinic/appointments/read-appointments-page.ts'
import { readTimesPage } from '../../src/clinic/appointments/read-times-page.ts'
import { type SearchAppointments, searchAppointments } from '../../src/clinic/appointments/search.ts'
import { checkHealth } from '../../src/clinic/health/check.ts'
import { countFailures } from '../../src/clinic/health/count-failures.ts'
import { findPatients } from '../../src/clinic/patients/find.ts'
import { readPatientPage } from '../../src/clinic/patients/read-patient-page.ts'
import { findPatient } from '../../src/clinic/patients/record.ts'
import { searchPatients } from '../../src/clinic/patients/search.ts'
import { forgetOld } from '../../src/clinic/retention/forget.ts'
import { readPlanPage } from '../../src/clinic/series/read-plan-page.ts'
import { verifyEvents } from '../../src/clinic/verify-events.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** Finds appointments, patients and events with every filter, as every role. */
export const callsToFind: Calls[] = [searchLists, readPages, findOne, listPatients, seeHealth]

async function searchLists({ cast, as, now, ...clinic }: Explained, { call }: Recorder) {
  const { doctors, locationId, patientId, newPatientId, middle } = cast
  const long = { from: new Date('1970-01-01'), to: new Date('2100-01-01') }
  const filters: Record<string, Omit<SearchAppointments, 'limit'>> = {
    'all of 30 days': {},
    'all there ever were': long,
    'after a page in the middle': { ...long, after: middle },
    'of one doctor': { doctorId: doctors[0] },
    'of one doctor, all': { ...long, doctorId: doctors[0] },
    'of one patient': { patientId },
    'of one patient, all': { ...long, patientId },
    'of a patient without any': { ...long, patientId: newPatientId },
    'of a doctor and a patient': { ...long, doctorId: doctors[0], patientId: newPatientId },
    'of a location': { locationId },
    'of a location, all, after a page': { ...long, locationId, after: middle },
    'of a location and a patient': { ...long, locationId, patientId: newPatientId },
    ...Object.fromEntries(appointmentStatuses.map((status) => [`that are ${status}`, { status }])),
    ...Object.fromEntries(
      appointmentStatuses.map((status) => [`that are ${status}, all`, { ...long, status }]),
    ),
    'of one doctor that are arrived': { ...long, doctorId: doctors[0], status: 'arrived' },
    'of one location that are arrived': { ...long, locationId, status: 'arrived' },
    'from a year ahead': { from: new Date(now.getTime() + 365 * 86_400_000) },
  }
  for (const [name, filter] of Object.entries(filters))
    for (const [who, actor] of [
      ['the front desk', as.desk],
      ['a patient', as.patient],
      ['a doctor', as.doctor],
    ] as const)
      await call(`${who} lists appointments ${name}`, () =>
        searchAppointments(clinic.context(actor), { ...filter, limit: 100 }),
      )
}

async function readPages({ cast, as, ...clinic }: Explained, { call }: Recorder) {
  const { locationId, middle: after } = cast
  const pages = {
    'to come': { when: 'upcoming' },
    'that are past': { when: 'past' },
    'that were cancelled': { when: 'cancelled' },
  } as const
  const whos = {
    'a patient': as.patient,
    'a newcomer': as.newPatient,
    'a doctor': as.doctor,
    'the front desk': as.desk,
  }
  for (const [who, actor] of Object.entries(whos))
    for (const [what, asked] of Object.entries(pages)) {
      const ctx = clinic.context(actor)
      await call(`${who} reads the page of those ${what}`, () => readAppointmentsPage(ctx, asked))
      await call(`… of a location`, () => readAppointmentsPage(ctx, { ...asked, locationId }))
      await call(`… after another page`, () => readAppointmentsPage(ctx, { ...asked, after }))
      await call(`… of a location after another page`, () =>
        readAppointmentsPage(ctx, { ...asked, locationId, after }),
      )
    }
}

async function findOne({ cast, as, ...clinic }: Explained, { call, refused }: Recorder) {
  const { appointmentId: id, doctors, visitTypeId } = cast
  const doctor = clinic.context(as.doctor)
  const desk = clinic.context(as.desk)
  await call('an appointment is read by its doctor', () => findAppointment(doctor, id))
  await refused('an appointment is read by another patient', 'NotFound', () =>
    findAppointment(clinic.context(as.newPatient), id),
  )
  await call('a plan for a series is begun', () => readPlanPage(desk, { doctorId: doctors[0], typed: 'an' }))
  await call('where an appointment could move to is read', () =>
    readTimesPage(desk, id, { visitTypeId, doctorId: doctors[0], limit: 20 }),
  )
  await call('an appointment to be moved is read', () => readTimesPage(desk, id, null))
  await call('every event is verified', () => verifyEvents(clinic.unhurriedDb))
  await call('requests lapse', () => lapseRequests(clinic.context(as.system)))
  await call('old data is deleted', () => forgetOld(clinic.context(as.system)))
}

async function listPatients({ cast, as, ...clinic }: Explained, { call, refused }: Recorder) {
  const { newPatientId, partOfName } = cast
  const whos = { 'the front desk': as.desk, 'a patient': as.patient, 'a doctor': as.doctor }
  for (const [who, actor] of Object.entries(whos)) {
    const ctx = clinic.context(actor)
    const { patients } = await call(`${who} lists patients`, () => findPatients(ctx, { limit: 100 }))
    await call('… and reads one', () => findPatient(ctx, patients.at(-1)?.id ?? 0))
    await call('… after a page in the middle', () =>
      findPatients(ctx, { limit: 100, after: Math.floor(newPatientId / 2) }),
    )
    for (const name of [partOfName, 'an', 'x', 'zzq', 'zz', '50%_'])
      await call(`${who} lists patients named “${name}”`, () => findPatients(ctx, { name, limit: 100 }))
  }
  for (const [who, actor] of Object.entries(whos))
    for (const q of [partOfName, 'an', 'patient zero', 'pat zer 1990', '17.5.1990', '1234', 'a@example.com'])
      await call(`${who} searches patients for “${q}”`, () => searchPatients(clinic.context(actor), { q }))
  await call('the page of a patient is read', () => readPatientPage(clinic.context(as.desk), newPatientId))
  await refused('a patient is read by another', 'NotFound', () =>
    findPatient(clinic.context(as.patient), newPatientId),
  )
}

async function seeHealth({ cast, as, now, ...clinic }: Explained, { call }: Recorder) {
  const { appointmentId, doctors } = cast
  const failure = { at: now, door: 'web', code: 'slot_taken' } as const
  const failures = [
    { ...failure, doctorId: doctors[0] },
    { ...failure, appointmentId },
  ]
  await call('the health is asked for', () => checkHealth(clinic.context(as.stranger)))
  await call('failures are counted', () => countFailures(clinic.context(as.system), failures))
}
