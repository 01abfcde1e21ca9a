import { beforeAll, expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { hireDoctor, insertAppointment, openDesk, registerPatient } from '../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
const startAt = new Date(Date.now() - 300_000).toISOString()
let ask: ReturnType<typeof asking>

beforeAll(async () => {
  ask = asking(origin, await openDesk(sql))
})

it.each(['slot_taken', 'patient_busy'])('undoing a no-show is answered 409 %s', async (code) => {
  const [doctorId, patientId] = [await hireDoctor(sql), await registerPatient(sql)]
  const id = await insertAppointment(sql, { doctorId, patientId, startAt })
  const path = `/appointments/${id}/no-show`
  expect((await ask('POST', path)).status).toBe(200)
  const other = code === 'slot_taken' ? { doctorId } : { doctorId: await hireDoctor(sql), patientId }
  await insertAppointment(sql, { ...other, startAt })
  expect(await ask('DELETE', path)).toMatchObject({
    status: 409,
    body: { code, appointment_status: 'noshow' },
  })
  expect((await ask('GET', `/appointments/${id}`)).body.appointment.status).toBe('noshow')
})
