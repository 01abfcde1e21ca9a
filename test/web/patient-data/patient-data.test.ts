import { beforeAll, describe, expect, it } from 'vitest'
import { en } from '../../../src/i18n/en.ts'
import { id as indonesian } from '../../../src/i18n/id.ts'
import { asking, pagesFrom } from '../../support/api.ts'
import { openClinic } from '../../support/clinic.ts'
import {
  giveKey,
  givePasskey,
  hireDoctor,
  insertAppointment,
  openAccount,
  openAdmin,
  openDesk,
  openSession,
  registerPatient,
} from '../../support/people.ts'
import { allRoutes } from '../../support/routes.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
const name = 'Budi <b>Santoso</b>'
let zero: number
let child: number
let desk: string
let patient: string
let account: number
let colleague: string
let admin: string
let ask: ReturnType<typeof asking>

beforeAll(async () => {
  zero = await registerPatient(sql, name)
  child = await registerPatient(sql, 'Little Zero')
  account = await openAccount(sql, { patientIds: [zero, child], email: 'budi@example.com' })
  patient = await openSession(sql, account)
  const deskAccount = await openAccount(sql, { role: 'front_desk', name: 'Siti Staff' })
  desk = await openSession(sql, deskAccount)
  colleague = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
  admin = await openSession(sql, await openAccount(sql, { role: 'admin' }))
  ask = asking(origin, await giveKey(sql, deskAccount, { role: 'front_desk' }))
  const startAt = '2031-01-06T02:00:00Z'
  const appointment = await insertAppointment(sql, {
    doctorId: await hireDoctor(sql),
    patientId: zero,
    startAt,
  })
  await sql.query(`update appointments set reason_for_visit = '<script>alert(1)</script>' where id = $1`, [
    appointment,
  ])
  await sql.query(
    `insert into patient_accesses (patient_id, at, actor_kind, account_id, what)
     select $1, timestamptz '2026-11-01' + n * interval '1 hour', 'front_desk', $2, 'record' from generate_series(1, 60) n`,
    [child, deskAccount],
  )
})

async function open(path: string, cookie: string, language = 'en') {
  const response = await fetch(origin + path, {
    headers: { Cookie: cookie, 'Accept-Language': language },
    redirect: 'manual',
  })
  return { status: response.status, headers: response.headers, html: await response.text() }
}

