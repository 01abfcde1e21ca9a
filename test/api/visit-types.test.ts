import { describe, expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { atOnce, untilBlockedOrDone } from '../support/concurrency.ts'
import { openAdmin, openDesk } from '../support/people.ts'

const clinic = await openClinic()
const admin = await openAdmin(clinic.sql)
const desk = await openDesk(clinic.sql)
let named = 0
const newName = () => `Visit ${++named}`
const ask = asking(clinic.origin, admin)

const define = (particulars: object) =>
  ask('POST', '/visit-types', { visit_type: { name: newName(), minutes: 30, ...particulars } })

const withoutId = ({ id: _, ...rules }: { id: number }) => rules

const listed = async (key?: string) => (await ask('GET', '/visit-types', undefined, key)).body.visit_types

/** Every rule, as a replacement needs. */
const full = {
  mode: 'video',
  minutes: 45,
  buffer_before_minutes: 5,
  buffer_after_minutes: 10,
  notice_minutes: 120,
  cancellation_notice_minutes: 60,
  horizon_days: 90,
  daily_cap: 8,
  bookable_online: false,
  requires_approval: true,
  approval_hours: 24,
  needs: [],
  capacity: 12,
  reminder_days: [7, 2],
  is_silent: true,
  bring: 'Your referral\nand your identity card',
  preparation: 'Eat nothing for eight hours before.',
  is_active: true,
  sort_order: 3,
}

describe('a visit type', () => {
  it('needs only a name and a length', async () => {
    const { status, body } = await define({ name: 'Check-up' })
    expect(status).toBe(201)
    expect(body.visit_type).toEqual({
      id: expect.any(Number),
      name: 'Check-up',
      mode: 'in_person',
      minutes: 30,
      buffer_before_minutes: 0,
      buffer_after_minutes: 0,
      notice_minutes: 0,
      cancellation_notice_minutes: 0,
      horizon_days: 180,
      daily_cap: null,
      bookable_online: true,
      requires_approval: false,
      approval_hours: 48,
      needs: [],
      is_active: true,
      sort_order: 0,
      capacity: null,
      reminder_days: [3, 1],
      is_silent: false,
      bring: null,
      preparation: null,
      version: 1,
    })
    expect(await listed()).toContainEqual(body.visit_type)
  })

  it('says who and what it needs, and keeps what stays', async () => {
    const room = { type: 'room', kinds: ['surgery', 'delivery'], before_minutes: 0, after_minutes: 15 }
    const nurse = { type: 'role', role: 'nurse', specialty: null, before_minutes: 5, after_minutes: 0 }
    const { id, needs } = (await define({ name: 'Operation', needs: [room, nurse, nurse] })).body.visit_type
    expect(needs).toEqual([room, nurse, nurse])
    const idsOf = async () =>
      (await clinic.sql.query('select id from visit_type_needs where visit_type_id = $1 order by id', [id]))
        .rows
    const before = await idsOf()
    const written = { type: 'role', role: 'nurse', before_minutes: 5 }
    const { body } = await ask('PATCH', `/visit-types/${id}`, {
      visit_type: { needs: [written, { ...room, kinds: ['surgery'] }] },
    })
    expect(body.visit_type.needs).toEqual([nurse, { ...room, kinds: ['surgery'] }])
    const [, kept] = before
    expect(await idsOf()).toEqual([kept, { id: expect.any(String) }])
    expect(await listed()).toContainEqual(body.visit_type)
  })

  it.each([
    [{ type: 'room' }, '/visit_type/needs/0/kinds'],
    [{ type: 'room', kinds: [] }, '/visit_type/needs/0/kinds'],
    [{ type: 'role', role: 'nurse', kinds: ['white'] }, '/visit_type/needs/0/kinds'],
    [{ type: 'device', kinds: ['x'], after_minutes: 121 }, '/visit_type/needs/0/after_minutes'],
    [{ type: 'boat' }, '/visit_type/needs/0/type'],
  ])('refuses a need such as %j', async (need, pointer) => {
    const { status, body } = await define({ needs: [need] })
    expect([status, body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([422, [pointer]])
  })

  it('has at most eight needs', async () => {
    const needs = Array(9).fill({ type: 'role', role: 'nurse' })
    expect((await define({ needs })).status).toBe(422)
  })

  it('is replaced as a whole, twice is the same, and nothing can be left out', async () => {
    const { id } = (await define({ ...full, name: 'Old' })).body.visit_type
    const visit_type = { ...full, name: 'New', minutes: 20, mode: 'in_person', daily_cap: null }
    const once = await ask('PUT', `/visit-types/${id}`, { visit_type })
    expect(once.body.visit_type).toEqual({ id, ...visit_type, version: 2 })
    const twice = await ask('PUT', `/visit-types/${id}`, { visit_type })
    expect([twice.status, twice.body]).toEqual([200, once.body])
    for (const field of Object.keys(visit_type)) {
      const { [field]: _, ...others } = visit_type as Record<string, unknown>
      const { status, body } = await ask('PUT', `/visit-types/${id}`, { visit_type: others })
      expect([status, body.errors]).toEqual([
        422,
        [{ pointer: `/visit_type/${field}`, detail: 'is required' }],
      ])
    }
    expect((await ask('GET', `/visit-types/${id}`)).body).toEqual({ visit_type: once.body.visit_type })
  })

  it('keeps what a change leaves out, so a hidden one stays hidden', async () => {
    const { id } = (await define({ ...full, name: 'Hidden' })).body.visit_type
    const { body } = await ask('PATCH', `/visit-types/${id}`, { visit_type: { minutes: 50 } })
    expect(body.visit_type).toEqual({ id, ...full, name: 'Hidden', minutes: 50, version: 2 })
    expect((await ask('GET', `/visit-types/${id}`, undefined, '')).status).toBe(404)
  })

  it('is not changed by someone who saw another version', async () => {
    const { id } = (await define({})).body.visit_type
    const change = async (method: string, version: string, minutes: number) => {
      const { name, version: _, ...rules } = (await ask('GET', `/visit-types/${id}`)).body.visit_type
      const response = await fetch(`${clinic.origin}/api/v1/visit-types/${id}`, {
        method,
        headers: {
          Authorization: `Bearer ${admin}`,
          'Content-Type': 'application/json',
          'If-Match': version,
        },
        body: JSON.stringify({
          visit_type: method === 'PUT' ? { ...withoutId(rules), name, minutes } : { minutes },
        }),
      })
      return [response.status, (await response.json()).code]
    }
    expect(await change('PATCH', '"1"', 35)).toEqual([200, undefined])
    expect(await change('PATCH', '"1"', 40)).toEqual([412, 'stale'])
    expect(await change('PUT', '"1"', 40)).toEqual([412, 'stale'])
    expect(await change('PUT', '"another"', 40)).toEqual([412, 'stale'])
    expect(await change('PUT', '"2"', 45)).toEqual([200, undefined])
  })

  it.each([
    ['the shortest', { minutes: 5, horizon_days: 1, daily_cap: 1 }],
    [
      'the longest',
      { minutes: 480, buffer_before_minutes: 120, buffer_after_minutes: 120, notice_minutes: 525_600 },
    ],
    ['the furthest', { horizon_days: 3650, daily_cap: 1000 }],
    ['one by telephone', { mode: 'phone', minutes: 30, daily_cap: 4 }],
  ])('may be %s', async (_, rules) => {
    expect((await define(rules)).status).toBe(201)
  })

  it('is listed by name, and if not bookable online only to the front desk and admins', async () => {
    const inside = (await define({ bookable_online: false })).body.visit_type
    const outside = (await define({})).body.visit_type
    const names = (visits: { name: string }[]) => visits.map(({ name }) => name)
    for (const key of [desk, admin])
      expect(names(await listed(key))).toEqual(expect.arrayContaining([inside.name, outside.name]))
    const seen = names(await listed(''))
    expect(seen).toContain(outside.name)
    expect(seen).not.toContain(inside.name)
    const { rows } = await clinic.sql.query(
      'select name from visit_types where bookable_online order by name',
    )
    expect(seen).toEqual(names(rows))
  })
})

describe('a name', () => {
  it('is unique, and kept when put again', async () => {
    const { name, id } = (await define({})).body.visit_type
    const other = (await define({})).body.visit_type.id
    const visit_type = { ...full, name, minutes: 60 }
    const taken = {
      status: 422,
      code: 'invalid',
      errors: [{ pointer: '/visit_type/name', detail: 'is already in use' }],
    }
    expect((await ask('POST', '/visit-types', { visit_type })).body).toMatchObject(taken)
    expect((await ask('PUT', `/visit-types/${other}`, { visit_type })).body).toMatchObject(taken)
    expect((await ask('PUT', `/visit-types/${id}`, { visit_type })).body).toMatchObject({
      visit_type: { name, minutes: 60 },
    })
  })

  it('goes to one of eight requests at once', async () => {
    const asked = await atOnce(8, () => define({ name: 'For one' }))
    expect(asked.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(422)])
  })

  it('goes to one of two visit types renamed at once', async () => {
    const ids = [(await define({})).body.visit_type.id, (await define({})).body.visit_type.id]
    const rival = await clinic.sql.connect()
    await rival.query('begin')
    await rival.query(`update visit_types set name = 'For one of two' where id = $1`, [ids[0]])
    const renamed = ask('PATCH', `/visit-types/${ids[1]}`, { visit_type: { name: 'For one of two' } })
    await untilBlockedOrDone(clinic.sql, renamed)
    await rival.query('commit')
    rival.release()
    expect((await renamed).body).toMatchObject({ code: 'invalid', errors: [{ pointer: '/visit_type/name' }] })
  })
})

describe('defining a visit type is refused', () => {
  it.each([
    [
      'minutes',
      [undefined, null, '', 0, 4, 481, -30, 1.5, '30', '30 minutes', 2 ** 53, 1e100, true, [30], {}],
    ],
    ['buffer_before_minutes', [-1, 121, 0.5, null, 'x']],
    ['buffer_after_minutes', [-1, 121, 0.5, null, 'x']],
    ['notice_minutes', [-1, 525_601, 2 ** 31, null]],
    ['horizon_days', [0, 3651, 32_768, -1, null]],
    ['reminder_days', [[4, 3, 2, 1], '3', null]],
    ['is_silent', ['yes', null]],
    ['bring', ['', 7, 'x'.repeat(501)]],
    ['preparation', [' ', 'x'.repeat(1001)]],
    ['daily_cap', [0, -1, 1001, 32_768, 1.5, 'x']],
    ['mode', ['fax', 'In_person', '', null, 1, ['phone']]],
    ['capacity', [0, -1, 501, 1.5, 'x']],
    ['bookable_online', ['yes', 'true', 1, 0, null, '']],
    ['name', [undefined, null, '', ' ', 'x'.repeat(101), 'a\u0000b', 'a\nb', '\u009b', 'a\ud800', 7, {}, []]],
  ])('with a wrong %s', async (field, values) => {
    for (const value of values) {
      const { status, headers, body } = await define({ [field]: value })
      expect([field, value, status, headers.get('Content-Type')]).toEqual([
        field,
        value,
        422,
        'application/problem+json',
      ])
      expect(body.code).toBe('invalid')
      expect(new Set(body.errors.map((error: { pointer: string }) => error.pointer))).toEqual(
        new Set([`/visit_type/${field}`]),
      )
    }
  })

  it.each([
    [[0], '/0', 'must be a whole number of at least 1'],
    [[15], '/0', 'must be a whole number of at most 14'],
    [[3, 1, 3], '/2', 'is already in the list'],
  ])('with reminders on the days %j', async (reminder_days, at, detail) => {
    const { status, body } = await define({ reminder_days })
    const pointer = `/visit_type/reminder_days${at}`
    expect([status, body.errors]).toEqual([422, [{ pointer, detail }]])
  })

  it.each(['0', 'abc', '999999', '9007199254740993', '1.5'])('for the unknown id %s', async (id) => {
    const { status, body } = await ask('PUT', `/visit-types/${id}`, {
      visit_type: { ...full, name: newName() },
    })
    expect([status, body.detail]).toEqual([
      404,
      'No such visit type. Check the path and the ids, and that your key may see it.',
    ])
  })

  it.each([
    null,
    [],
    'x',
    7,
    { visit_type: null },
    { visit_type: [] },
    { visit_type: 'x' },
    { visit_type: [[[{}]]] },
  ])('for the body %j', async (body) => {
    const before = await listed()
    for (const [method, path] of [
      ['POST', '/visit-types'],
      ['PUT', `/visit-types/${before[0].id}`],
    ] as const)
      expect((await ask(method, path, JSON.stringify(body))).status).toBe(422)
    expect(await listed()).toEqual(before)
  })
})
