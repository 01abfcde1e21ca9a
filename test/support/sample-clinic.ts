import type { RegisteredOperation } from '../../src/api/description/registry.ts'
import type { SampleClinic } from '../../src/api/description/sample.ts'
import { rights } from '../../src/clinic/accounts/guard.ts'
import { checkIn } from '../../src/clinic/appointments/check-in.ts'
import { completeAppointment } from '../../src/clinic/appointments/complete.ts'
import { markNoShow } from '../../src/clinic/appointments/mark-no-show.ts'
import { mergePatients } from '../../src/clinic/appointments/merge-patients.ts'
import type { Person } from '../../src/clinic/context.ts'
import { type MessageLink, signLink } from '../../src/clinic/messages/links.ts'
import { bookSeries } from '../../src/clinic/series/book.ts'
import { secretsOf } from '../../src/clinic/sign.ts'
import { signTicket } from '../../src/clinic/walk-ins/ticket.ts'
import { authSecret, type Clinic } from './clinic.ts'
import { enterMessage } from './messages.ts'
import {
  addResource,
  defineVisitType,
  giveKey,
  givePasskey,
  hireDoctor,
  openAccount,
  openSession,
  registerPatient,
} from './people.ts'

/** The doctor and the patient that callers may act for; by default every call gets new ones. */
interface Own {
  doctor?: number
  patient?: number
}

/**
 * A clinic in which every sample call succeeds without affecting the others: each gets its own data, with different
 * names, reasons and times.
 */
