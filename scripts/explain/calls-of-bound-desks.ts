import { changeRole } from '../../src/clinic/accounts/manage-accounts.ts'
import { bookAppointment } from '../../src/clinic/appointments/book.ts'
import { searchAppointments } from '../../src/clinic/appointments/search.ts'
import { changeBlock, enterBlock, removeBlock } from '../../src/clinic/availability/change-block.ts'
import { enterExtraHours, removeExtraHours } from '../../src/clinic/availability/extra-hours.ts'
import { findTimeOff } from '../../src/clinic/availability/take-time-off.ts'
import { findMessages } from '../../src/clinic/messages/find.ts'
import { confirmIdentity } from '../../src/clinic/patients/confirm-identity.ts'
import { findSeries } from '../../src/clinic/series/find.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** What a front desk account does that is bound to one location, and what doctors do for their own patients. */
export const callsOfBoundDesks: Calls[] = [workAtOneLocation, bindAccount, doctorBooks]

async function workAtOneLocation({ sql, cast, as, context, now }: Explained, { call }: Recorder) {
  const { locationId } = cast
  if (as.desk.kind !== 'front_desk') return
  const { accountId } = as.desk
  const desk = context({ kind: 'front_desk', accountId, locationIds: [locationId] })
  await sql.query('insert into account_locations (account_id, location_id) values ($1, $2)', [
    accountId,
    locationId,
  ])
  await call('a bound front desk lists messages', () => findMessages(desk, { limit: 50 }))
  const { rows } = await sql.query(
    `select id::int, series_id::int from appointments where location_id = $1 and patient_id is not null and status = 'booked'
     order by start_at desc limit 1`,
    [locationId],
  )
  const appointmentId = rows[0]?.id ?? 0
  await call('a bound front desk confirms who it is', () =>
    confirmIdentity(desk, { appointmentId, checked: ['birth_date'] }),
  )
  await call('a bound front desk lists appointments', () => searchAppointments(desk, { limit: 50 }))
  await call('a bound front desk lists time off', () => findTimeOff(desk, cast.doctors[0] ?? 0))
  await call('a bound front desk reads a series', () => findSeries(desk, 1).catch(() => null))
  const on = new Date(now.getTime() + 40 * 86_400_000).toISOString().slice(0, 10)
  const span = { startLocal: `${on}T08:00`, endLocal: `${on}T09:00` }
  const resource = await sql.query('select id::int from resources where location_id = $1 limit 1', [
    locationId,
  ])
  const absentees = [
    { absentee: 'doctor', ofId: cast.doctors[0] ?? 0 },
    { absentee: 'location', ofId: locationId },
    ...(resource.rows[0] ? [{ absentee: 'resource', ofId: resource.rows[0].id } as const] : []),
  ] as const
  for (const whose of absentees) {
    const input = whose.absentee === 'doctor' ? { ...span, locationId } : span
    const entered = await call(`a bound front desk closes a ${whose.absentee}`, () =>
      enterBlock(desk, whose, input),
    )
    const id = entered?.id ?? 0
    const shorter = { ...input, endLocal: `${on}T08:30` }
    await call(`… changes it for a ${whose.absentee}`, () => changeBlock(desk, whose, id, shorter))
    await call(`… and opens a ${whose.absentee} again`, () => removeBlock(desk, whose, id))
  }
  const extra = { locationId, on, opensAt: '23:30', closesAt: '24:00' }
  const [doctorId] = cast.doctors
  const added = await call('a bound front desk adds hours', () => enterExtraHours(desk, doctorId, extra))
  const extraId = added?.ok ? added.id : 0
  await call('a bound front desk removes hours', () => removeExtraHours(desk, doctorId, extraId))
  await sql.query('delete from account_locations where account_id = $1', [accountId])
}

async function bindAccount({ sql, cast, as, context }: Explained, { call }: Recorder) {
  const { rows } = await sql.query(
    "insert into accounts (email, name, role) values ('bound@example.com', 'Bound', 'front_desk') returning id::int",
  )
  const bound = { role: 'front_desk' as const, locationIds: [cast.locationId] }
  await call('an account is bound to a location', () => changeRole(context(as.admin), rows[0].id, bound))
}

async function doctorBooks({ cast, as, context, takeSlot }: Explained, { call }: Recorder) {
  const [doctorId = 0] = cast.doctors
  const { visitTypeId, patientId } = cast
  const startAt = await takeSlot(doctorId, visitTypeId)
  const booked = await call('a doctor books for their own patient', () =>
    bookAppointment(context(as.doctor), { doctorId, visitTypeId, patientId, startAt }),
  )
  const appointmentId = booked?.ok ? booked.appointment.id : 0
  await call('a doctor confirms who it is', () =>
    confirmIdentity(context(as.doctor), { appointmentId, checked: ['birth_date'] }),
  )
}
