import { describe, expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { defineVisitType, hireDoctor, locationOf, openAdmin, openDesk } from '../support/people.ts'

const clinic = await openClinic()
const admin = await openAdmin(clinic.sql)
const desk = await openDesk(clinic.sql)
const visit = await defineVisitType(clinic.sql)
const rules = { name: 'Inside', mode: 'phone', minutes: 10, online: false } as const
const inside = await defineVisitType(clinic.sql, rules)
const ask = asking(clinic.origin, admin)

/** The fields that the refusal names. */
async function faultyIn(asked: ReturnType<typeof ask>): Promise<string[]> {
  const { status, headers, body } = await asked
  expect([status, headers.get('Content-Type')]).toEqual([422, 'application/problem+json'])
  expect(body.code).toBe('invalid')
  return [...new Set<string>(body.errors.map(({ pointer }: { pointer: string }) => pointer))]
}

const monday = (opens_at: string, closes_at: string) => ({ weekday: 1, opens_at, closes_at })
const find = async (id: number, key = admin) =>
  (await ask('GET', `/doctors/${id}`, undefined, key)).body.doctor

describe('a doctor', () => {
  it('is shown with their location, today’s hours and visit types', async () => {
    const hours = [
      { weekdays: [2], opensAt: '09:00', closesAt: '24:00' },
      { weekdays: [1], opensAt: '13:00', closesAt: '17:00' },
      { weekdays: [1], opensAt: '00:00', closesAt: '12:00', startsOn: '2020-01-01', endsOn: '2040-01-01' },
      { weekdays: [3], opensAt: '09:00', closesAt: '12:00', endsOn: '2020-01-01' },
      { weekdays: [4], opensAt: '09:00', closesAt: '12:00', startsOn: '2040-01-01' },
    ]
    const wishes = { hours, specialty: 'Cardiology', gridMinutes: 20, visitTypes: [inside, visit] }
    const id = await hireDoctor(clinic.sql, wishes)
    const shown = await find(id)
    const place = { id: expect.any(Number), name: 'Menteng', time_zone: 'Asia/Jakarta' }
    expect(shown).toEqual({
      id,
      name: 'Dr. Strange',
      specialty: 'Cardiology',
      role: 'doctor',
      grid_minutes: 20,
      is_active: true,
      is_listed: true,
      sort_order: 0,
      version: 0,
      locations: [place],
      location: place,
      weekly_hours: [
        monday('00:00', '12:00'),
        monday('13:00', '17:00'),
        { weekday: 2, opens_at: '09:00', closes_at: '24:00' },
      ].map((range) => ({ ...range, location_id: shown.location.id })),
      visit_types: [
        { id: visit, name: 'Consultation', mode: 'in_person', minutes: 30 },
        { id: inside, name: 'Inside', mode: 'phone', minutes: 10 },
      ],
    })
    const { doctors } = (await ask('GET', '/doctors?specialty=Cardiology')).body
    expect(doctors).toEqual([shown])
    expect(await find(id, desk)).toEqual(shown)
    expect(await find(id, '')).toEqual({ ...shown, visit_types: [shown.visit_types[0]] })
  })

  it('is hired with a specialty, a role and a grid, or the defaults', async () => {
    const { id: location_id } = (
      await ask('POST', '/locations', { location: { name: 'Here', time_zone: 'UTC' } })
    ).body.location
    const hire = async (particulars: object) =>
      (await ask('POST', '/doctors', { doctor: { name: 'Dr. New', location_id, ...particulars } })).body
        .doctor
    const own = { specialty: 'Radiology', role: 'radiographer', grid_minutes: 45 }
    const { id } = await hire(own)
    expect(await find(id)).toMatchObject({ ...own, weekly_hours: [] })
    expect(await hire({})).toMatchObject({
      specialty: 'General practice',
      role: 'doctor',
      grid_minutes: 15,
    })
  })

  it('is found by specialty, location or both', async () => {
    const specialty = 'Dermatology'
    const one = await hireDoctor(clinic.sql, { specialty })
    const other = await hireDoctor(clinic.sql, { specialty })
    const found = async (query: string) =>
      (await ask('GET', `/doctors?${query}`)).body.doctors.map(({ id }: { id: number }) => id)
    const { id: location } = (await find(other)).location
    expect(await found('specialty=Dermatology')).toEqual([one, other])
    expect(await found(`location_id=${location}`)).toEqual([other])
    expect(await found(`specialty=Dermatology&location_id=${location}`)).toEqual([other])
    const { status, body } = await ask('GET', '/doctors?specialty=Alchemy&location_id=999999')
    expect([status, body.errors.map(({ parameter }: { parameter: string }) => parameter)]).toEqual([
      422,
      ['specialty', 'location_id'],
    ])
  })

  it.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'limit=',
    'location_id=x',
    'location_id=',
    'specialty=',
    'specialty=%00',
  ])('cannot be searched by %s', async (query) => {
    const { status, body } = await ask('GET', `/doctors?${query}`)
    expect([status, body.errors[0].parameter]).toEqual([422, query.split('=')[0]])
  })
})