describe('an export', () => {
  it.each([
    ['html', 'text/html; charset=utf-8'],
    ['json', 'application/json'],
  ])('as %s is a file that nothing keeps, without a name in its own', async (format, type) => {
    for (const [path, cookie] of [
      [`/patients/${zero}/export?format=${format}`, desk],
      [`/account/data/${zero}/export?format=${format}`, patient],
    ] as const) {
      const { status, headers } = await open(path, cookie)
      const day = new Date().toISOString().slice(0, 10)
      expect([status, headers.get('Content-Type'), headers.get('Cache-Control')]).toEqual([
        200,
        type,
        'private, no-store',
      ])
      expect(headers.get('Content-Disposition')).toBe(
        `attachment; filename="patient-${zero}-${day}.${format}"`,
      )
    }
  })

  it('is the same document on the page and in the API', async () => {
    const { html } = await open(`/patients/${zero}/export?format=json`, desk)
    const { body } = await ask('GET', `/patients/${zero}/export`)
    const { records, appointments } = JSON.parse(html).patient_export
    expect(body.patient_export).toMatchObject({ records, appointments })
  })

  it('to read needs nothing else, runs nothing and isolates what people wrote', async () => {
    const { html } = await open(`/patients/${zero}/export`, desk)
    expect(html).toContain('<bdi>Budi &lt;b&gt;Santoso&lt;/b&gt;</bdi>')
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toMatch(/<script|<link|<img|<iframe|src=|href=|@import|url\(/)
    expect(html).toContain(`default-src &#39;none&#39;`)
  })

  it.each([
    ['en', 'en-GB', en],
    ['id', 'id-ID', indonesian],
  ])('in %s has a word for everything', async (language, tag, copy) => {
    const { html } = await open(`/account/data/${zero}/export`, patient, language)
    expect(html).toContain(`<html lang="${tag}"`)
    expect(html).toContain(copy.exportFile.title)
    const words = [...html.matchAll(/<(?:dt|h2 id="\w+"|p class="of-list")>([^<]*)</g)].map(
      ([, word]) => word,
    )
    expect(words.length).toBeGreaterThan(20)
    expect(words.filter((word) => /[a-z]_[a-z]/.test(word ?? ''))).toEqual([])
    expect(html).not.toMatch(/<bdi>(sign_in|patient|appointment|data)\.\w+/)
  })

  it('is not that of someone else', async () => {
    const other = await registerPatient(sql, 'Other')
    expect((await open(`/account/data/${other}/export`, patient)).status).toBe(404)
    expect((await open(`/account/data/${other}`, patient)).status).toBe(404)
    expect((await open(`/patients/${zero}/export`, patient)).status).toBe(403)
    const doctorId = await hireDoctor(sql)
    const doctor = await openSession(sql, await openAccount(sql, { role: 'doctor', doctorId }))
    expect((await open(`/patients/${zero}/export`, doctor)).status).toBe(403)
  })
})

describe('after a while', () => {
  const later = async () => {
    const cookie = await openSession(sql, account)
    await sql.query(
      `update sessions set created_at = now() - interval '11 minutes' where id = (select max(id) from sessions)`,
    )
    return cookie
  }

  it('an export asks the person to confirm that it is them', async () => {
    const cookie = await later()
    const { status, headers } = await open(`/account/data/${zero}/export`, cookie)
    expect([status, headers.get('Location')]).toEqual([302, '/sign-in/again?return_to=%2Faccount%2Fdata'])
    const asked = await open('/sign-in/again?return_to=%2Faccount%2Fdata', cookie)
    expect(asked.html).toContain(en.signInAgain.title)
    expect(asked.html).toContain('value="budi@example.com"')
    expect(asked.html).not.toContain('data-ceremony')
    const passkey = await givePasskey(sql, account)
    expect((await open('/sign-in/again', cookie)).html).toContain('data-ceremony="get"')
    await sql.query('delete from passkeys where id = $1', [passkey])
  })

  it('a code confirms it, in the browser that is signed in', async () => {
    const jar = new Map([(await later()).split('=') as [string, string]])
    const cookies = () => [...jar].map(([key, value]) => `${key}=${value}`).join('; ')
    const post = async (path: string, fields: Record<string, string>) => {
      const response = await fetch(origin + path, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { Cookie: cookies(), Origin: origin },
        redirect: 'manual',
      })
      for (const line of response.headers.getSetCookie()) {
        const [key = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
        jar.set(key, value)
      }
      return response.headers.get('Location')
    }
    const again = { email: 'budi@example.com', return_to: '/account/data' }
    expect(await post('/sign-in', again)).toBe('/sign-in/code')
    expect((await open('/sign-in/code', cookies())).status).toBe(200)
    const [code = ''] = /\d{6}/.exec(clinic.mails[0]?.text ?? '') ?? []
    expect(await post('/sign-in/code', { code })).toBe('/account/data')
    expect((await open(`/account/data/${zero}/export`, cookies())).status).toBe(200)
    expect((await open('/sign-in/code', cookies())).status).toBe(302)
  })
})

describe('opening a record', () => {
  const kept = async () =>
    (
      await sql.query(
        'select patient_id::int, what, actor_kind from patient_accesses where id > 60 order by id',
      )
    ).rows
  /** They tell who opened it. */
  const uncounted = [
    '/patients/:id/accesses',
    '/api/v1/patients/:id/accesses',
    // They ask about the person whose record has just been opened.
    '/patients/:id/erasure',
    '/patients/:id/merge',
    '/patients/:id/accounts/:accountId/removal',
    // Accounts, not the record.
    '/api/v1/patients/:id/accounts',
  ]
  const routes = allRoutes().filter(
    ({ method, path }) => method === 'GET' && path.includes('/patients/:id') && !uncounted.includes(path),
  )

  it.each(routes)('is recorded in the same trip: $path', async ({ path }) => {
    const key = await giveKey(sql, await openAccount(sql, { role: 'admin' }), { role: 'admin' })
    const before = await kept()
    clinic.takeTrips()
    const headers = path.startsWith('/api/') ? { Authorization: `Bearer ${key}` } : { Cookie: admin }
    const { status } = await fetch(origin + path.replace(':id', String(zero)), { headers })
    // Another trip looks up the actor.
    expect([status, clinic.takeTrips().length <= 2]).toEqual([200, true])
    expect((await kept()).slice(before.length)).toMatchObject([{ patient_id: zero, actor_kind: 'admin' }])
  })

  it('is not recorded for patients and their guardians, nor where nothing is shown', async () => {
    const [ownKey, doctorId] = [await giveKey(sql, account), await hireDoctor(sql)]
    const doctor = await openAccount(sql, { role: 'doctor', doctorId })
    const key = await giveKey(sql, doctor, { role: 'doctor' })
    const before = await kept()
    for (const id of [zero, child])
      expect((await ask('GET', `/patients/${id}`, undefined, ownKey)).status).toBe(200)
    expect((await ask('GET', `/patients/${zero}`, undefined, key)).status).toBe(404)
    expect((await open(`/patients/${zero}`, await openSession(sql, doctor))).status).toBe(404)
    expect((await ask('GET', '/patients')).status).toBe(200)
    expect((await ask('POST', '/patients/search', { search: { q: 'budi' } })).status).toBe(200)
    expect(await kept()).toEqual(before)
  })
})

describe('who opened a record', () => {
  it('is told to patients by role, and to admins by name', async () => {
    const own = await open(`/account/data/${child}`, patient)
    expect(own.html).toContain(en.personalData.actors.front_desk)
    expect(own.html).not.toContain('Siti Staff')
    expect((await open(`/patients/${child}/accesses`, colleague)).html).not.toContain('Siti Staff')
    expect((await open(`/patients/${child}/accesses`, admin)).html).toContain('<bdi>Siti Staff</bdi>')
  })

  it('comes in pages, newest first', async () => {
    const { html } = await open(`/patients/${child}/accesses`, desk)
    const [, older = ''] = /rel="next" href="([^"]+)"/.exec(html) ?? []
    const rest = await open(older, desk)
    expect([html, rest.html].map((page) => page.match(/<time /g)?.length)).toEqual([50, 10])
    expect(rest.html).not.toContain('rel="next"')
  })

  it('comes in pages from the API, with accounts for admins only', async () => {
    const pages: { at: string }[][] = []
    for await (const { body } of pagesFrom(ask, `/patients/${child}/accesses?limit=25`))
      pages.push(body.patient_accesses)
    const all = pages.flat()
    expect(pages.map(({ length }) => length)).toEqual([25, 25, 10])
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .sort()
        .reverse(),
    )
    expect(all[0]).toMatchObject({
      what: 'record',
      actor_kind: 'front_desk',
      is_by_key: false,
      account_id: null,
    })
    const key = await openAdmin(sql)
    const { body } = await ask('GET', `/patients/${child}/accesses`, undefined, key)
    expect(body.patient_accesses[0].account_id).toEqual(expect.any(Number))
  })

  it('an export with a key is in it', async () => {
    const key = await openDesk(sql)
    await ask('GET', `/patients/${zero}/export`, undefined, key)
    const { body } = await ask('GET', `/patients/${zero}/accesses?limit=1`)
    expect(body.patient_accesses[0]).toMatchObject({
      what: 'export',
      actor_kind: 'front_desk',
      is_by_key: true,
    })
  })

  it('is not told to someone else', async () => {
    const stranger = await giveKey(sql, await openAccount(sql))
    expect((await ask('GET', `/patients/${zero}/accesses`, undefined, stranger)).status).toBe(404)
  })
})
