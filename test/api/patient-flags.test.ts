import { beforeAll, expect, it } from 'vitest'
import { mergePatients } from '../../src/clinic/appointments/merge-patients.ts'
import { openClinic } from '../support/clinic.ts'
import { giveKey, openAccount, openDesk, registerPatient } from '../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
let key: string

beforeAll(async () => {
  key = await openDesk(sql)
})

const ask = async (method: string, path: string, as = key) => {
  const response = await fetch(`${clinic.origin}/api/v1/patients/${path}`, {
    method,
    headers: { Authorization: `Bearer ${as}` },
  })
  return { status: response.status, body: await response.json() }
}

it('flags are set and removed, staff see them, and the history has each change', async () => {
  const id = await registerPatient(sql)
  expect(await ask('PUT', `${id}/flags/balance`)).toEqual({
    status: 200,
    body: { patient_flags: { patient_id: id, flags: ['balance'] } },
  })
  await ask('PUT', `${id}/flags/balance`)
  await ask('PUT', `${id}/flags/interpreter`)
  expect((await ask('GET', String(id))).body.patient.flags).toEqual(['balance', 'interpreter'])
  expect((await ask('DELETE', `${id}/flags/balance`)).body.patient_flags.flags).toEqual(['interpreter'])
  const { rows } = await sql.query(
    'select before, after from patient_events where patient_id = $1 order by id',
    [id],
  )
  expect(rows).toEqual([
    { before: { flags: [] }, after: { flags: ['balance'] } },
    { before: { flags: ['balance'] }, after: { flags: ['balance', 'interpreter'] } },
    { before: { flags: ['balance', 'interpreter'] }, after: { flags: ['interpreter'] } },
  ])
})

it('patients neither see nor set flags, and there are no others', async () => {
  const id = await registerPatient(sql)
  await ask('PUT', `${id}/flags/form_missing`)
  const own = await giveKey(sql, await openAccount(sql, { patientIds: [id] }))
  expect((await ask('GET', String(id), own)).body.patient).not.toHaveProperty('flags')
  expect((await ask('PUT', `${id}/flags/balance`, own)).status).toBe(403)
  expect((await ask('PUT', `${id}/flags/vip`)).status).toBe(404)
})

it('a merge moves them to the record that stays', async () => {
  const [id, intoId] = [await registerPatient(sql), await registerPatient(sql)]
  await ask('PUT', `${id}/flags/balance`)
  await ask('PUT', `${intoId}/flags/interpreter`)
  await mergePatients(clinic.context(), { id, intoId })
  expect((await ask('GET', String(intoId))).body.patient.flags).toEqual(['balance', 'interpreter'])
})
