import { describe, expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { defineVisitType, hireDoctor, openAdmin, openDesk, registerPatient } from '../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
const admin = await openAdmin(sql)
const ask = asking(clinic.origin, admin)
const desk = await openDesk(sql)

const idsIn = (things: { id: number }[]) => things.map(({ id }) => id)

async function list(collection: 'doctors' | 'locations' | 'visit-types', key?: string): Promise<number[]> {
  const { body } = await ask('GET', `/${collection}`, undefined, key)
  return idsIn(body[collection.replace('-', '_')])
}

describe('lists are in the clinic’s order, then by name', () => {
  it.each([
    ['doctors', 'doctor', () => hireDoctor(sql)],
    [
      'locations',
      'location',
      async () =>
        (await ask('POST', '/locations', { location: { name: 'Here', time_zone: 'UTC' } })).body.location.id,
    ],
    ['visit-types', 'visit_type', () => defineVisitType(sql, { name: `Visit ${Math.random()}` })],
  ] as const)('of %s', async (collection, noun, add) => {
    const [one, two, three] = [await add(), await add(), await add()]
    const put = async (id: number, sort_order: number) =>
      expect(await ask('PATCH', `/${collection}/${id}`, { [noun]: { sort_order } })).toMatchObject({
        status: 200,
        body: { [noun]: { id, sort_order } },
      })
    for (const [id, order] of [
      [one, 30],
      [two, 10],
      [three, 20],
    ] as const)
      await put(id, order)
    const wanted = [two, three, one]
    for (const key of ['', admin])
      expect((await list(collection, key)).filter((id) => wanted.includes(id))).toEqual(wanted)
    expect((await ask('PATCH', `/${collection}/${one}`, { [noun]: { sort_order: 1001 } })).status).toBe(422)
  })

  it('page by page', async () => {
    const all = await list('doctors')
    const pages: number[] = []
    let path: string | undefined = '/doctors?limit=1'
    while (path) {
      const { body, headers } = await ask('GET', path)
      pages.push(...idsIn(body.doctors))
      path = headers.get('Link')?.match(/<\/api\/v1([^>]+)>/)?.[1]
    }
    expect(pages).toEqual(all)
  })
})

describe.each(['doctor', 'location'] as const)('a hidden %s', (noun) => {
  it('is not shown to patients, who cannot book; staff can', async () => {
    const visitType = await defineVisitType(sql)
    const hours = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt: '09:00', closesAt: '12:00' }]
    const doctor = await hireDoctor(sql, { visitTypes: [visitType], hours })
    const { location } = (await ask('GET', `/doctors/${doctor}`)).body.doctor
    const id = noun === 'doctor' ? doctor : location.id
    const startsFor = async (key: string) => {
      const path = `/doctors/${doctor}/slots?visit_type_id=${visitType}&from=2030-01-07&to=2030-01-07`
      const { body } = await ask('GET', path, undefined, key)
      return body.code ?? body.slots.length
    }
    const anybody = async (key: string) => {
      const path = `/slots?visit_type_id=${visitType}&location_id=${location.id}&from=2030-01-07&to=2030-01-07&limit=100`
      const { body } = await ask('GET', path, undefined, key)
      return body.code ?? body.slots.length
    }
    expect([await startsFor(''), await startsFor(desk)]).toEqual([11, 11])
    expect([await anybody(''), await anybody(desk)]).toEqual([11, 11])

    const path = `/${noun}s/${id}`
    expect((await ask('PATCH', path, { [noun]: { is_listed: false } })).body[noun].is_listed).toBe(false)
    expect(await list('doctors', '')).not.toContain(doctor)
    expect(await list('doctors', desk)).toContain(doctor)
    if (noun === 'location') expect(await list('locations', '')).not.toContain(id)
    expect(await list(`${noun}s`, desk)).toContain(id)
    expect([await startsFor(''), await startsFor(desk)]).toEqual(['not_offered', 11])
    expect([await anybody(''), await anybody(desk)]).toEqual([0, 11])

    const appointment = {
      doctor_id: doctor,
      patient_id: await registerPatient(sql),
      visit_type_id: visitType,
      start_at: '2030-01-07T03:00:00Z',
    }
    expect(await ask('POST', '/appointments', { appointment }, desk)).toMatchObject({ status: 201 })
    await ask('PATCH', path, { [noun]: { is_listed: true } })
    expect(await startsFor('')).toBe(8)
  })
})
