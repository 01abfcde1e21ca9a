import { beforeAll, expect, it } from 'vitest'
import type { Person } from '../../../src/clinic/context.ts'
import { patientsOf, toChoice } from '../../../src/clinic/patients/find.ts'
import { openClinic } from '../../support/clinic.ts'
import { registerPatient } from '../../support/people.ts'

const { sql, context } = await openClinic({ worker: false })
const desk: Person = { kind: 'front_desk', accountId: 0 }
let zed: number
let ann: number

const look = async (person: Person | null, part?: string) => {
  const { patients, isMore } = toChoice(await patientsOf(context(), person, part), person)
  return { names: patients.map(({ name }) => name), isMore }
}

beforeAll(async () => {
  zed = await registerPatient(sql, 'Zed Zebra')
  ann = await registerPatient(sql, 'Ann 100%_Sure')
})

it('the front desk sees all of a few patients, by name', async () => {
  expect(await look(desk)).toEqual({ names: ['Ann 100%_Sure', 'Zed Zebra'], isMore: false })
})

it('the front desk sees many patients only by part of a name, in any case', async () => {
  await sql.query(`insert into patients (name) select 'Patient ' || n from generate_series(1, 30) n`)
  expect(await look(desk)).toEqual({ names: [], isMore: true })
  expect(await look(desk, 'zeb')).toEqual({ names: ['Zed Zebra'], isMore: false })
  expect(await look(desk, ' ZED ')).toEqual({ names: ['Zed Zebra'], isMore: false })
  expect(await look(desk, 'patient')).toEqual({ names: [], isMore: true })
  expect(await look(desk, 'unknown')).toEqual({ names: [], isMore: false })
})

it('wildcards stand for themselves', async () => {
  expect(await look(desk, '100%_s')).toEqual({ names: ['Ann 100%_Sure'], isMore: false })
  expect(await look(desk, 'Z%a')).toEqual({ names: [], isMore: false })
  expect(await look(desk, 'Z_d')).toEqual({ names: [], isMore: false })
  expect(await look(desk, 'Zed\\')).toEqual({ names: [], isMore: false })
})

it('patients see only their own, and visitors see none', async () => {
  const mother: Person = { kind: 'patient', accountId: 1, patientIds: [zed, ann] }
  expect(await look(mother)).toEqual({ names: ['Ann 100%_Sure', 'Zed Zebra'], isMore: false })
  expect(await look({ ...mother, patientIds: [zed] }, 'ann')).toEqual({ names: [], isMore: false })
  expect(await look(null)).toEqual({ names: [], isMore: false })
})
