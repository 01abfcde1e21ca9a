import { expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { mergePatients } from '../../../src/clinic/appointments/merge-patients.ts'
import { planMessages } from '../../../src/clinic/messages/plan.ts'
import { threadOf, toThread } from '../../../src/clinic/messages/thread.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, openPatient, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const hour = 3_600_000
const before = (at: string, hours: number) => new Date(Date.parse(at) - hours * hour)

/** Books half an hour of a doctor of its own, two weeks before. */
async function book(
  timeZone: string,
  startAt: string,
  of?: number,
): Promise<{ id: number; patient: number }> {
  const doctorId = await hireDoctor(sql, { timeZone })
  const patient = of ?? (await registerPatient(sql))
  if (of === undefined) await openPatient(sql, [patient])
  const endAt = new Date(Date.parse(startAt) + hour / 2).toISOString()
  const wish = { doctorId, patientId: patient, startAt, endAt }
  const ctx = clinic.context({ now: before(startAt, 14 * 24) })
  return { ...(await appointmentOf(bookAppointment(ctx, wish))), patient }
}

async function planAt(now: Date): Promise<void> {
  while (await planMessages(clinic.context({ actor: { kind: 'system' }, now }))) {}
}

async function planned(id: number): Promise<string[]> {
  const { rows } = await sql.query(
    `select days_before, due_at from messages
     where kind = 'reminder' and id in (select message_id from message_appointments where appointment_id = $1)
     order by due_at`,
    [id],
  )
  return rows.map(({ days_before, due_at }) => `${days_before}: ${due_at.toISOString()}`)
}

it.each([
  ['no clock changes', 'Asia/Jakarta', '2025-10-28T03:00:00.000Z', 72],
  ['clocks are set back', 'Europe/Berlin', '2025-10-27T10:00:00.000Z', 73],
  ['clocks are set forward', 'Europe/Berlin', '2025-03-31T09:00:00.000Z', 71],
  ['clocks are set back half an hour', 'Australia/Lord_Howe', '2025-04-07T03:00:00.000Z', 72.5],
])(
  'three days before is planned a day and a half ahead when %s in between',
  async (_, timeZone, startAt, ahead) => {
    const { id } = await book(timeZone, startAt)
    const due = before(startAt, ahead)
    await planAt(new Date(due.getTime() - 36 * hour - 1_000))
    expect(await planned(id)).toEqual([])
    await planAt(new Date(due.getTime() - 36 * hour))
    expect(await planned(id)).toEqual([`3: ${due.toISOString()}`])
  },
)

it('the appointments of a day have one reminder when the first of them is due, whichever is planned first', async () => {
  const { id, patient } = await book('Asia/Jakarta', '2025-10-16T07:00:00.000Z')
  const due = before('2025-10-16T07:00:00.000Z', 24)
  await planAt(before(due.toISOString(), 30))
  expect(await planned(id)).toContain(`1: ${due.toISOString()}`)
  const morning = await book('Asia/Jakarta', '2025-10-16T03:00:00.000Z', patient)
  await planAt(before(due.toISOString(), 29))
  const first = '1: 2025-10-15T03:00:00.000Z'
  expect(await planned(morning.id)).toContain(first)
  expect(await planned(id)).toContain(first)
  await book('Asia/Jakarta', '2025-10-16T09:00:00.000Z', patient)
  await planAt(before(due.toISOString(), 28))
  expect(await planned(id)).toContain(first)
})

it('what has no visit type is reminded of three days before, whatever the visit types say', async () => {
  const startAt = '2025-11-20T03:00:00.000Z'
  const { id } = await book('Asia/Jakarta', startAt)
  const { rows } = await sql.query('select id, reminder_days from visit_types')
  await sql.query("update visit_types set reminder_days = '{1}'")
  await planAt(before(startAt, 73))
  expect(await planned(id)).toEqual(['3: 2025-11-17T03:00:00.000Z'])
  for (const visit of rows)
    await sql.query('update visit_types set reminder_days = $2 where id = $1', [
      visit.id,
      visit.reminder_days,
    ])
})

it('staff see what is coming after two records became one, as it will be planned', async () => {
  const startAt = '2025-12-18T03:00:00.000Z'
  const { id, patient } = await book('Asia/Jakarta', startAt)
  const intoId = await registerPatient(sql, 'The Other Record')
  const now = before(startAt, 80)
  const merged = await mergePatients(clinic.context({ now }), { id: patient, intoId, confirmed: true })
  expect(merged).toMatchObject({ ok: true })
  const { rows } = await threadOf(clinic.context({ now }), id)
  const { reminders } = toThread(rows, false)
  expect(reminders.map(({ daysBefore }) => daysBefore)).toEqual([3, 1])
  await planAt(before(startAt, 25))
  expect((await planned(id)).map((one) => one[0])).toEqual(['1'])
})
