import { afterAll, describe, expect, it } from 'vitest'
import { completeAccount } from '../../../src/clinic/accounts/complete-account.ts'
import { NoLongerSignedIn } from '../../../src/clinic/errors.ts'
import { registerPatient } from '../../../src/clinic/patients/register.ts'
import { openClinic } from '../../support/clinic.ts'
import { beginSession, openAccount } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })

/** The context of the account's own browser. */
const as = async (account: number) =>
  clinic.context({
    actor: { kind: 'anonymous' },
    sessionHash: (await beginSession(clinic.sql, account)).sessionHash,
  })

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
  await completeAccount(await as(account), account, { name: 'Nina Newcomer' })
  expect(await patientsOf(account)).toEqual([
    { id: expect.any(Number), name: 'Nina Newcomer', relation: 'self' },
  ])
})

it('an address that the front desk typed, or an earlier release kept, gives nobody the record', async () => {
  const email = 'otto@example.com'
  await registerPatient(clinic.context(), { name: 'Otto Known', email })
  await clinic.sql.query('update patients set email = contact_email where contact_email = $1', [email])
  const account = await openAccount(clinic.sql, { isComplete: false, email })
  await completeAccount(await as(account), account, { name: 'Otto' })
  expect(await patientsOf(account)).toEqual([{ id: expect.any(Number), name: 'Otto', relation: 'self' }])
  const { rows } = await clinic.sql.query('select name from patients where contact_email = $1 order by id', [
    email,
  ])
  expect(rows).toEqual([{ name: 'Otto Known' }, { name: 'Otto' }])
})

it('completing it again or twice at once changes nothing', async () => {
  const account = await openAccount(clinic.sql, { isComplete: false })
  const ctx = await as(account)
  const complete = (name: string) => completeAccount(ctx, account, { name })
  await Promise.all([complete('Double Tap'), complete('Double Tap')])
  await complete('Another Name')
  expect(await patientsOf(account)).toEqual([
    { id: expect.any(Number), name: 'Double Tap', relation: 'self' },
  ])
})

it('takes one trip, and only the account’s own session may', async () => {
  const [account, other] = [
    await openAccount(clinic.sql, { isComplete: false }),
    await openAccount(clinic.sql, { isComplete: false }),
  ]
  const elsewhere = await as(other)
  const signedOut = clinic.context({ actor: { kind: 'anonymous' }, sessionHash: 'of an ended session' })
  for (const ctx of [elsewhere, signedOut, clinic.context({ actor: { kind: 'anonymous' } })]) {
    clinic.takeTrips()
    await expect(completeAccount(ctx, account, { name: 'Nina' })).rejects.toThrow(NoLongerSignedIn)
    expect(clinic.takeTrips()).toHaveLength(1)
  }
  expect(await patientsOf(account)).toEqual([])
})

describe('what the clinic asks online', () => {
  const ask = (asked: string) => clinic.sql.query(`update clinic_settings set ${asked}`)
  const all = (asking: string) =>
    ask(['birth_date', 'phone', 'sex'].map((f) => `asks_${f} = '${asking}'`).join())
  const told = { name: 'Nina', birthDate: '1990-05-17', phone: '+6281234567890', sex: 'female' } as const
  const recordOf = async (account: number) => {
    const { rows } = await clinic.sql.query(
      `select birth_date::text, phone, sex, kind, after, event.account_id::int as by
       from account_patients pair
       join patients on patients.id = pair.patient_id
       join patient_events event on event.patient_id = patients.id
       where pair.account_id = $1`,
      [account],
    )
    return rows
  }
  afterAll(() => ask(`asks_birth_date = 'optional', asks_phone = 'optional', asks_sex = 'no'`))

  it('is kept, with an event that says who told it', async () => {
    await all('required')
    const email = 'nina.told@example.com'
    const account = await openAccount(clinic.sql, { isComplete: false, email })
    expect(await completeAccount(await as(account), account, told)).toEqual({ ok: true })
    const { birthDate: birth_date, ...same } = told
    const { name: _, ...kept } = { birth_date, ...same }
    expect(await recordOf(account)).toEqual([
      {
        ...kept,
        kind: 'patient.registered',
        after: { ...same, birth_date, contact_email: email, languages: [] },
        by: account,
      },
    ])
  })

  it('is required or not kept, as the settings say, and a birth date lies in the past', async () => {
    const account = await openAccount(clinic.sql, { isComplete: false })
    const ctx = await as(account)
    await all('required')
    expect(await completeAccount(ctx, account, { name: 'Nina', phone: told.phone })).toEqual({
      ok: false,
      refusal: 'invalid',
      faults: { birthDate: 'missing', sex: 'missing' },
    })
    expect(await completeAccount(ctx, account, { ...told, birthDate: '2990-01-01' })).toMatchObject({
      faults: { birthDate: 'not_a_birth_date' },
    })
    expect(await patientsOf(account)).toEqual([])
    await all('no')
    expect(await completeAccount(ctx, account, told)).toEqual({ ok: true })
    expect(await recordOf(account)).toMatchObject([{ birth_date: null, phone: null, sex: null }])
    // It is complete now, so that nothing is missing.
    await all('required')
    expect(await completeAccount(ctx, account, { name: 'Nina' })).toEqual({ ok: true })
  })
})
