import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { openAccount, openLocation, openSession } from '../../support/people.ts'

const clinic = await openClinic()
const { origin, sql } = clinic
let cookie: string
let admin: number
let location: number

beforeAll(async () => {
  admin = await openAccount(sql, { name: 'Dewi', role: 'admin' })
  cookie = await openSession(sql, admin)
  location = await openLocation(sql)
})

async function ask(path: string, fields?: Record<string, string>, as = cookie) {
  const response = await fetch(origin + path, {
    redirect: 'manual',
    headers: { Cookie: as, Origin: origin },
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  })
  const text = (await response.text()).replaceAll(/\s+/g, ' ')
  return { status: response.status, text, to: response.headers.get('Location') ?? '' }
}

const versionIn = ({ text }: { text: string }) => /name="version" value="(\d+)"/.exec(text)?.[1] ?? ''

async function add(name: string, fields: Record<string, string> = {}): Promise<string> {
  const wish = {
    name,
    type: 'room',
    kind: 'ultrasound',
    sort_order: '3',
    location_id: String(location),
    ...fields,
  }
  const { to } = await ask('/admin/resources/new', wish)
  return to.split('?')[0] ?? ''
}

describe('a room or device', () => {
  it('is added, listed, changed in one trip, and retired and reinstated', async () => {
    const path = await add('Room 1')
    const page = await ask(path)
    const change = { name: 'Room 1a', kind: 'x-ray', sort_order: '0', version: versionIn(page) }
    clinic.takeTrips()
    expect((await ask(path, change)).to).toBe(`${path}?done=saved`)
    expect(clinic.takeTrips()).toHaveLength(1)
    const stale = await ask(path, { ...change, name: 'Room 2' })
    expect(stale.status).toBe(412)
    expect((await ask('/admin/resources?q=x-RAY&show=room')).text).toContain('Room 1a')
    expect((await ask('/admin/resources?show=device')).text).not.toContain('Room 1a')
    const asked = await ask(`${path}/retirement`)
    expect(asked.text).toContain('No appointments ahead')
    await ask(`${path}/retirement`, { version: versionIn(asked) })
    expect((await ask('/admin/resources?show=retired')).text).toContain('Room 1a')
    expect((await ask('/admin/resources.csv?q=room+1a')).text).toContain(`Room 1a,room,x-ray,${location},`)
    await ask(`${path}/reinstatement`, {})
    expect((await ask('/admin/resources?show=retired')).text).not.toContain('Room 1a')
  })

  it('says what is wrong with an unknown location or too high an order', async () => {
    const wish = { name: 'Room', type: 'room', kind: 'x', sort_order: '1001', location_id: '' }
    const { status, text } = await ask('/admin/resources/new', wish)
    expect(status).toBe(422)
    expect(text).toContain('id="location_id-problem"')
    expect(text).toContain('id="sort_order-problem"')
    const unknown = await ask('/admin/resources/new', { ...wish, sort_order: '1', location_id: '999999' })
    expect(unknown.status).toBe(422)
    expect(unknown.text).toContain('id="location_id-problem"')
  })

  it('comes page by page', async () => {
    const rows = Array.from(
      { length: 51 },
      (_, n) => `('Bed "_${String(n).padStart(2, '0')}', 'room', 'bed', ${location})`,
    )
    await sql.query(`insert into resources (name, type, kind, location_id) values ${rows.join()}`)
    const first = await ask('/admin/resources?q=bed')
    expect(first.text).not.toContain('_50')
    const [, next = ''] = /rel="next" href="([^"]+)"/.exec(first.text) ?? []
    expect((await ask(next.replaceAll('&amp;', '&'))).text).toContain('_50')
  })
})

describe('the history', () => {
  it('says who changed what from what to what, in one trip, and finds it again', async () => {
    const path = await add('Laser')
    const page = await ask(path)
    await ask(path, { name: 'Laser 2', kind: 'ultrasound', sort_order: '3', version: versionIn(page) })
    const one = `/admin/history?subject=resource&key=${path.split('/').at(-1)}`
    clinic.takeTrips()
    const { text } = await ask(one)
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(text).toContain('Room or device: Laser 2')
    expect(text).toMatch(/<b>Name<\/b>: <bdi>Laser<\/bdi>.*<bdi>Laser 2<\/bdi>/)
    expect(text).toContain('<b>Added</b>')
    expect(text).toContain('<bdi>Dewi</bdi>')
    expect((await ask(`${one}&account=${admin}`)).text).toContain('Laser 2')
    expect((await ask(`${one}&account=999999`)).text).toContain('No change matches')
    expect((await ask(`${one}&to=2020-01-01`)).text).toContain('No change matches')
    expect((await ask(`${one}&from=x&lang=id`)).text).toContain('<b>Nama</b>')
  })

  it('has other pages, and is a file from end to end', async () => {
    await sql.query(
      `insert into settings_events (subject, key, version, at, actor_kind, account_id, before, after)
       select 'clinic', '', n, date_trunc('milliseconds', now()), 'admin', $1, '{"most_holds": 1}', '{"most_holds": 2}'
       from generate_series(1, 1100) n`,
      [admin],
    )
    const { text } = await ask('/admin/history?subject=clinic')
    expect(text.match(/Most held times/g)).toHaveLength(50)
    expect(text).toContain('rel="next"')
    const file = await fetch(`${origin}/admin/history.csv?subject=clinic`, { headers: { Cookie: cookie } })
    const lines = (await file.text()).trim().split('\r\n')
    expect(lines).toHaveLength(1101)
    expect(lines.at(-1)).toContain(',clinic,,Clinic,Most held times,1,2,Dewi,')
  })

  it('is for admins', async () => {
    const desk = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
    for (const path of ['/admin/history', '/admin/history.csv', '/admin/resources', '/admin/resources/new'])
      expect((await ask(path, undefined, desk)).status).toBe(403)
  })
})
