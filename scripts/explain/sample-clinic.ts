import type { RegisteredOperation } from '../../src/api/description/registry.ts'
import type { SampleClinic } from '../../src/api/description/sample.ts'
import { beginSession } from '../../src/clinic/appointments/begin-session.ts'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { completeAppointment } from '../../src/clinic/appointments/complete.ts'
import { holdSlot } from '../../src/clinic/appointments/hold.ts'
import { markNoShow } from '../../src/clinic/appointments/mark-no-show.ts'
import { mergePatients } from '../../src/clinic/appointments/merge-patients.ts'
import { undo } from '../../src/clinic/appointments/undo.ts'
import { takeWalkIn } from '../../src/clinic/appointments/walk-in.ts'
import { bookSeries } from '../../src/clinic/series/book.ts'
import type { Explained } from './clinic.ts'
import {
  account,
  asRequest,
  atWork,
  groupOf,
  newAbsence,
  newLink,
  newMessage,
  newRequest,
  newRoom,
} from './sample-rows.ts'

/** Aims sample calls at the busiest of each kind. What a call changes as a whole is new instead. */
export function openSampleClinic(clinic: Explained): SampleClinic {
  const { cast, as, now } = clinic
  const { visitTypeId, patientId, locationId } = cast
  const [doctorId] = cast.doctors
  const desk = clinic.context(as.desk)
  const newName = namesOf('Explained')
  const idOf = async (query: string): Promise<number> => (await clinic.sql.query(query)).rows[0].id
  const newPatient = () => idOf(`insert into patients (name) values ('${newName()}') returning id::int`)

  /** At work around the clock, without an appointment. */
  const newDoctor = () => idOf(atWork(locationId, newName(), visitTypeId))

  async function patientFor(operation?: RegisteredOperation): Promise<number> {
    const id = operation?.right && aloneWith.includes(operation.right) ? await newPatient() : patientId
    if (isUnmerge(operation)) await mergePatients(desk, { id, intoId: await newPatient() })
    return id
  }

  async function wish() {
    return { doctorId, patientId, visitTypeId, startAt: await clinic.takeSlot(doctorId) }
  }

  async function bookOne(operation?: RegisteredOperation) {
    const id = idOfDone(await bookAppointment(desk, await wish()))
    return isOfRequest(operation) ? idOf(asRequest(id)) : id
  }
  const groups = openGroups(clinic, newName)

  const { series, from } = openSeries(clinic, newDoctor, newPatient)
  return {
    things: {
      doctors: async ({ operation }) => (isReplaced(operation) ? newDoctor() : doctorId),
      ...{ locations: async () => locationId, flags: async () => 'balance' },
      patients: ({ operation }) => patientFor(operation),
      'visit-types': () =>
        idOf(`insert into visit_types (name, minutes) values ('${newName()}', 30) returning id::int`),
      async appointments({ operation }) {
        const { status = 'booked', isToday } = operation?.appointment ?? {}
        return isToday
          ? appointmentOfToday(clinic, await newDoctor(), await newPatient(), status)
          : bookOne(operation)
      },
      sessions: groups.begin,
      series,
      holds: async () => idOfDone(await holdSlot(desk, { ...(await wish()), patientId: await newPatient() })),
      ...absencesAt(idOf, doctorId, locationId),
      'correction-requests': async () => idOf(newRequest(await newPatient())),
      messages: async ({ operation }) => idOf(newMessage(await bookOne(), cast.accountId, operation)),
      accounts: ({ parent }) => idOf(parent ? newLink(parent) : account(8)),
      'api-keys': () => idOf('select max(id)::int as id from api_keys'),
    },
    fields: {
      doctor_id: (operation) => (isWalkIn(operation) || isSeries(operation) ? newDoctor() : doctorId),
      patient_id: (operation) => (isOfNewPatient(operation) ? newPatient() : patientId),
      into_id: newPatient,
      from,
      visit_type_id: (operation) => (isOfGroup(operation) ? groups.define() : visitTypeId),
      visit_type_ids: () => [visitTypeId],
      location_id: () => locationId,
      owner_id: () => idOf(`select id::int from accounts where email = 'explained-admin@example.com'`),
      start_at: () => clinic.takeSlot(doctorId),
      ...daysAfter(now),
      expires_at: () => new Date(now.getTime() + 86_400_000).toISOString(),
      name: newName,
      email: (operation) => emailFor(clinic, operation),
    },
  }
}

