import { describe, expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import {
  giveKey,
  hireDoctor,
  insertAppointment,
  locationOf,
  openAccount,
  openAdmin,
  openDesk,
} from '../support/people.ts'

const clinic = await openClinic()
const admin = await openAdmin(clinic.sql)
const desk = await openDesk(clinic.sql)
const ask = asking(clinic.origin, admin)

const book = (doctorId: number, startAt: string, status = 'booked') =>
  insertAppointment(clinic.sql, { doctorId, startAt, status })

const noon = { start_local: '2030-01-07T12:00', end_local: '2030-01-07T13:00' }
const shownNoon = {
  ...noon,
  start_at: '2030-01-07T05:00:00.000Z',
  end_at: '2030-01-07T06:00:00.000Z',
  time_zone: 'Asia/Jakarta',
}

const kinds = [
  {
    kind: 'time off',
    envelope: 'time_off',
    list: 'time_off',
    where: { location_id: null, kind: 'away' },
    path: (doctor: number) => `/doctors/${doctor}/time-off`,
  },
  {
    kind: 'a closure',
    envelope: 'closure',
    list: 'closures',
    where: {},
    path: async (doctor: number) => `/locations/${await locationOf(clinic.sql, doctor)}/closures`,
  },
]

describe.each(kinds)('$kind', ({ envelope, list, where, path }) => {
  /** Absences of a new doctor. */
  async function open() {
    const doctor = await hireDoctor(clinic.sql)
    const address = await path(doctor)
    const enter = (absence: unknown, key?: string) => ask('POST', address, { [envelope]: absence }, key)
    const listed = async () => (await ask('GET', address)).body[list]
    return { doctor, address, enter, listed }
  }

  it('is entered, listed and deleted', async () => {
    const { address, enter, listed } = await open()
    const { status, body } = await enter({ ...noon, reason: ' Lunch ' })
    expect(status).toBe(201)
    const absence = body[envelope]
    const shown = { ...shownNoon, ...where, reason: 'Lunch', appointment_ids: [] }
    expect(absence).toEqual({ id: expect.any(Number), ...shown })
    expect(await listed()).toEqual([absence])
    const withdrawn = await ask('DELETE', `${address}/${absence.id}`)
    expect([withdrawn.status, withdrawn.body]).toEqual([204, null])
    expect(await listed()).toEqual([])
    expect((await ask('DELETE', `${address}/${absence.id}`)).status).toBe(404)
  })

  it('entered twice stays one, with the last reason', async () => {
    const { enter, listed } = await open()
    const answers = [await enter({ ...noon, reason: 'Lunch' }), await enter({ ...noon, reason: 'Training' })]
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    const [one, other] = answers.map(({ body }) => body[envelope])
    expect(other.id).toBe(one.id)
    const shown = { ...shownNoon, ...where, reason: 'Training', appointment_ids: [] }
    expect(await listed()).toEqual([{ id: one.id, ...shown }])
  })

  it('reports the appointments it covers, in order of start, and leaves them booked', async () => {
    const { doctor, enter } = await open()
    const [late, early] = [await book(doctor, '2030-01-07T05:45Z'), await book(doctor, '2030-01-07T04:45Z')]
    const arrived = await book(doctor, '2030-01-07T05:15Z', 'arrived')
    await book(doctor, '2030-01-07T04:00Z')
    await book(doctor, '2030-01-07T06:15Z')
    await book(doctor, '2030-01-07T05:15Z', 'cancelled')
    await book(await hireDoctor(clinic.sql), '2030-01-07T05:15Z')
    const named = async () => (await enter(noon)).body[envelope].appointment_ids
    expect([await named(), await named()]).toEqual(Array(2).fill([early, arrived, late]))
    const { rows } = await clinic.sql.query('select status from appointments where id = any ($1)', [
      [early, arrived, late],
    ])
    expect(rows.map(({ status }) => status).sort()).toEqual(['arrived', 'booked', 'booked'])
  })

  it('does not report an appointment it only touches', async () => {
    const { doctor, enter } = await open()
    await book(doctor, '2030-01-07T04:30Z')
    await book(doctor, '2030-01-07T06:00Z')
    expect((await enter(noon)).body[envelope].appointment_ids).toEqual([])
  })

  it('is listed until it ends', async () => {
    const { enter, listed } = await open()
    const long = { start_local: '2030-01-01T00:00', end_local: '2031-12-31T00:00' }
    for (const absence of [long, { start_local: '2020-01-01T00:00', end_local: '2020-01-02T00:00' }, noon])
      expect((await enter(absence)).status).toBe(201)
    expect(await listed()).toMatchObject([noon, long])
  })

  it('cannot be deleted through another doctor or location', async () => {
    const [one, other] = [await open(), await open()]
    const { id } = (await one.enter(noon)).body[envelope]
    expect((await ask('DELETE', `${other.address}/${id}`)).status).toBe(404)
    expect(await one.listed()).toHaveLength(1)
  })

  it('is for the front desk too, but not without a key', async () => {
    const { address, enter } = await open()
    expect((await enter(noon, '')).status).toBe(401)
    expect((await ask('GET', address, undefined, '')).status).toBe(401)
    const { id } = (await enter(noon, desk)).body[envelope]
    expect((await ask('DELETE', `${address}/${id}`, undefined, '')).status).toBe(401)
    expect((await ask('DELETE', `${address}/${id}`, undefined, desk)).status).toBe(204)
  })

  it.each([
    ['no times', {}, ['start_local', 'end_local']],
    ['empty times', { start_local: '', end_local: null }, ['start_local', 'end_local']],
    ['a date alone', { ...noon, start_local: '2030-01-07' }, ['start_local']],
    ['an offset', { ...noon, start_local: '2030-01-07T12:00+07:00' }, ['start_local']],
    ['a Z', { ...noon, end_local: '2030-01-07T13:00Z' }, ['end_local']],
    ['a space instead of the T', { ...noon, end_local: '2030-01-07 13:00' }, ['end_local']],
    ['an impossible day', { ...noon, start_local: '2030-02-30T12:00' }, ['start_local']],
    ['an impossible hour', { ...noon, end_local: '2030-01-07T24:00' }, ['end_local']],
    ['an infinite end', { ...noon, end_local: 'infinity' }, ['end_local']],
    ['a year of five digits', { ...noon, end_local: '+12030-01-07T13:00' }, ['end_local']],
    ['the year 1', { ...noon, start_local: '0001-01-01T00:00' }, ['start_local']],
    ['an end before the start', { ...noon, end_local: '2030-01-07T11:59' }, ['end_local']],
    ['no length', { ...noon, end_local: noon.start_local }, ['end_local']],
    ['more than two years', { ...noon, end_local: '2032-01-08T12:01' }, ['end_local']],
    ['a null byte', { ...noon, start_local: '2030-01-07T12:00\u0000' }, ['start_local']],
    ['a null byte in the reason', { ...noon, reason: 'Lun\u0000ch' }, ['reason']],
    ['two lines of reason', { ...noon, reason: 'Lunch\nand more' }, ['reason']],
    ['an empty reason', { ...noon, reason: ' ' }, ['reason']],
    ['too long a reason', { ...noon, reason: 'x'.repeat(501) }, ['reason']],
    ['a number for a reason', { ...noon, reason: 7 }, ['reason']],
    ['a list', [noon], ['']],
    ['a word', 'tomorrow', ['']],
    ['nothing', null, ['']],
    ['depth', [[[[[{}]]]]], ['']],
  ])('is refused with %s', async (_, absence, fields) => {
    const { enter, listed } = await open()
    const { status, headers, body } = await enter(absence)
    expect([status, headers.get('Content-Type')]).toEqual([422, 'application/problem+json'])
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer)
    for (const field of fields) expect(pointers).toContain(`/${envelope}${field && `/${field}`}`)
    expect(await listed()).toEqual([])
  })

  it('may last two years, with a reason of 500 characters', async () => {
    const { enter } = await open()
    const longest = { ...noon, end_local: '2032-01-08T12:00', reason: 'x'.repeat(500) }
    expect((await enter(longest)).status).toBe(201)
  })

  it.each(['0', 'abc', '999999', '9007199254740993', '%00'])('is 404 with the unknown id %s', async (id) => {
    const address = (await path(await hireDoctor(clinic.sql))).replace(/\d+/, id)
    const noun = envelope === 'closure' ? 'location' : 'doctor'
    for (const asked of [ask('POST', address, { [envelope]: noon }), ask('GET', address)])
      expect((await asked).body).toMatchObject({
        status: 404,
        detail: `No such ${noun}. Check the path and the ids, and that your key may see it.`,
      })
    expect((await ask('DELETE', `${address}/1`)).status).toBe(404)
    const { address: known } = await open()
    expect((await ask('DELETE', `${known}/${id}`)).status).toBe(404)
  })

  it('takes minutes, not seconds', async () => {
    const { enter, listed } = await open()
    expect((await enter({ ...noon, start_local: '2030-01-07T12:00:30' })).status).toBe(422)
    expect((await enter({ ...noon, end_local: '2030-01-07T12:59:59.9999996' })).status).toBe(422)
    expect(await listed()).toEqual([])
  })

  it('keeps its reason when entered again without one', async () => {
    const { enter, listed } = await open()
    await enter({ ...noon, reason: 'Conference' })
    await enter(noon)
    expect(await listed()).toMatchObject([{ reason: 'Conference' }])
  })
})

