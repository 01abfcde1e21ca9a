import { expect, it } from 'vitest'
import { hashKey } from '../src/clinic/accounts/hash-key.ts'
import { authSecret, openClinic } from './support/clinic.ts'
import { openJar } from './support/cookie-jar.ts'
import { defineVisitType, hireDoctor, openAccount, openAdmin, registerPatient } from './support/people.ts'

// The same clinic before, during and after a change of AUTH_SECRET: three Workers on one database.

const clinic = await openClinic()
const { sql, origin: before } = clinic
const newSecret = 'another secret of the tests, which is as long'
const during = await clinic.openAnother({ AUTH_SECRET: newSecret, AUTH_SECRET_PREVIOUS: authSecret })
const after = await clinic.openAnother({ AUTH_SECRET: newSecret })

async function openPatient(name: string): Promise<string> {
  const email = `${name.toLowerCase()}@example.com`
  await openAccount(sql, { email, name, patientIds: [await registerPatient(sql, name)] })
  return email
}

const codeFor = (email: string) =>
  /\d{6}/.exec(clinic.mails.find(({ to }) => to === email)?.text ?? '')?.[0] ?? 'no code'

type Browser = ReturnType<typeof openJar>

/** Whether a Worker knows who is signed in; the answer changes nothing in the browser. */
async function greets(browser: Browser, at: string, name: string): Promise<boolean> {
  const copy = openJar(clinic, Object.fromEntries(browser.jar))
  return (await (await copy.open('/booking', {}, at)).text()).includes(name)
}

it('a session, a hold and a known browser survive the change, and end with the old secret', async () => {
  const email = await openPatient('Nina')
  const browser = openJar(clinic)
  await browser.signsIn(email)
  const visit_type_id = String(await defineVisitType(sql))
  const slot = `${await hireDoctor(sql)}/2031-01-01T10:00+07:00`
  const held = (await browser.sends('/booking/holds', { visit_type_id, slot })).headers.get('Location') ?? ''
  expect(await greets(browser, during, 'Nina')).toBe(true)
  expect((await browser.open(held, {}, during)).status).toBe(200)
  expect(await greets(browser, after, 'Nina')).toBe(false)
  expect((await openJar(clinic, Object.fromEntries(browser.jar)).open(held, {}, after)).status).toBe(303)
  // Strangers have used up the codes of this hour; a browser that has signed in to the address still gets one.
  await sql.query(
    `insert into security_counts (kind, subject, since, times)
     values ('sign_in.code_sent', 'everyone', date_bin('1 hour', now(), 'epoch'), 5000)
     on conflict (kind, subject, since) do update set times = excluded.times`,
  )
  expect((await browser.asksForCode(email, {}, after)).status).toBe(429)
  expect((await browser.asksForCode(email, {}, during)).status).toBe(303)
  await sql.query('delete from security_counts')
})

it('a code in flight survives the change, and not the end of the old secret', async () => {
  const [email, late] = [await openPatient('Inflight'), await openPatient('Late')]
  const [browser, lateBrowser] = [openJar(clinic), openJar(clinic)]
  await browser.asksForCode(email)
  await lateBrowser.asksForCode(late)
  expect((await lateBrowser.triesCode(codeFor(late), after)).headers.get('Location')).toBe('/sign-in')
  expect((await browser.triesCode(codeFor(email), during)).headers.get('Location')).toBe('/booking')
  // What was given out during the change is signed with the new secret.
  expect(await greets(browser, after, 'Inflight')).toBe(true)
})

it('a form sent again during the change takes effect once', async () => {
  const browser = openJar(clinic)
  await browser.signsIn(await openPatient('Parent'))
  const form = { name: 'Only Child', form_key: crypto.randomUUID() }
  for (const at of [before, during])
    expect((await browser.sends('/dependants', form, {}, at)).status).toBe(303)
  const { rows } = await sql.query(`select count(*)::int as many from patients where name = 'Only Child'`)
  expect(rows).toEqual([{ many: 1 }])
})

it('a second role serves while the password of the database changes', async () => {
  const role = `next_${crypto.randomUUID().slice(0, 8)}`
  await sql.query(`create role ${role} login in role alobooking_app`)
  const url = new URL(clinic.databaseUrl)
  url.username = role
  const browser = openJar(clinic)
  await browser.signsIn(await openPatient('Changing'))
  const served = await clinic.openAnother({ DATABASE_URL: url.href })
  expect((await browser.sends('/dependants', { name: 'New Child' }, {}, served)).status).toBe(303)
  expect((await browser.sends('/account/sign-out-everywhere', {}, {}, served)).status).toBe(303)
})

it('a cursor and the answer with an API key survive the change, and not the end of the old secret', async () => {
  const key = await openAdmin(sql)
  const { rows } = await sql.query('select owner_id from api_keys where key_hash = $1', [hashKey(key)])
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
  const list = await fetch(`${before}/api/v1/accounts?limit=1`, { headers })
  const [, next = ''] = /<([^>]+)>; rel="next"/.exec(list.headers.get('Link') ?? '') ?? []
  const statusAt = async (origin: string) => (await fetch(origin + next, { headers })).status
  expect([await statusAt(during), await statusAt(after)]).toEqual([200, 422])
  const issue = async (origin: string) => {
    const wish = {
      name: 'A ward',
      owner_id: Number(rows[0].owner_id),
      role: 'front_desk',
      scopes: ['appointments:read'],
    }
    const body = JSON.stringify({ api_key: wish })
    const repeated = { ...headers, 'Idempotency-Key': '"one issue"' }
    const answer = await fetch(`${origin}/api/v1/api-keys`, { method: 'POST', headers: repeated, body })
    return { status: answer.status, key: (await answer.json()).api_key?.key }
  }
  const first = await issue(before)
  expect(first).toMatchObject({ status: 201, key: expect.stringMatching(/^alo_/) })
  expect(await issue(during)).toEqual(first)
  expect((await issue(after)).status).not.toBe(201)
  const used = await fetch(`${after}/api/v1/appointments`, {
    headers: { Authorization: `Bearer ${first.key}` },
  })
  expect(used.status).toBe(200)
})