/** Series of three days, each of a new doctor and patient: one that is changed is named in the body and in the address. */
function openSeries(clinic: Explained, newDoctor: () => Promise<number>, newPatient: () => Promise<number>) {
  const [busiest] = clinic.cast.doctors
  let named: { id: number; from: number } | undefined
  async function begin() {
    const booked = await bookSeries(clinic.context(clinic.as.desk), {
      doctorId: await newDoctor(),
      patientId: await newPatient(),
      visitTypeId: clinic.cast.visitTypeId,
      startAt: await clinic.takeSlot(busiest),
      rule: { every: 1, unit: 'day', count: 3 },
      // A date may lie behind the horizon, or on a holiday.
      overrideReason: 'Explained',
    })
    if (!booked.ok) throw new Error(`The sample series is refused: ${booked.refusal}.`)
    return { id: booked.series.id, from: booked.series.appointments[0]?.id ?? 0 }
  }
  return {
    async series() {
      const { id } = named ?? (await begin())
      named = undefined
      return id
    },
    async from() {
      named = await begin()
      return named.from
    },
  }
}

/** A walk-in that is brought to the status. */
async function appointmentOfToday(
  clinic: Explained,
  doctorId: number,
  patientId: number,
  status: string,
): Promise<number> {
  const { cast, as, now } = clinic
  const desk = clinic.context(as.desk)
  const walkIn = { doctorId, patientId, visitTypeId: cast.visitTypeId }
  const id = idOfDone(await takeWalkIn(desk, walkIn))
  const minuteLater = clinic.context(as.desk, { now: new Date(now.getTime() + 60_000) })
  if (status === 'fulfilled') await completeAppointment(desk, id)
  if (status === 'booked' || status === 'noshow') await undo(desk, id, 'undo check-in')
  if (status === 'noshow') await markNoShow(minuteLater, id)
  return id
}

/** Groups of the busiest doctor, and their sessions. */
function openGroups(clinic: Explained, newName: () => string) {
  const [doctorId] = clinic.cast.doctors
  const desk = clinic.context(clinic.as.desk)
  const define = async (): Promise<number> =>
    (await clinic.sql.query(groupOf(doctorId, newName()))).rows[0].id
  const begin = async () =>
    idOfDone(
      await beginSession(desk, {
        doctorId,
        visitTypeId: await define(),
        startAt: await clinic.takeSlot(doctorId),
      }),
    )
  return { define, begin }
}

/** A new address; to link a patient, of a new account. */
async function emailFor({ sql }: Explained, { operationId }: RegisteredOperation): Promise<string> {
  const email = `${crypto.randomUUID()}@example.com`
  const account = `insert into accounts (email, name, terms_accepted_at) values ('${email}', 'Explained', now())`
  if (operationId === 'linkPatient') await sql.query(account)
  return email
}

function namesOf(kind: string): () => string {
  let names = 0
  return () => `${kind} ${names++}`
}

const isReplaced = (operation?: RegisteredOperation) => operation?.right === 'manage doctors'
/** The busiest doctor may not be at work just now. */
const isWalkIn = (operation: RegisteredOperation) => operation.right === 'take walk-ins'
/** Of someone who is busy on one of its dates, nothing would be booked. */
const isSeries = ({ operationId }: RegisteredOperation) =>
  ['bookSeries', 'previewSeries'].includes(operationId)
/** What later calls need another patient after. */
const aloneWith: string[] = ['merge patients', 'erase patients', 'hold patients']

/** A patient has only so many holds, and later calls need them. */
const isHold = (operation: RegisteredOperation) => operation.right === 'hold slots'

const isOfRequest = (operation?: RegisteredOperation) =>
  ['confirmAppointment', 'declineAppointment'].includes(operation?.operationId ?? '')

const isOfGroup = (operation: RegisteredOperation) => operation.operationId === 'beginSession'
const isUnmerge = (operation?: RegisteredOperation) => operation?.operationId === 'unmergePatients'
/** To the same patient it would change nothing. */
const isReassignment = (operation: RegisteredOperation) => operation.right === 'reassign appointments'

const isOfNewPatient = (operation: RegisteredOperation) =>
  isWalkIn(operation) || isHold(operation) || isReassignment(operation) || isSeries(operation)

type Done = { ok: true; appointment: { id: number } } | { ok: false; refusal: string }

function idOfDone(done: Done): number {
  if (!done.ok) throw new Error(`The appointment of a sample call was refused: ${done.refusal}.`)
  return done.appointment.id
}

function absencesAt(idOf: (query: string) => Promise<number>, doctorId: number, locationId: number) {
  return {
    resources: () => idOf(newRoom(locationId)),
    absences: ({ parent }: { parent: number | string | undefined }) => idOf(newAbsence(parent)),
    'time-off': () => idOf(`select max(id)::int as id from time_off where doctor_id = ${doctorId}`),
    closures: () => idOf(`select max(id)::int as id from closures where location_id = ${locationId}`),
  }
}

const daysAfter = (now: Date) => ({
  on: () => new Date(now.getTime() + 7 * 86_400_000).toISOString().slice(0, 10),
  start_local: () => '2031-12-24T00:00',
  end_local: () => '2031-12-27T00:00',
})
