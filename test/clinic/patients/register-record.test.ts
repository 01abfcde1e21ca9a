import { describe, expect, it } from 'vitest'
import { Forbidden } from '../../../src/clinic/errors.ts'
import { registerPatient, registerPatientInput } from '../../../src/clinic/patients/register.ts'
import { openClinic } from '../../support/clinic.ts'
import { registerPatient as insertPatient, openPatient } from '../../support/people.ts'

const { sql, context } = await openClinic({ worker: false })

const register = (wanted: object, ctx = context()) =>
  registerPatient(ctx, registerPatientInput.parse({ confirmed: true, ...wanted }))

describe('the front desk', () => {
  it('registers all that is known, and the event says so', async () => {
    const wanted = {
      name: 'Putu Ayu',
      sex: 'female',
      languages: ['id'],
      address: 'Jl. Melati 5',
      contactEmail: 'family@example.com',
      identifiers: [{ issuer: 'bpjs', value: '0001234567890' }],
    }
    const registered = await register(wanted)
    expect(registered).toMatchObject({ ok: true, patient: wanted })
    const { rows } = await sql.query('select kind, before, after from patient_events where patient_id = $1', [
      registered.ok ? registered.patient.id : 0,
    ])
    expect(rows).toMatchObject([
      {
        kind: 'patient.registered',
        before: null,
        after: { name: 'Putu Ayu', identifiers: wanted.identifiers },
      },
    ])
    const again = await register({ ...wanted, name: 'Someone Else' })
    expect(again).toMatchObject({ ok: false, refusal: 'identifier_taken', holder: { name: 'Putu Ayu' } })
    const { rows: others } = await sql.query("select from patients where name = 'Someone Else'")
    expect(others).toEqual([])
  })

  it('is told that a NIK says another birth date', async () => {
    const identifiers = [{ issuer: 'nik', value: '3174017112850001' }]
    expect(await register({ name: 'N', birthDate: '1985-12-30', identifiers })).toEqual({
      ok: false,
      refusal: 'nik_disagrees',
    })
    expect(await register({ name: 'N', birthDate: '1985-12-31', identifiers })).toMatchObject({ ok: true })
  })
})

describe('a name that sounds the same', () => {
  it.each([
    ['Siti Nurhaliza', 'Sity Nurhalisa'],
    ['Muhammad', 'Mohamad'],
    ['Meier', 'Mayer'],
    ['Soeharto', 'Suharto'],
    ['Djoko', 'Joko'],
    ['Philip', 'Filip'],
  ])('%s is asked about for %s', async (known, name) => {
    const birthDate = '1971-03-04'
    const first = await register({ name: known, birthDate })
    const asked = await register({ name, birthDate, confirmed: false })
    expect(asked).toMatchObject({ refusal: 'may_exist' })
    const ids = !asked.ok && asked.refusal === 'may_exist' ? asked.candidates.map(({ id }) => id) : []
    expect(ids).toContain(first.ok && first.patient.id)
  })

  it('is not any name', async () => {
    const birthDate = '1971-05-06'
    await register({ name: 'Gede Sudiarta', birthDate })
    expect(await register({ name: 'Ketut Wirawan', birthDate, confirmed: false })).toMatchObject({ ok: true })
  })
})

describe('what the clinic asks online', () => {
  it.each([
    ['asks_birth_date', 'birthDate', '2015-05-05'],
    ['asks_phone', 'phone', '+6281234567890'],
    ['asks_sex', 'sex', 'male'],
  ])('%s binds patients, not the front desk', async (setting, field, value) => {
    const own = context({ actor: await openPatient(sql, [await insertPatient(sql)]) })
    const set = (asking: string) => sql.query(`update clinic_settings set ${setting} = $1`, [asking])
    await set('required')
    expect(await register({ name: 'Child' }, own)).toEqual({
      ok: false,
      refusal: 'invalid',
      faults: { [field]: 'missing' },
    })
    expect(await register({ name: 'Child', [field]: value }, own)).toMatchObject({ ok: true })
    expect(await register({ name: 'Child' })).toMatchObject({ ok: true })
    await set('no')
    expect(await register({ name: 'Child', [field]: value }, own)).toMatchObject({
      faults: { [field]: 'not_expected' },
    })
    expect(await register({ name: 'Child', [field]: value })).toMatchObject({ ok: true })
    await set('optional')
  })

  it('leaves identifiers, notes and addresses of mailboxes to the front desk', async () => {
    const own = context({ actor: await openPatient(sql, [await insertPatient(sql)]) })
    for (const more of [
      { identifiers: [{ issuer: 'record', value: 'X' }] },
      { deskNote: 'x' },
      { contactEmail: 'a@example.com' },
    ])
      await expect(register({ name: 'Child', ...more }, own)).rejects.toThrow(Forbidden)
  })
})
