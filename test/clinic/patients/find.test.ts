import { beforeAll, expect, it } from 'vitest'
import type { Person } from '../../../src/clinic/context.ts'
import { patientsOf } from '../../../src/clinic/patients/find.ts'
import { openClinic } from '../../support/clinic.ts'
import { registerPatient } from '../../support/people.ts'

const { sql, context } = await openClinic({ worker: false })
const desk: Person = { kind: 'front_desk', accountId: 0 }
let zed: number
let ann: number

const look = async (person: Person | null, typed?: string, chosenId?: number) => {
  const { query, read } = patientsOf(context(), person, { typed, chosenId })
  const { patients, isMore } = read((await query).rows)
  return { names: patients.map(({ name }) => name), isMore }
}

beforeAll(async () => {
  zed = await registerPatient(sql, 'Zed Zebra')
  ann = await registerPatient(sql, 'Ann 100%_Sure')
})

it('the front desk sees all of a few patients, by name', async () => {
  expect(await look(desk)).toEqual({ names: ['Ann 100%_Sure', 'Zed Zebra'], isMore: false })
})

it('the front desk finds one of many by part of the name, in any case', async () => {
  await sql.query(`insert into patients (name) select 'Patient ' || n from generate_series(1, 30) n`)
  expect(await look(desk)).toEqual({ names: [], isMore: true })
  expect(await look(desk, 'zeb')).toEqual({ names: ['Zed Zebra'], isMore: false })
  expect(await look(desk, ' ZED ')).toEqual({ names: ['Zed Zebra'], isMore: false })
  const { names, isMore } = await look(desk, 'patient')
  expect([names.length, isMore]).toEqual([20, true])
  expect(await look(desk, 'ze')).toMatchObject({ isMore: true })
  expect(await look(desk, 'unknown')).toEqual({ names: [], isMore: false })
})

it('the front desk sees again whom they chose, and that there are others', async () => {
  expect(await look(desk, undefined, zed)).toEqual({ names: ['Zed Zebra'], isMore: true })
  expect(await look(desk, 'ann', zed)).toEqual({ names: ['Ann 100%_Sure'], isMore: false })
  expect(await look(desk, undefined, 999_999)).toEqual({ names: [], isMore: true })
})

it('wildcards stand for themselves', async () => {
  expect(await look(desk, '100%_s')).toEqual({ names: ['Ann 100%_Sure'], isMore: false })
  expect((await look(desk, 'Ze%a')).names).toEqual([])
  expect((await look(desk, 'Ze_d')).names).toEqual([])
})

it('patients see only their own, and visitors see none', async () => {
  const mother: Person = { kind: 'patient', accountId: 1, patientIds: [zed, ann] }
  expect(await look(mother)).toEqual({ names: ['Ann 100%_Sure', 'Zed Zebra'], isMore: false })
  expect(await look(mother, undefined, ann)).toEqual({ names: ['Ann 100%_Sure', 'Zed Zebra'], isMore: false })
  expect(await look({ ...mother, patientIds: [zed] }, 'ann')).toEqual({ names: [], isMore: false })
  expect(await look(null)).toEqual({ names: [], isMore: false })
})
