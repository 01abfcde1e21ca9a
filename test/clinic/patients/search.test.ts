import { beforeAll, describe, expect, it } from 'vitest'
import { readNewcomer, readPatientQuery } from '../../../src/clinic/patients/read-query.ts'
import { searchPatients } from '../../../src/clinic/patients/search.ts'
import { openClinic } from '../../support/clinic.ts'
import { registerPatient } from '../../support/people.ts'

const { sql, context } = await openClinic({ worker: false })
const today = new Date('2026-11-28T03:00:00Z')

async function find(q: string) {
  const { patients } = await searchPatients(context(), { q })
  return patients.map(({ name }) => name)
}

const identify = (id: number, issuer: string, value: string) =>
  sql.query('insert into patient_identifiers (patient_id, issuer, value) values ($1, $2, $3)', [
    id,
    issuer,
    value,
  ])

describe('each spelling finds the other', () => {
  beforeAll(async () => {
    for (const name of ["Shane O'Brien", 'Nguyễn Thị Hoa', 'Zoë Müller', 'Ana Mueller'])
      await registerPatient(sql, name)
  })

  it.each([
    ["o'brien", "Shane O'Brien"],
    ['o’brien', "Shane O'Brien"],
    ['obrien', "Shane O'Brien"],
    ['o brien', "Shane O'Brien"],
    ['brien shane', "Shane O'Brien"],
    ['o brien shane', "Shane O'Brien"],
    ['nguyen', 'Nguyễn Thị Hoa'],
    ['Nguyễn'.normalize('NFD'), 'Nguyễn Thị Hoa'],
    ['Nguyễn'.normalize('NFC'), 'Nguyễn Thị Hoa'],
    ['mueller zoe', 'Zoë Müller'],
    ['zoë müller', 'Zoë Müller'],
    ['müller ana', 'Ana Mueller'],
    ['muller zoe', 'Zoë Müller'],
  ])('%s finds %s', async (typed, name) => {
    expect(await find(typed)).toEqual([name])
  })
})

describe('an identifier', () => {
  let id: number
  beforeAll(async () => {
    id = await registerPatient(sql, 'Ida Identified')
    await identify(id, 'nik', '3171015705900001')
    await identify(id, 'passport', 'ID:X1234567')
    await identify(id, 'record', 'RM-001234')
    await identify(await registerPatient(sql, 'Rekha Longer'), 'record', 'RM-0012345')
  })

  it.each([
    '3171015705900001',
    '3171 0157 0590 0001',
    '31710157059',
    'NIK 3171015705900001',
    'ktp: 3171 0157 0590 0001',
    'x1234567',
    'X1234567 ida',
    'paspor X1234567',
    'ID:X1234567',
    'ida 31710',
  ])('is found as %s', async (typed) => {
    expect(await find(typed)).toEqual(['Ida Identified'])
  })

  it.each(['RM-001234', 'rm 1234', '001234', 'no. rm 00.12.34'])(
    '%s finds the exact one first',
    async (typed) => {
      expect(await find(typed)).toEqual(['Ida Identified', 'Rekha Longer'])
    },
  )

  it('that was removed or corrected finds nobody any more', async () => {
    await sql.query("update patient_identifiers set value = 'RM-777777' where value = 'RM-0012345'")
    expect([await find('RM-0012345'), await find('rm 777777')]).toEqual([[], ['Rekha Longer']])
    await sql.query("delete from patient_identifiers where value = 'RM-777777'")
    expect(await find('rm 777777')).toEqual([])
  })
})

it('the old name of a merged record finds the record that took its place, once', async () => {
  const [from, into] = [await registerPatient(sql, 'Merga Old'), await registerPatient(sql, 'Merga New')]
  await sql.query('update patients set moved_to_id = $1 where id = $2', [into, from])
  expect([await find('merga old'), await find('merga')]).toEqual([['Merga New'], ['Merga New']])
})

it('nobody finds an erased record', async () => {
  const id = await registerPatient(sql, 'Erasma Gone')
  await identify(id, 'record', 'RM-888888')
  await sql.query("update patients set name = 'Erased patient', erased_at = now() where id = $1", [id])
  expect([await find('erasma'), await find('erased patient'), await find('rm 888888')]).toEqual([[], [], []])
  const { rows } = await sql.query('select index_missing_patients(10) as indexed')
  expect(rows).toEqual([{ indexed: 0 }])
})