describe('a doctor with a key of their own', () => {
  it('enters, sees and deletes time off for themselves only', async () => {
    const [doctor, colleague] = [await hireDoctor(clinic.sql), await hireDoctor(clinic.sql)]
    const account = await openAccount(clinic.sql, { role: 'doctor', doctorId: doctor })
    const key = await giveKey(clinic.sql, account, { role: 'doctor' })
    const [own, others] = [`/doctors/${doctor}/time-off`, `/doctors/${colleague}/time-off`]
    const { status, body } = await ask('POST', own, { time_off: noon }, key)
    expect(status).toBe(201)
    expect((await ask('GET', own, undefined, key)).body.time_off).toHaveLength(1)
    expect((await ask('DELETE', `${own}/${body.time_off.id}`, undefined, key)).status).toBe(204)
    const theirs = (await ask('POST', others, { time_off: noon })).body.time_off
    for (const [method, path, input] of [
      ['POST', others, { time_off: noon }],
      ['GET', others, undefined],
      ['DELETE', `${others}/${theirs.id}`, undefined],
      ['POST', `/locations/${await locationOf(clinic.sql, doctor)}/closures`, { closure: noon }],
    ] as const)
      expect((await ask(method, path, input, key)).body).toMatchObject({ status: 403, code: 'forbidden' })
  })
})
