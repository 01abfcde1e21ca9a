import { describe, expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { giveKey, hireDoctor, openAccount, openAdmin, openDesk, openLocation } from '../support/people.ts'

const clinic = await openClinic()
const ask = asking(clinic.origin, await openAdmin(clinic.sql))
const desk = await openDesk(clinic.sql)

const room = { type: 'room', kind: 'consultation', name: 'Room 1' }

async function add(wish: object = {}) {
  const location_id = await openLocation(clinic.sql)
  const { status, body } = await ask('POST', '/resources', { resource: { location_id, ...room, ...wish } })
  expect(status).toBe(201)
  return body.resource
}

const listed = async (query: string, key?: string) =>
  (await ask('GET', `/resources${query}`, undefined, key)).body

describe('a room or device', () => {
  it('is added, and listed by name for the clinic’s own people', async () => {
    const one = await add({ name: 'Room 2' })
    expect(one).toEqual({
      id: expect.any(Number),
      location_id: expect.any(Number),
      ...room,
      name: 'Room 2',
      sort_order: 0,
      is_active: true,
      version: 1,
      weekly_hours: [],
    })
    const { location_id } = one
    const device = await add({
      location_id,
      type: 'device',
      kind: 'ultrasound',
      name: 'Ultrasound 1',
      sort_order: 3,
    })
    const first = await add({ location_id })
    const doctorId = await hireDoctor(clinic.sql)
    const doctor = await giveKey(clinic.sql, await openAccount(clinic.sql, { role: 'doctor', doctorId }), {
      role: 'doctor',
    })
    for (const key of [desk, doctor, undefined])
      expect(await listed(`?location_id=${location_id}`, key)).toEqual({ resources: [first, one, device] })
    expect(await listed(`?location_id=${location_id}&type=device`)).toEqual({ resources: [device] })
  })

  it('is listed page by page', async () => {
    const { location_id } = await add({ name: 'A' })
    for (const name of ['C', 'B', 'B']) await add({ location_id, name })
    const names: string[] = []
    let path: string | undefined = `/resources?location_id=${location_id}&limit=2`
    while (path) {
      const { body, headers } = await ask('GET', path)
      names.push(...body.resources.map(({ name }: { name: string }) => name))
      path = headers.get('Link')?.match(/<\/api\/v1([^>]+)>/)?.[1]
    }
    expect(names).toEqual(['A', 'B', 'B', 'C'])
  })

  it('changes its name, kind, order and whether it is in use', async () => {
    const one = await add()
    const changes = { name: 'Room 9', kind: 'surgery', sort_order: 5, is_active: false }
    const changed = await ask('PATCH', `/resources/${one.id}`, { resource: changes })
    expect([changed.status, changed.body]).toEqual([
      200,
      { resource: { ...one, ...changes, version: 2 }, appointment_ids: [] },
    ])
    expect(await listed(`?location_id=${one.location_id}`)).toEqual({ resources: [changed.body.resource] })
    expect((await ask('PATCH', '/resources/999999', { resource: changes })).status).toBe(404)
  })

  it('gets hours, and loses them', async () => {
    const one = await add()
    const path = `/resources/${one.id}/weekly-hours`
    const weekly_hours = [{ weekday: 1, opens_at: '09:00', closes_at: '12:00' }]
    expect((await ask('PUT', path, { weekly_hours })).body).toEqual({ weekly_hours, appointment_ids: [] })
    const where = `?location_id=${one.location_id}`
    expect((await listed(where)).resources).toEqual([{ ...one, weekly_hours, version: 2 }])
    await ask('PUT', path, { weekly_hours: [] })
    expect((await listed(where)).resources).toEqual([{ ...one, version: 3 }])
  })

  it('has no overlapping hours: both ranges are named', async () => {
    const one = await add()
    const at = (opens_at: string, closes_at: string) => ({ weekday: 1, opens_at, closes_at })
    const weekly_hours = [at('13:00', '14:00'), at('09:00', '12:00'), at('11:00', '12:00')]
    const { status, body } = await ask('PUT', `/resources/${one.id}/weekly-hours`, { weekly_hours })
    const words = 'join the two, or change their times or dates'
    expect([status, body.errors]).toEqual([
      422,
      [
        {
          pointer: '/weekly_hours/1',
          detail: `overlaps /weekly_hours/2, 11:00–12:00 on weekday 1: ${words}`,
        },
        {
          pointer: '/weekly_hours/2',
          detail: `overlaps /weekly_hours/1, 09:00–12:00 on weekday 1: ${words}`,
        },
      ],
    ])
  })

  it('is out of order for a while, which the front desk enters and withdraws', async () => {
    const one = await add()
    const path = `/resources/${one.id}/absences`
    const absence = { start_local: '2030-01-07T12:00', end_local: '2030-01-08T00:00', reason: 'Repair' }
    const entered = await ask('POST', path, { absence }, desk)
    expect([entered.status, entered.body.absence]).toEqual([
      201,
      expect.objectContaining({ ...absence, time_zone: 'Asia/Jakarta', appointment_ids: [] }),
    ])
    expect((await ask('GET', path, undefined, desk)).body).toEqual({ absences: [entered.body.absence] })
    const gone = await ask('DELETE', `${path}/${entered.body.absence.id}`, undefined, desk)
    expect(gone.status).toBe(204)
    expect((await ask('GET', path, undefined, desk)).body).toEqual({ absences: [] })
    expect((await ask('POST', '/resources/999999/absences', { absence })).status).toBe(404)
  })

  it.each([
    ['of an unknown type', { type: 'car' }, '/resource/type'],
    ['without a kind', { kind: '' }, '/resource/kind'],
    ['of a long kind', { kind: 'x'.repeat(61) }, '/resource/kind'],
    ['with half an order', { sort_order: 1.5 }, '/resource/sort_order'],
    ['with a name that hides something', { name: 'Room\u202e1' }, '/resource/name'],
  ])('%s is refused', async (_, wrong, pointer) => {
    const location_id = await openLocation(clinic.sql)
    const { status, body } = await ask('POST', '/resources', { resource: { location_id, ...room, ...wrong } })
    expect([status, body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([422, [pointer]])
  })

  it('belongs to a location that exists', async () => {
    const resource = { location_id: 999_999, ...room }
    expect((await ask('POST', '/resources', { resource })).status).toBe(404)
    const { status, body } = await ask('GET', '/resources?location_id=999999')
    expect([status, body.errors[0].parameter]).toEqual([422, 'location_id'])
  })
})