describe('changing a doctor', () => {
  it('changes what is sent and keeps the rest', async () => {
    const id = await hireDoctor(clinic.sql, { visitTypes: [visit] })
    const before = await find(id)
    const change = async (doctor: object) => (await ask('PATCH', `/doctors/${id}`, { doctor })).body.doctor
    const who = { ...before, name: 'Dr. Who' }
    expect(await change({ name: ' Dr. Who ' })).toEqual({ ...who, version: 1 })
    expect(await change({ specialty: 'Time' })).toEqual({ ...who, specialty: 'Time', version: 2 })
    expect(await change({ grid_minutes: 20 })).toMatchObject({ name: 'Dr. Who', grid_minutes: 20 })
    expect(await change({ role: 'nurse' })).toMatchObject({ specialty: 'Time', role: 'nurse' })
    expect(await change({ role: 'doctor' })).toMatchObject({ role: 'doctor' })
    expect(await change({})).toEqual({ ...who, specialty: 'Time', grid_minutes: 20, version: 5 })
    expect(await find(id)).toMatchObject({ name: 'Dr. Who', specialty: 'Time', grid_minutes: 20 })
  })

  it.each([
    ['grid_minutes', [7, 0, 25, -15, 1, 1440, 725, 7.5, '15', null, '', 2 ** 53, true]],
    ['name', [null, '', '  ', 'x'.repeat(101), 'Dr.\u0000', 'Dr.\r\nEvil', '\ud800', 7, {}, ['Dr.']]],
    ['specialty', [null, '', 'x'.repeat(101), '\u0000', '\u007f', 7, {}]],
    ['role', [null, '', 'x'.repeat(61), '\u0000', 7, {}]],
  ])('refuses a wrong %s', async (field, values) => {
    const id = await hireDoctor(clinic.sql, { visitTypes: [visit] })
    const before = await find(id)
    for (const value of values) {
      const sane = { name: 'Dr. New', location_id: before.location.id, specialty: 'Time', grid_minutes: 20 }
      const doctor = { ...sane, [field]: value }
      const { location_id: _, ...changes } = doctor
      expect(await faultyIn(ask('PATCH', `/doctors/${id}`, { doctor: changes }))).toEqual([
        `/doctor/${field}`,
      ])
      expect(await faultyIn(ask('POST', '/doctors', { doctor }))).toEqual([`/doctor/${field}`])
    }
    expect(await find(id)).toEqual(before)
  })
})

