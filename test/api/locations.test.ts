import { describe, expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { openAdmin } from '../support/people.ts'

const clinic = await openClinic()
const admin = await openAdmin(clinic.sql)
const ask = asking(clinic.origin, admin)

const open = (particulars: object) =>
  ask('POST', '/locations', { location: { name: 'Menteng', time_zone: 'Asia/Jakarta', ...particulars } })

async function countLocations(): Promise<number> {
  return (await clinic.sql.query('select count(*)::int from locations')).rows[0].count
}

describe('a location', () => {
  it('is opened and then publicly listed by name', async () => {
    const names = ['Zehlendorf', 'Anggrek', 'Mitte']
    const opened = []
    for (const name of names) {
      const { status, body } = await open({ name: ` ${name} `, time_zone: 'Europe/Berlin' })
      expect(status).toBe(201)
      const location = {
        id: expect.any(Number),
        name,
        time_zone: 'Europe/Berlin',
        address: null,
        phone: null,
        directions: null,
        email: null,
        wanted_messages: 'approvals',
        is_active: true,
        is_listed: true,
        sort_order: 0,
        version: 1,
      }
      expect(body).toEqual({ location })
      opened.push(body.location)
    }
    const response = await fetch(`${clinic.origin}/api/v1/locations`)
    const [zehlendorf, anggrek, mitte] = opened
    const forEveryone = [anggrek, mitte, zehlendorf].map(({ email, wanted_messages, ...shown }) => shown)
    expect(await response.json()).toEqual({ locations: forEveryone })
    const { locations } = (await ask('GET', '/locations')).body
    expect(locations).toEqual([anggrek, mitte, zehlendorf])
  })

  it.each(['UTC', 'Asia/Jakarta', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'Etc/GMT+7'])(
    'may be in %s',
    async (time_zone) => {
      expect((await open({ time_zone })).body).toMatchObject({ location: { time_zone } })
    },
  )

  it('has an address and a phone number', async () => {
    const reached = {
      address: 'Jl. Menteng Raya 1, Jakarta',
      phone: '+62 21 5550 100',
      directions: 'In the courtyard,\nnext to the pharmacy',
      email: 'menteng@clinic.example',
      wanted_messages: 'everything',
    }
    const opened = (await open({ ...reached, address: ` ${reached.address} ` })).body.location
    expect(opened).toMatchObject(reached)
    const { locations } = (await ask('GET', '/locations')).body
    expect(locations).toContainEqual(opened)
    const changes = { directions: null, email: 'new@clinic.example', wanted_messages: 'nothing' }
    const changed = await ask('PATCH', `/locations/${opened.id}`, { location: changes })
    expect(changed.body.location).toEqual({ ...opened, ...changes, version: 2 })
  })

  it.each([
    ['address', ''],
    ['address', 'x'.repeat(201)],
    ['address', 'two\nlines'],
    ['address', 7],
    ['phone', ' '],
    ['phone', '1'.repeat(41)],
    ['phone', null],
  ])('cannot have the %s %j', async (field, value) => {
    const { status, body } = await open({ [field]: value })
    expect([status, body.errors[0].pointer]).toEqual([422, `/location/${field}`])
  })

  it('may share a name with another location', async () => {
    const [one, other] = [await open({ name: 'Twice' }), await open({ name: 'Twice' })]
    expect(one.body.location.id).not.toBe(other.body.location.id)
  })
})

describe('opening a location is refused', () => {
  it.each([
    'Mars/Olympus',
    'EST',
    'CET',
    'GMT',
    'WIB',
    '+07:00',
    'UTC+7',
    '',
    ' ',
    'utc',
    'Europe/berlin',
    'europe/Berlin',
    'EUROPE/BERLIN',
    'Europe/Berlin ',
    'Europe/Berlin\n',
    'Europe/Berlin\u0000',
    'Europe/',
    'posix/Europe/Berlin',
    'Europe/../UTC',
    `Europe/${'x'.repeat(5000)}`,
    "UTC'; drop table locations; --",
    null,
    7,
    true,
    ['UTC'],
    { name: 'UTC' },
  ])('in the zone %j', async (time_zone) => {
    const before = await countLocations()
    const { status, headers, body } = await open({ time_zone })
    expect([status, headers.get('Content-Type')]).toEqual([422, 'application/problem+json'])
    const detail = expect.stringMatching(/^must be an IANA time zone|^is required/)
    expect(body).toMatchObject({ code: 'invalid', errors: [{ pointer: '/location/time_zone', detail }] })
    expect(await countLocations()).toBe(before)
  })

  it.each([
    ['no name', undefined],
    ['an empty name', ''],
    ['a blank name', ' \t '],
    ['a name of more than a hundred characters', 'x'.repeat(101)],
    ['a null byte in its name', 'Men\u0000teng'],
    ['two lines in its name', 'Men\nteng'],
    ['an escape in its name', '\u001b[31mMenteng'],
    ['half a character in its name', 'Menteng \ud83d'],
    ['a list for a name', ['Menteng']],
    ['a number for a name', 7],
  ])('with %s', async (_, name) => {
    const { status, body } = await open({ name })
    expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'invalid', '/location/name'])
  })

  it('naming everything wrong at once', async () => {
    const { body } = await ask('POST', '/locations', { location: {} })
    expect(body.errors).toEqual([
      { pointer: '/location/name', detail: 'is required' },
      { pointer: '/location/time_zone', detail: 'is required' },
    ])
  })

  it.each([
    ['null', 422],
    ['[]', 422],
    ['"location"', 422],
    ['{"location":[]}', 422],
    ['{"location":"Menteng"}', 422],
    ['['.repeat(8000) + ']'.repeat(8000), 422],
    ['{"location":', 400],
    ['\u0000', 400],
  ])('for the body %.20s', async (body, status) => {
    expect((await ask('POST', '/locations', body)).status).toBe(status)
  })
})
