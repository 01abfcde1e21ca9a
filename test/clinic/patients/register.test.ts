import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { toPerson } from '../../../src/clinic/context.ts'
import { Forbidden, NotFound } from '../../../src/clinic/errors.ts'
import { registerPatient } from '../../../src/clinic/patients/register.ts'
import { personName } from '../../../src/clinic/shapes.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, registerPatient as insertPatient, openAccount } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })

const idOf = async (registering: ReturnType<typeof registerPatient>) => {
  const registered = await registering
  return registered.ok ? registered.patient.id : 0
}

async function dependantsOf(account: number): Promise<number[]> {
  const found = 'select patient_id from account_patients where account_id = $1 and relation = $2'
  return (await clinic.sql.query(found, [account, 'dependant'])).rows.map(({ patient_id }) =>
    Number(patient_id),
  )
}

describe('the front desk', () => {
  it('registers a patient without an email address', async () => {
    const registered = await registerPatient(clinic.context(), { name: 'Tilda Telephone' })
    expect(registered).toMatchObject({
      ok: true,
      patient: {
        id: expect.any(Number),
        name: 'Tilda Telephone',
        calledName: null,
        birthDate: null,
        phone: null,
      },
    })
  })

  it('registers a whole family with one email address', async () => {
    const email = 'family@example.com'
    const first = await registerPatient(clinic.context(), { name: 'First', email })
    const second = await registerPatient(clinic.context(), { name: 'Second', email })
    expect([first.ok, second.ok]).toEqual([true, true])
    const { rows } = await clinic.sql.query(
      'select name, email from patients where contact_email = $1 order by name',
      [email],
    )
    expect(rows).toEqual([
      { name: 'First', email: null },
      { name: 'Second', email: null },
    ])
  })

  it('registers a child as the dependant of an account', async () => {
    const accountId = await openAccount(clinic.sql)
    const child = await idOf(registerPatient(clinic.context(), { name: 'A Child', accountId }))
    expect(await dependantsOf(accountId)).toEqual([child])
  })

  it('registers nothing for an unknown account', async () => {
    const count = async () => (await clinic.sql.query('select count(*) from patients')).rows[0].count
    const before = await count()
    const registering = registerPatient(clinic.context(), { name: 'A Child', accountId: 999_999 })
    await expect(registering).rejects.toEqual(new NotFound('account'))
    expect(await count()).toBe(before)
  })
})

describe('a patient', () => {
  it('registers a dependant and books for them', async () => {
    const self = await insertPatient(clinic.sql)
    const accountId = await openAccount(clinic.sql, { patientIds: [self] })
    const person = (patientIds: number[]) =>
      toPerson({ accountId, role: 'patient', doctorId: null, patientIds })
    const child = await idOf(registerPatient(clinic.context({ actor: person([self]) }), { name: 'A Child' }))
    expect(await dependantsOf(accountId)).toEqual([child])

    const wish = {
      doctorId: await hireDoctor(clinic.sql),
      startAt: '2031-01-06T09:00Z',
      endAt: '2031-01-06T09:30Z',
    }
    const actor = person([self, child])
    expect(await bookAppointment(clinic.context({ actor }), { ...wish, patientId: child })).toMatchObject({
      ok: true,
      appointment: { patient: { id: child } },
    })
    const later = { ...wish, startAt: '2031-01-06T10:00Z', endAt: '2031-01-06T10:30Z' }
    expect(await bookAppointment(clinic.context({ actor }), later)).toMatchObject({
      ok: true,
      appointment: { patient: { id: self } },
    })
  })

  it.each([{ accountId: 1 }, { email: 'mine@example.com' }])('cannot name %o', async (more) => {
    const actor = { kind: 'patient' as const, accountId: 999, patientIds: [1] }
    await expect(registerPatient(clinic.context({ actor }), { name: 'X', ...more })).rejects.toThrow(
      Forbidden,
    )
  })
})

describe('the database', () => {
  const insert = (table: string, columns: string, values: string, name: string) =>
    clinic.sql.query(`insert into ${table} (name${columns}) values ($1${values})`, [name])
  const tables = [
    ['patients', '', ''],
    ['accounts', ', email', ', gen_random_uuid() || $$@example.com$$'],
    ['locations', ', time_zone', ', $$UTC$$'],
    ['doctors', ', location_id', ', 1'],
    ['visit_types', ', minutes', ', 30'],
    ['api_keys', ', key_hash, owner_id, role, scopes', ', $$x$$, 1, $$patient$$, $${}$$'],
  ] as const

  it.each(tables)('refuses a name in %s that hides something', async (table, columns, values) => {
    for (const name of [
      'Budi\u202E',
      '\u200D',
      ' \u00A0\u3000',
      'Bu\u200Bdi',
      'Budi\nSantoso',
      'Budi\u{E0041}',
    ])
      await expect(insert(table, columns, values, name)).rejects.toThrow(/_name_is_(legible|written)/)
  })

  it('takes every name that the shape accepts', async () => {
    const unit = fc.oneof(
      fc.constantFrom(...' a王م\u0301\u200C\u200D\uFE0F👩⚕🏽\u{E0100}\u0958'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    )
    const written = fc.sample(fc.string({ unit, maxLength: 6 }), { numRuns: 3000, seed: 20_261_128 })
    const names = written.flatMap((name) => personName.safeParse(name).data ?? [])
    expect(names.length).toBeGreaterThan(500)
    const inserted = await clinic.sql.query('insert into patients (name) select unnest($1::text[])', [names])
    expect(inserted.rowCount).toBe(names.length)
  })
})