describe('a doctor’s weekly hours', () => {
  async function whereTheyWork(id: number, ranges: object[]) {
    const location_id = await locationOf(clinic.sql, id)
    return ranges.map((range) => ({ ...range, location_id }))
  }

  it('are put as a whole, and can be put again', async () => {
    const id = await hireDoctor(clinic.sql)
    const weekly_hours = [monday('13:00', '17:00'), monday('09:00', '12:00')]
    for (const _ of ['once', 'twice']) {
      const { status, body } = await ask('PUT', `/doctors/${id}/weekly-hours`, { weekly_hours })
      expect([status, body]).toEqual([200, { weekly_hours, appointment_ids: [] }])
      expect((await find(id)).weekly_hours).toEqual(await whereTheyWork(id, weekly_hours.toReversed()))
    }
    await ask('PUT', `/doctors/${id}/weekly-hours`, { weekly_hours: [] })
    expect((await find(id)).weekly_hours).toEqual([])
  })

  it('are read with their first and last days, and can be put back as read', async () => {
    const id = await hireDoctor(clinic.sql)
    const path = `/doctors/${id}/weekly-hours`
    const summer = { ...monday('08:00', '11:00'), starts_on: '2020-06-01', ends_on: '2020-08-31' }
    const later = { ...monday('09:00', '12:00'), starts_on: '2099-01-01' }
    await ask('PUT', path, { weekly_hours: [later, summer] })
    const { body } = await ask('GET', path)
    const read = [summer, { ...later, ends_on: null }]
    expect(body).toEqual({ weekly_hours: await whereTheyWork(id, read) })
    expect((await ask('PUT', path, body)).status).toBe(200)
    expect((await ask('GET', path)).body).toEqual(body)
    expect((await ask('GET', '/doctors/999999/weekly-hours')).status).toBe(404)
  })

  it('are at most a hundred ranges', async () => {
    const id = await hireDoctor(clinic.sql)
    const ranges = Array.from({ length: 101 }, (_, n) => {
      const hour = String(Math.floor(n / 7)).padStart(2, '0')
      return { ...monday(`${hour}:00`, `${hour}:30`), weekday: 1 + (n % 7) }
    })
    const put = (weekly_hours: unknown[]) => ask('PUT', `/doctors/${id}/weekly-hours`, { weekly_hours })
    expect((await put(ranges.slice(1))).status).toBe(200)
    expect(await faultyIn(put(ranges))).toEqual(['/weekly_hours'])
    expect((await find(id)).weekly_hours).toHaveLength(100)
  })

  it('may not say the same minute twice: both ranges are named', async () => {
    const id = await hireDoctor(clinic.sql)
    const put = (...weekly_hours: unknown[]) =>
      faultyIn(ask('PUT', `/doctors/${id}/weekly-hours`, { weekly_hours }))
    const before = (await find(id)).weekly_hours
    const morning = monday('09:00', '12:00')
    const both = ['/weekly_hours/0', '/weekly_hours/1']
    expect(await put(morning, morning)).toEqual(both)
    expect(await put(morning, monday('11:59', '13:00'))).toEqual(both)
    expect(await put(monday('08:00', '17:00'), morning, monday('17:00', '18:00'))).toEqual(both)
    expect(await put({ ...morning, ends_on: '2030-06-30' }, { ...morning, starts_on: '2030-06-30' })).toEqual(
      both,
    )
    expect((await find(id)).weekly_hours).toEqual(before)
    const next = { ...morning, starts_on: '2030-07-01' }
    const week = [
      { ...morning, ends_on: '2030-06-30' },
      next,
      monday('12:00', '13:00'),
      { ...morning, weekday: 2 },
    ]
    expect((await ask('PUT', `/doctors/${id}/weekly-hours`, { weekly_hours: week })).status).toBe(200)
  })

  it('name the other range in words, too', async () => {
    const id = await hireDoctor(clinic.sql)
    const weekly_hours = [monday('09:00', '12:00'), monday('11:00', '13:00')]
    const { body } = await ask('PUT', `/doctors/${id}/weekly-hours`, { weekly_hours })
    expect(body.errors.map(({ detail }: { detail: string }) => detail.split(': ')[0])).toEqual([
      'overlaps /weekly_hours/1, 11:00–13:00 on weekday 1',
      'overlaps /weekly_hours/0, 09:00–12:00 on weekday 1',
    ])
  })

  it('that overlap, repeat or touch each other from of old, are shown as one range', async () => {
    const hours = [
      ['09:00', '12:00'],
      ['09:00', '12:00'],
      ['11:00', '13:00'],
      ['13:00', '15:00'],
      ['16:00', '24:00'],
    ].map(([opensAt = '', closesAt = '']) => ({ weekdays: [1], opensAt, closesAt }))
    const id = await hireDoctor(clinic.sql, { hours })
    const shown = [monday('09:00', '15:00'), monday('16:00', '24:00')]
    expect((await find(id)).weekly_hours).toEqual(await whereTheyWork(id, shown))
    const page = await (await fetch(`${clinic.origin}/booking?doctor_id=${id}`)).text()
    expect(page.match(/class="range">[^<]+/g)?.filter((range) => range.includes('09:00'))).toEqual([
      'class="range">09:00–15:00',
    ])
  })

  it.each([
    ['a single range', monday('09:00', '12:00'), ''],
    ['a number', [7], '/0'],
    ['nothing', [monday('09:00', '12:00'), null], '/1'],
    ['a list of lists', [[monday('09:00', '12:00')]], '/0'],
    ['Sunday as day 0', [{ ...monday('09:00', '12:00'), weekday: 0 }], '/0/weekday'],
    ['a day in words', [{ ...monday('09:00', '12:00'), weekday: 'Monday' }], '/0/weekday'],
    ['half a weekday', [{ ...monday('09:00', '12:00'), weekday: 1.5 }], '/0/weekday'],
    ['an hour of one digit', [monday('9:00', '9:30')], '/0/opens_at'],
    ['a clock in seconds', [monday('09:00', '12:00:00')], '/0/closes_at'],
    ['a null byte', [monday('09:00\u0000', '12:00')], '/0/opens_at'],
    ['minutes past midnight', [monday('09:00', '24:01')], '/0/closes_at'],
    ['no length', [monday('09:00', '09:00')], '/0/closes_at'],
    ['a night', [monday('22:00', '06:00')], '/0/closes_at'],
    ['an endless day', [{ ...monday('09:00', '12:00'), ends_on: 'infinity' }], '/0/ends_on'],
    ['an impossible day', [{ ...monday('09:00', '12:00'), starts_on: '2026-02-30' }], '/0/starts_on'],
  ])('cannot be %s', async (_, weekly_hours, at) => {
    const id = await hireDoctor(clinic.sql, {
      hours: [{ weekdays: [1], opensAt: '08:00', closesAt: '09:00' }],
    })
    const put = ask('PUT', `/doctors/${id}/weekly-hours`, { weekly_hours })
    expect(await faultyIn(put)).toContain(`/weekly_hours${at}`)
    expect((await find(id)).weekly_hours).toEqual(await whereTheyWork(id, [monday('08:00', '09:00')]))
  })
})

