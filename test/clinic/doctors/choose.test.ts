import { beforeAll, expect, it } from 'vitest'
import { type DoctorWish, doctorsToChooseFrom, toDoctorChoice } from '../../../src/clinic/doctors/choose.ts'
import { openClinic } from '../../support/clinic.ts'
import { defineVisitType, hireDoctor } from '../../support/people.ts'

const { sql, context } = await openClinic({ worker: false })
let surgeon: number
let surgery: number

const choose = async (wish: DoctorWish) => {
  const { doctors, isMore } = toDoctorChoice(await doctorsToChooseFrom(context(), wish), wish)
  return { many: doctors.length, ids: doctors.map(({ id }) => id), isMore }
}

beforeAll(async () => {
  surgery = await defineVisitType(sql, { name: 'Surgery' })
  surgeon = await hireDoctor(sql, { specialty: 'Surgery', visitTypes: [surgery] })
  await sql.query(`
    insert into doctors (location_id, name, specialty)
    select location_id, 'Dr. ' || n, 'General practice' from doctors, generate_series(1, 49) n`)
})

it('offers up to fifty doctors', async () => {
  expect(await choose({})).toMatchObject({ many: 50, isMore: false })
})

it('offers only the chosen doctor when there are more', async () => {
  await hireDoctor(sql)
  expect(await choose({})).toEqual({ many: 0, ids: [], isMore: true })
  expect(await choose({ doctorId: surgeon })).toEqual({ many: 1, ids: [surgeon], isMore: true })
})

it('filters by specialty, visit type or location, and keeps the chosen doctor', async () => {
  const { rows } = await sql.query('select location_id from doctors where id = $1', [surgeon])
  expect(await choose({ specialty: 'Surgery' })).toMatchObject({ ids: [surgeon], isMore: false })
  expect(await choose({ visitTypeId: surgery })).toMatchObject({ ids: [surgeon], isMore: false })
  expect(await choose({ locationId: Number(rows[0].location_id) })).toMatchObject({ many: 50, isMore: false })
  const elsewhere = await hireDoctor(sql, { specialty: 'Cardiology' })
  expect((await choose({ specialty: 'Surgery', doctorId: elsewhere })).ids.toSorted()).toEqual([
    surgeon,
    elsewhere,
  ])
})