it('those who no longer come here are last', async () => {
  await sql.query(`
    insert into patients (name, is_active, is_deceased)
    values ('Fara Dead', true, true), ('Fara Gone', false, false), ('Fara Zebra', true, false)`)
  expect(await find('fara')).toEqual(['Fara Zebra', 'Fara Dead', 'Fara Gone'])
})

it('finds a rare word among many who share the others', async () => {
  await sql.query(
    `insert into patients (name) select 'Comma Shared Person' || n from generate_series(1, 1500) n`,
  )
  await registerPatient(sql, 'Comma Shared Wulan')
  expect(await find('comma shared wulan')).toEqual(['Comma Shared Wulan'])
  expect(await find('comma wul shared')).toEqual(['Comma Shared Wulan'])
})

it('finds what someone is called beside others of that name', async () => {
  await registerPatient(sql, 'Zora Widjaja')
  await sql.query("insert into patients (name, called_name) values ('Zulfikar Widjaja', 'Zora')")
  expect(await find('zora widjaja')).toEqual(['Zora Widjaja', 'Zulfikar Widjaja'])
})

it('finds the patients of a doctor among many others', async () => {
  const { rows } = await sql.query(`
    with place as (insert into locations (name, time_zone) values ('Here', 'Asia/Jakarta') returning id)
    insert into doctors (location_id, name, specialty) select id, 'Dr. Few', 'general' from place returning id`)
  const doctorId = Number(rows[0].id)
  await sql.query(
    `insert into appointments (doctor_id, patient_id, status, start_at, end_at)
     select $1, max(id), 'fulfilled', '2026-01-05 02:00Z', '2026-01-05 02:30Z' from patients where name like 'Comma Shared Person%'`,
    [doctorId],
  )
  const ctx = context({ actor: { kind: 'doctor', accountId: 1, doctorId } as never })
  const found = await searchPatients(ctx, { q: 'comma' })
  expect([found.patients.length, found.isCut]).toEqual([1, false])
})

it('asks for more where too many people fit to find the one', async () => {
  await sql.query(`
    insert into patients (name)
    select pair || ' ' || n from unnest(array['Alfa Beta', 'Alfa Gama', 'Beta Gama']) pair, generate_series(1, 1300) n`)
  const { patients, isCut } = await searchPatients(context(), { q: 'alfa beta gama' })
  expect([patients, isCut]).toEqual([[], true])
})

it.each([
  ['siti nurhaliza 17-05-1990', { name: 'siti nurhaliza', birthDate: '1990-05-17', phone: '', email: '' }],
  ['Budi 0812 3456 7890', { name: 'Budi', birthDate: '', phone: '081234567890', email: '' }],
  ['Budi +62 812 3456 7890', { name: 'Budi', birthDate: '', phone: '+6281234567890', email: '' }],
  ['zoe.n@example.com', { name: '', birthDate: '', phone: '', email: 'zoe.n@example.com' }],
  ['Siti 3/4/1990', { name: 'Siti', birthDate: '', phone: '', email: '' }],
])('%s fills the form for someone new', (typed, newcomer) => {
  expect(readNewcomer(typed, today)).toEqual(newcomer)
})

it.each([
  ['17mei1990', [['d:1990-05-17']]],
  ['R2D2', []],
  ['Rm. Suyono', []],
])('%s means %j', (typed, keys) => {
  expect(readPatientQuery(typed, today).keys).toEqual(keys)
})

it.each(['siti 321', 'siti rahayu 0812', 'siti 1990', 'siti 1 1 1990'])(
  'looks nothing up twice for %s',
  async (typed) => {
    const { words, keys } = readPatientQuery(typed, new Date())
    const { rows } = await sql.query(
      `select array(select unnest(beginnings) order by 1)::text || coalesce(endings::text, '') as way
     from ways_to_search(words_of($1), words_of(spelled_out($1)), $2)`,
      [words, JSON.stringify(keys)],
    )
    expect(rows.length).toBeGreaterThan(1)
    expect(new Set(rows.map(({ way }) => way)).size).toBe(rows.length)
  },
)