describe('a doctor’s visit types', () => {
  const put = (id: number, visit_type_ids: unknown) =>
    ask('PUT', `/doctors/${id}/visit-types`, { visit_type_ids })
  const offeredBy = async (id: number) =>
    (await find(id)).visit_types.map((offered: { id: number }) => offered.id)

  it('are put as a whole, each once, and can be put again', async () => {
    const id = await hireDoctor(clinic.sql)
    for (const ids of [[inside], [visit, inside, visit], [inside, visit], [visit, String(visit)], []]) {
      expect((await put(id, ids)).status).toBe(200)
      expect(await offeredBy(id)).toEqual([visit, inside].filter((known) => ids.includes(known)))
    }
  })

  it('stay as they are when one is unknown, and the refusal names it', async () => {
    const id = await hireDoctor(clinic.sql, { visitTypes: [inside] })
    const named = await faultyIn(put(id, [visit, 999_998, 999_999, 999_998]))
    expect(named.sort()).toEqual(['/visit_type_ids/1', '/visit_type_ids/2'])
    expect(await offeredBy(id)).toEqual([inside])
  })

  it.each([
    ['one id', 1, ''],
    ['an object', { 0: 1 }, ''],
    ['nothing', undefined, ''],
    ['a hundred and one ids', Array(101).fill(1), ''],
    ['half an id', [1, 1.5], '/1'],
    ['no id', [0], '/0'],
    ['an id too large to be exact', [2 ** 53], '/0'],
    ['a null byte', ['1\u0000'], '/0'],
    ['a deep list', [[[[1]]]], '/0'],
  ])('cannot be %s', async (_, ids, at) => {
    const id = await hireDoctor(clinic.sql, { visitTypes: [visit] })
    expect(await faultyIn(put(id, ids))).toEqual([`/visit_type_ids${at}`])
    expect(await offeredBy(id)).toEqual([visit])
  })
})

it.each(['0', 'abc', '999999', '9007199254740993'])('changing the unknown doctor %s is 404', async (id) => {
  for (const [method, path, body] of [
    ['PATCH', '', { doctor: { name: 'Dr. No' } }],
    ['PUT', '/weekly-hours', { weekly_hours: [] }],
    ['PUT', '/visit-types', { visit_type_ids: [] }],
  ] as const) {
    const { status, body: problem } = await ask(method, `/doctors/${id}${path}`, body)
    expect([status, problem.detail]).toEqual([
      404,
      'No such doctor. Check the path and the ids, and that your key may see it.',
    ])
  }
})

it.each([
  ['weekly-hours', 'an object', { weekly_hours: {} }, /^must (?!be a JSON object)/],
  [
    'weekly-hours',
    'one too many',
    { weekly_hours: Array(101).fill(monday('09:00', '12:00')) },
    /^must (?!be a JSON)/,
  ],
  ['weekly-hours', 'a number', { weekly_hours: [7] }, /^must be a JSON object/],
  ['visit-types', 'an object', { visit_type_ids: {} }, /^must (?!be a JSON object)/],
  ['visit-types', 'one too many', { visit_type_ids: Array(101).fill(1) }, /^must (?!be a JSON object)/],
])('%s: the refusal of %s says what is expected', async (path, _, body, words) => {
  const id = await hireDoctor(clinic.sql)
  expect((await ask('PUT', `/doctors/${id}/${path}`, body)).body.errors[0].detail).toMatch(words)
})

it('what is out of use is listed only with include_inactive, and marked', async () => {
  const visitTypeId = await defineVisitType(clinic.sql)
  const doctorId = await hireDoctor(clinic.sql, { visitTypes: [visitTypeId] })
  const locationId = await locationOf(clinic.sql, doctorId)
  await clinic.sql.query(`
    update visit_types set is_active = false where id = ${visitTypeId};
    update doctors set is_active = false where id = ${doctorId};
    update locations set is_active = false where id = ${locationId}`)
  const lists = [
    { path: '/doctors', name: 'doctors', id: doctorId },
    { path: '/locations', name: 'locations', id: locationId },
    { path: '/visit-types', name: 'visit_types', id: visitTypeId },
  ]
  for (const { path, name, id } of lists) {
    const find = async (query: string) => {
      const { body } = await ask('GET', path + query, undefined, desk)
      return (body[name] as { id: number; is_active: boolean }[]).filter((one) => one.id === id)
    }
    expect(await find('')).toEqual([])
    expect(await find('?include_inactive=true')).toMatchObject([{ is_active: false }])
  }
})