export function openSampleClinic(clinic: Clinic, own: Own = {}): SampleClinic {
  const { sql } = clinic
  let calls = 0
  const idOf = async (query: string, values: unknown[] = []): Promise<number> =>
    Number((await sql.query(query, values)).rows[0].id)

  const doctorFor = (operation?: RegisteredOperation) =>
    mayCall('doctor', operation) && own.doctor ? Promise.resolve(own.doctor) : hireDoctor(sql)
  const patientFor = (operation?: RegisteredOperation) =>
    mayCall('patient', operation) && own.patient ? Promise.resolve(own.patient) : registerPatient(sql)

  /** Today at midnight in Jakarta, or an unused hour of 2032. */
  async function enter(status: string, isToday = false): Promise<number> {
    const hour = new Date(Date.UTC(2032, 0, 1, calls++))
    return idOf(
      `insert into appointments (doctor_id, patient_id, visit_type_id, status, start_at, end_at, hold_expires_at)
       select
         $1, $2, $3, $4, start, start + interval '30 minutes',
         case when $4 = 'pending' then now() + interval '10 minutes' end
       from coalesce($5, date_trunc('day', now(), 'Asia/Jakarta')) start
       returning id`,
      [
        own.doctor ?? (await hireDoctor(sql)),
        own.patient ?? (await registerPatient(sql)),
        await defineVisitType(sql),
        status,
        isToday ? null : hour,
      ],
    )
  }

  const steps = {
    booked: [],
    arrived: [checkIn],
    fulfilled: [checkIn, completeAppointment],
    noshow: [markNoShow],
  }
  async function enterAppointment({ status = 'booked', isToday }: RegisteredOperation['appointment'] = {}) {
    if (status === 'pending') {
      const id = await enter('pending')
      await sql.query('update appointments set awaits_approval = true where id = $1', [id])
      return id
    }
    const id = await enter('booked', isToday)
    for (const step of steps[status as keyof typeof steps]) await step(clinic.context(), id)
    return id
  }

  /** Two appointments, a year apart; by operation, because the body names one of those that the path names. */
  const seriesOf = new Map<RegisteredOperation | undefined, { id: number; from: number }>()
  async function bookSampleSeries() {
    const booked = await bookSeries(clinic.context(), {
      doctorId: own.doctor ?? (await hireDoctor(sql)),
      patientId: own.patient ?? (await registerPatient(sql)),
      minutes: 30,
      startAt: new Date(Date.UTC(2034, 0, 1, calls++)).toISOString(),
      rule: { every: 365, unit: 'day', count: 2 },
    })
    if (!booked.ok) throw new Error(`The sample series is refused: ${booked.refusal}.`)
    const [first] = booked.series.appointments
    return { id: booked.series.id, from: first?.id ?? 0 }
  }

  /** A message about an appointment that is booked. */
  async function enterSampleMessage(state: 'due' | 'failed'): Promise<number> {
    const { from } = await bookSampleSeries()
    return enterMessage(sql, from, { state })
  }

  /** A session of the caller's doctor, in which the caller's patient takes part. */
  async function enterGroupSession(): Promise<number> {
    const id = await enter('booked')
    await sql.query(
      `with session as (
         insert into appointments (doctor_id, visit_type_id, status, start_at, end_at, capacity)
         select doctor_id, visit_type_id, status, start_at + interval '1 year', end_at + interval '1 year', 8
         from appointments where id = $1
         returning id, start_at, end_at
       )
       update appointments one set session_id = session.id, place = 1, start_at = session.start_at, end_at = session.end_at
       from session where one.id = $1`,
      [id],
    )
    return idOf('select session_id as id from appointments where id = $1', [id])
  }

  /** A record that was merged into another. */
  async function enterMerged(): Promise<number> {
    const [id, intoId] = [await registerPatient(sql), await registerPatient(sql)]
    await mergePatients(clinic.context(), { id, intoId })
    return id
  }

  async function enterWalkIn(): Promise<number> {
    const doctor = await hireDoctor(sql)
    return idOf(
      `insert into walk_ins (location_id, day, number, patient_id, visit_type_id, came_at)
       select location.id, (now() at time zone location.time_zone)::date, 1, $2, offer.visit_type_id, now()
       from doctors doctor
       join locations location on location.id = doctor.location_id
       join doctor_visit_types offer on offer.doctor_id = doctor.id
       where doctor.id = $1 limit 1
       returning id`,
      [doctor, await registerPatient(sql)],
    )
  }

  const enterAbsence = (table: string, column: string) => (of: number | string | undefined) =>
    idOf(
      `insert into ${table} (${column}, starts_at, ends_at)
       values ($1, timestamp '2030-01-01' + $2 * interval '1 day', timestamp '2030-01-02' + $2 * interval '1 day')
       returning id`,
      [of, calls++],
    )
  const enterTimeOff = enterAbsence('time_off', 'doctor_id')
  const enterClosure = enterAbsence('closures', 'location_id')
  const enterResourceAbsence = enterAbsence('resource_absences', 'resource_id')

  const groupVisitType = () => defineVisitType(sql, { name: 'Group class', capacity: 8 })
  const newVisitType = () => defineVisitType(sql, { name: `Visit type ${calls++}` })
  const offerEverything = () =>
    sql.query(`insert into doctor_visit_types select doctors.id, kind.id from doctors, visit_types kind
      where kind.capacity is null on conflict do nothing`)
  const locationOf = (doctor: number) => idOf('select location_id as id from doctors where id = $1', [doctor])

  return {
    things: {
      doctors: ({ operation }) => doctorFor(operation),
      locations: async () => locationOf(await hireDoctor(sql)),
      patients: ({ operation }) => (isUnmerge(operation) ? enterMerged() : patientFor(operation)),
      'correction-requests': async () =>
        idOf(
          `insert into correction_requests (patient_id, changes, requested_at)
           values ($1, '{"name": "Corrected"}', now()) returning id`,
          [await registerPatient(sql)],
        ),
      messages: async ({ operation, route = '' }) =>
        route.startsWith('/admin/')
          ? 'booked'
          : enterSampleMessage(
              operation?.operationId === 'resendMessage' || route.endsWith('/resend') ? 'failed' : 'due',
            ),
      data: ({ operation }) => patientFor(operation),
      details: ({ operation }) => patientFor(operation),
      'visit-types': newVisitType,
      async appointments({ operation }) {
        const id = await enterAppointment(operation?.appointment)
        if (operation?.operationId === 'changeVisitType') await offerEverything()
        return id
      },
      confirmation: () => enterAppointment(),
      holds: () => enter('pending'),
      async series({ operation }) {
        const named = seriesOf.get(operation) ?? (await bookSampleSeries())
        seriesOf.delete(operation)
        return named.id
      },
      resources: async () => addResource(sql, await locationOf(await hireDoctor(sql))),
      absences: ({ parent }) => enterResourceAbsence(parent),
      'time-off': ({ parent }) => enterTimeOff(parent),
      closures: ({ parent }) => enterClosure(parent),
      // Of a patient: an account that acts for them as a dependant.
      accounts: async ({ parent }) =>
        openAccount(sql, parent ? { patientIds: [await registerPatient(sql), Number(parent)] } : {}),
      async 'api-keys'() {
        await giveKey(sql, await openAccount(sql))
        return idOf('select max(id) as id from api_keys')
      },
      // Of people who are signed in, or of groups.
      async sessions({ route }) {
        if (!route?.startsWith('/account')) return enterGroupSession()
        await openSession(sql, await openAccount(sql))
        return idOf('select max(id) as id from sessions')
      },
      invitations: async () =>
        idOf(
          `insert into patient_invitations (patient_id, email, invited_at, expires_at)
           values ($1, 'someone@example.com', now(), now() + interval '1 day') returning id`,
          [await registerPatient(sql)],
        ),
      passkeys: async () => givePasskey(sql, await openAccount(sql)),
      problems: async () => 'slot_taken',
      async m() {
        const id = await enter('booked')
        const recipient = await idOf('select patient_id as id from appointments where id = $1', [id])
        return linkTo({ purpose: 'appointment', appointmentId: id, recipient: `patient:${recipient}` })
      },
      preferences: async () =>
        linkTo({
          purpose: 'preferences',
          appointmentId: null,
          recipient: `patient:${await registerPatient(sql)}`,
        }),
      assets: async () => 'nothing.js',
      'walk-ins': enterWalkIn,
      flags: async () => 'balance',
      async w() {
        return signTicket(clinic.context().secrets, await enterWalkIn())
      },
      notes: async () =>
        idOf(
          `insert into day_notes (location_id, text, written_at, expires_at)
           values ($1, 'Lift', now(), now() + interval '1 hour') returning id`,
          [await locationOf(await hireDoctor(sql))],
        ),
      blocks: async () => enterTimeOff(await hireDoctor(sql)),
      async 'to-work-through'() {
        const id = await enterAppointment()
        await sql.query(
          'insert into strandings (appointment_id, version) values ($1, 1) on conflict do nothing',
          [id],
        )
        return id
      },
    },
    fields: {
      doctor_id: async (operation) =>
        hireDoctor(sql, {
          visitTypes: [await defineVisitType(sql), ...(isOfGroup(operation) ? [await groupVisitType()] : [])],
        }),
      patient_id: patientFor,
      into_id: () => registerPatient(sql),
      companion_ids: async () => [await registerPatient(sql)],
      async from(operation) {
        const booked = await bookSampleSeries()
        seriesOf.set(operation, booked)
        return booked.from
      },
      async visit_type_id(operation) {
        if (operation.operationId !== 'changeVisitType')
          return isOfGroup(operation) ? groupVisitType() : defineVisitType(sql)
        const visitTypeId = await newVisitType()
        await offerEverything()
        return visitTypeId
      },
      visit_type_ids: async () => [await newVisitType(), await newVisitType()],
      one_location_id: async () => locationOf(await hireDoctor(sql)),
      other_location_id: async () => locationOf(await hireDoctor(sql)),
      capacity: (operation) => (operation.operationId === 'resizeSession' ? 8 + (calls++ % 90) : null),
      // Time off is from all locations of the doctor.
      location_id: async ({ operationId }) =>
        operationId === 'takeTimeOff' ? null : locationOf(await hireDoctor(sql)),
      // A key may issue keys only of its own owner.
      owner_id: () => idOf(`select owner_id as id from api_keys where role = 'admin' order by id limit 1`),
      start_at: () => new Date(Date.UTC(2031, 0, 1, calls++)).toISOString(),
      on: () => '2031-12-24',
      start_local: () => '2031-12-24T00:00',
      end_local: () => '2031-12-27T00:00',
      expires_at: () => new Date(Date.now() + 365 * 86_400_000).toISOString(),
      opens_at: () => `0${calls++ % 9}:00`,
      name: () => `Sample ${calls++}`,
      q: () => `Sample ${calls++}`,
      cancel_appointments: () => calls++ % 2 === 0,
      phone: () => `+62812${1_000_000 + calls++}`,
      most_open_appointments: () => 1 + (calls++ % 100),
      specialty: () => `Specialty ${calls++}`,
      reason: () => `Reason ${calls++}`,
      note: () => ({ note: `Note ${calls++}` }),
      async email(operation) {
        const email = `sample-${calls++}@example.com`
        if (operation.operationId === 'linkPatient') await openAccount(sql, { email })
        return email
      },
    },
  }
}

/** The end of the address of a message's link, good for a year. */
const linkTo = (link: Omit<MessageLink, 'expiresAt'>) =>
  signLink(secretsOf(authSecret), { ...link, expiresAt: new Date(Date.now() + 365 * 86_400_000) })

const isOfGroup = ({ operationId }: RegisteredOperation) => operationId === 'beginSession'
const isUnmerge = (operation?: RegisteredOperation) => operation?.operationId === 'unmergePatients'

/** Whether callers of this kind have the right. Pages have no operation and show each caller what they may see. */
function mayCall(kind: Person['kind'], operation: RegisteredOperation | undefined): boolean {
  if (!operation) return true
  const kinds: readonly string[] = operation.right ? rights[operation.right].kinds : []
  return kinds.includes(kind)
}
