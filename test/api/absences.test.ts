import { describe, expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { giveKey, hireDoctor, openAccount, openAdmin, openDesk, registerPatient } from '../support/people.ts'

const clinic = await openClinic()
const admin = await openAdmin(clinic.sql)
const desk = await openDesk(clinic.sql)
const ask = asking(clinic.origin, admin)

async function book(doctor: number, startAt: string, status = 'booked'): Promise<number> {
  const { rows } = await clinic.sql.query(
    `insert into appointments (doctor_id, patient_id, start_at, end_at, status)
     values ($1, $2, $3, $3::timestamptz + interval '30 minutes', $4) returning id::int`,
    [doctor, await registerPatient(clinic.sql), startAt, status],
  )
  return rows[0].id
}

async function locationOf(doctor: number): Promise<number> {
  const { rows } = await clinic.sql.query('select location_id::int as id from doctors where id = $1', [
    doctor,
  ])
  return rows[0].id
}

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
    path: (doctor: number) => `/doctors/${doctor}/time-off`,
  },
  {
    kind: 'a closure',
    envelope: 'closure',
    list: 'closures',
    path: async (doctor: number) => `/locations/${await locationOf(doctor)}/closures`,
  },
]

describe.each(kinds)('$kind', ({ envelope, list, path }) => {
  /** Of a doctor of the test's own. */
  async function open() {
    const doctor = await hireDoctor(clinic.sql)
    const address = await path(doctor)
    const enter = (absence: unknown, key?: string) => ask('POST', address, { [envelope]: absence }, key)
    const listed = async () => (await ask('GET', address)).body[list]
    return { doctor, address, enter, listed }
  }

  it('is entered, listed, and taken back', async () => {
    const { address, enter, listed } = await open()
    const { status, body } = await enter({ ...noon, reason: ' Lunch ' })
    expect(status).toBe(201)
    const absence = body[envelope]
    expect(absence).toEqual({ id: expect.any(Number), ...shownNoon, reason: 'Lunch', appointment_ids: [] })
    expect(await listed()).toEqual([absence])
    const withdrawn = await ask('DELETE', `${address}/${absence.id}`)
    expect([withdrawn.status, withdrawn.body]).toEqual([204, null])
    expect(await listed()).toEqual([])
    expect((await ask('DELETE', `${address}/${absence.id}`)).status).toBe(404)
  })

  it('entered twice is the same one, with what was said last', async () => {
    const { enter, listed } = await open()
    const answers = [await enter({ ...noon, reason: 'Lunch' }), await enter({ ...noon, reason: 'Training' })]
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    const [one, other] = answers.map(({ body }) => body[envelope])
    expect(other.id).toBe(one.id)
    expect(await listed()).toEqual([{ id: one.id, ...shownNoon, reason: 'Training', appointment_ids: [] }])
  })

  it('names the appointments that lie within, by their start, and leaves them booked', async () => {
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

  it('may touch an appointment, which then does not lie within', async () => {
    const { doctor, enter } = await open()
    await book(doctor, '2030-01-07T04:30Z')
    await book(doctor, '2030-01-07T06:00Z')
    expect((await enter(noon)).body[envelope].appointment_ids).toEqual([])
  })

  it('is listed by its end, until it is over', async () => {
    const { enter, listed } = await open()
    const long = { start_local: '2030-01-01T00:00', end_local: '2031-12-31T00:00' }
    for (const absence of [long, { start_local: '2020-01-01T00:00', end_local: '2020-01-02T00:00' }, noon])
      expect((await enter(absence)).status).toBe(201)
    expect(await listed()).toMatchObject([noon, long])
  })

  it('of one is not taken back in the name of another', async () => {
    const [one, other] = [await open(), await open()]
    const { id } = (await one.enter(noon)).body[envelope]
    expect((await ask('DELETE', `${other.address}/${id}`)).status).toBe(404)
    expect(await one.listed()).toHaveLength(1)
  })

  it('is a matter of the front desk, too, and not of a stranger', async () => {
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
    ['a blank for the T', { ...noon, end_local: '2030-01-07 13:00' }, ['end_local']],
    ['a day that never was', { ...noon, start_local: '2030-02-30T12:00' }, ['start_local']],
    ['an hour that never was', { ...noon, end_local: '2030-01-07T24:00' }, ['end_local']],
    ['no end', { ...noon, end_local: 'infinity' }, ['end_local']],
    ['a year of five digits', { ...noon, end_local: '+12030-01-07T13:00' }, ['end_local']],
    ['a year before our calendar', { ...noon, start_local: '0001-01-01T00:00' }, ['start_local']],
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

  it('may last two years, and its reason five hundred characters', async () => {
    const { enter } = await open()
    const longest = { ...noon, end_local: '2032-01-08T12:00', reason: 'x'.repeat(500) }
    expect((await enter(longest)).status).toBe(201)
  })

  it.each(['0', 'abc', '999999', '9007199254740993', '%00'])(
    'of %s, whom nobody knows, is none',
    async (id) => {
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
    },
  )

  it('is entered to the minute, not to the second', async () => {
    const { enter, listed } = await open()
    expect((await enter({ ...noon, start_local: '2030-01-07T12:00:30' })).status).toBe(422)
    expect((await enter({ ...noon, end_local: '2030-01-07T12:59:59.9999996' })).status).toBe(422)
    expect(await listed()).toEqual([])
  })

  it('keeps its reason when it is entered again without one', async () => {
    const { enter, listed } = await open()
    await enter({ ...noon, reason: 'Conference' })
    await enter(noon)
    expect(await listed()).toMatchObject([{ reason: 'Conference' }])
  })
})

describe('a doctor with a key of their own', () => {
  it('takes time off, sees it and takes it back, for themselves and for nobody else', async () => {
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
      ['POST', `/locations/${await locationOf(doctor)}/closures`, { closure: noon }],
    ] as const)
      expect((await ask(method, path, input, key)).body).toMatchObject({ status: 403, code: 'forbidden' })
  })
})
