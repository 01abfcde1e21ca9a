import { expect, it } from 'vitest'
import { completeAccount } from '../../../src/clinic/accounts/complete-account.ts'
import { NotFound } from '../../../src/clinic/errors.ts'
import { registerPatient } from '../../../src/clinic/patients/register.ts'
import { openClinic } from '../../support/clinic.ts'
import { openAccount } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })

async function patientsOf(account: number) {
  const { rows } = await clinic.sql.query(
    `select patients.id::int, patients.name, relation from account_patients join patients on patients.id = patient_id
     where account_id = $1`,
    [account],
  )
  return rows
}

it('a new account becomes a patient with its name', async () => {
  const account = await openAccount(clinic.sql, { isComplete: false })
  await completeAccount(clinic.context(), account, { name: 'Nina Newcomer' })
  expect(await patientsOf(account)).toEqual([
    { id: expect.any(Number), name: 'Nina Newcomer', relation: 'self' },
  ])
})

it('an account joins the patient the front desk registered with its email address', async () => {
  const registered = await registerPatient(clinic.context(), {
    name: 'Otto Known',
    email: 'otto@example.com',
  })
  const account = await openAccount(clinic.sql, { isComplete: false, email: 'otto@example.com' })
  await completeAccount(clinic.context(), account, { name: 'Otto' })
  const id = registered.ok ? registered.patient.id : 0
  expect(await patientsOf(account)).toEqual([{ id, name: 'Otto Known', relation: 'self' }])
})

it('completing it again or twice at once changes nothing', async () => {
  const account = await openAccount(clinic.sql, { isComplete: false })
  const complete = (name: string) => completeAccount(clinic.context(), account, { name })
  await Promise.all([complete('Double Tap'), complete('Double Tap')])
  await complete('Another Name')
  expect(await patientsOf(account)).toEqual([
    { id: expect.any(Number), name: 'Double Tap', relation: 'self' },
  ])
})

it('takes one trip, and does not find an unknown account', async () => {
  clinic.takeTrips()
  await expect(completeAccount(clinic.context(), 999_999, { name: 'Nina' })).rejects.toEqual(
    new NotFound('account'),
  )
  expect(clinic.takeTrips()).toHaveLength(1)
})
