import { expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { openJar } from '../../support/cookie-jar.ts'
import {
  defineVisitType,
  hireDoctor,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { origin, sql } = clinic
const doctor = await hireDoctor(sql)
const visitType = await defineVisitType(sql)
let hours = 0

async function openPatient(name: string): Promise<string> {
  const email = `${name.toLowerCase()}@example.com`
  await openAccount(sql, { email, name, patientIds: [await registerPatient(sql, name)] })
  return email
}

async function signedInAs(email: string) {
  const browser = openJar(clinic)
  await browser.signsIn(email)
  return browser
}

type Browser = ReturnType<typeof openJar>

/** Holds a slot, and answers the address of the hold. */
async function hold(browser: Browser): Promise<string> {
  const start = new Date(Date.UTC(2031, 0, 1, ++hours)).toISOString()
  const held = await browser.sends('/booking/holds', {
    visit_type_id: String(visitType),
    slot: `${doctor}/${start}`,
  })
  expect(held.status).toBe(303)
  return held.headers.get('Location') ?? ''
}

const signOutForms = (page: string) => [...page.matchAll(/action="(\/account\/sessions\/\d+\/sign-out)"/g)]
const showsHold = (page: string) => page.includes('You’re holding')
const cookieOf = async (account: number) => {
  const [name = '', value = ''] = (await openSession(sql, account)).split(/=(.*)/)
  return { [name]: value }
}

it('shows each session and ends another one, which is signed out here at once', async () => {
  const email = await openPatient('Nina')
  const [laptop, phone] = [await signedInAs(email), openJar(clinic)]
  await phone.open('/sign-in', {
    headers: { 'User-Agent': 'Mozilla/5.0 (iPhone) Version/18.0 Safari/604.1' },
  })
  await phone.signsIn(email)
  await sql.query(`update sessions set device = 'Safari, iPhone', place = 'Bandung, ID', last_seen_at = now() - interval '3 hours'
                   where id = (select max(id) from sessions)`)
  clinic.takeTrips()
  const page = await laptop.sees('/account')
  expect(clinic.takeTrips()).toHaveLength(1)
  for (const words of [
    'Nina',
    email,
    'This device',
    'Safari, iPhone',
    'Bandung, ID',
    'Last active 3 hours ago',
  ])
    expect(page).toContain(words)
  const [[, form = ''] = []] = signOutForms(page)
  expect(await phone.sees('/booking')).toContain('Nina')
  expect((await laptop.sends(form)).headers.get('Location')).toBe('/account')
  expect(await phone.sees('/booking')).not.toContain('Nina')
  expect(signOutForms(await laptop.sees('/account'))).toEqual([])
})

it('signs out everywhere, and leaves nothing in this browser', async () => {
  const email = await openPatient('Everywhere')
  const [laptop, phone] = [await signedInAs(email), await signedInAs(email)]
  const held = await hold(laptop)
  expect(showsHold(await laptop.sees('/booking'))).toBe(true)
  const out = await laptop.sends('/account/sign-out-everywhere')
  expect(out.headers.get('Clear-Site-Data')).toBe('"cache", "storage"')
  expect([...laptop.jar.keys()]).toEqual([])
  for (const browser of [laptop, phone]) {
    const page = await browser.sees('/booking')
    expect(page).not.toContain('Everywhere')
    expect(showsHold(page)).toBe(false)
    expect((await browser.open('/account')).headers.get('Location')).toContain('/sign-in')
    expect((await browser.open(held)).status).toBe(303)
  }
})

it('after signing out, no page shows the hold, and the slot stays held', async () => {
  const browser = await signedInAs(await openPatient('Holder'))
  const held = await hold(browser)
  await browser.signsOut()
  expect([...browser.jar.keys()]).toEqual([])
  expect(showsHold(await browser.sees('/booking'))).toBe(false)
  const { rows } = await sql.query('select status from appointments where id = $1', [held.split('/').at(-1)])
  expect(rows).toEqual([{ status: 'pending' }])
})

it('when a session has ended elsewhere, the hold of its person is not shown', async () => {
  const browser = await signedInAs(await openPatient('Elsewhere'))
  const held = await hold(browser)
  const old = new Map(browser.jar)
  await sql.query('delete from sessions')
  const another = openJar({ ...clinic, origin: await clinic.openAnother() }, Object.fromEntries(old))
  another.jar.delete('__Host-visitor')
  expect(showsHold(await another.sees('/booking'))).toBe(false)
  expect([another.jar.has('__Host-session'), another.jar.has('__Host-holding')]).toEqual([false, false])
  // Without the session's cookie, those that name its owner are worth nothing either.
  another.jar.set('__Host-holding', old.get('__Host-holding') ?? '')
  expect(showsHold(await another.sees('/booking'))).toBe(false)
  expect((await another.open(held)).status).toBe(303)
})

it('a new sign-in keeps what was held without one, and shows nothing of the person before', async () => {
  const [first, second] = [await openPatient('First'), await openPatient('Second')]
  const browser = openJar(clinic)
  const held = await hold(browser)
  await browser.signsIn(first)
  expect(showsHold(await browser.sees('/booking'))).toBe(true)
  expect((await browser.open(held)).status).toBe(200)
  await browser.signsIn(second)
  expect(showsHold(await browser.sees('/booking'))).toBe(false)
  expect((await browser.open(held)).status).toBe(404)
})

it('the visitor cookie does not outlive a session that soon ends', async () => {
  const account = await openAccount(sql, { role: 'front_desk', name: 'Desk' })
  const browser = openJar(clinic, await cookieOf(account))
  const ofVisitor = async () => {
    browser.jar.delete('__Host-visitor')
    const cookies = (await browser.open('/appointments')).headers.getSetCookie()
    return Number(/Max-Age=(\d+)/.exec(cookies.find((one) => one.startsWith('__Host-visitor')) ?? '')?.[1])
  }
  expect(await ofVisitor()).toBe(300)
  const ending = openJar(clinic, await cookieOf(account))
  await sql.query(
    `update sessions set created_at = now() - interval '7 days' + interval '100 seconds'
     where id = (select max(id) from sessions)`,
  )
  browser.jar.set('__Host-session', ending.jar.get('__Host-session') ?? '')
  const left = await ofVisitor()
  expect(left).toBeGreaterThan(50)
  expect(left).toBeLessThanOrEqual(100)
})

it('the session cookie of staff lasts 7 days, and of patients 30', async () => {
  const lifetimeFor = async (email: string) => {
    const browser = openJar(clinic)
    await browser.asksForCode(email)
    const code = /\d{6}/.exec(clinic.mails.find(({ to }) => to === email)?.text ?? '')?.[0] ?? ''
    const cookies = (await browser.triesCode(code)).headers.getSetCookie()
    return Number(/Max-Age=(\d+)/.exec(cookies.find((one) => one.startsWith('__Host-session')) ?? '')?.[1])
  }
  await openAccount(sql, { email: 'desk@example.com', role: 'front_desk', name: 'Desk' })
  expect(await lifetimeFor('desk@example.com')).toBe(7 * 86_400)
  expect(await lifetimeFor(await openPatient('Patient'))).toBe(30 * 86_400)
})

it('a session that has ended leads to the sign-in page, which says why, and back', async () => {
  const account = await openAccount(sql, { role: 'front_desk', name: 'Desk' })
  const browser = openJar(clinic, await cookieOf(account))
  await sql.query(`update sessions set last_seen_at = now() - interval '13 hours' where account_id = $1`, [
    account,
  ])
  const asked = await browser.open('/appointments?when=past')
  const address = asked.headers.get('Location') ?? ''
  expect(address).toBe('/sign-in?return_to=%2Fappointments%3Fwhen%3Dpast&ended=1')
  const page = await browser.sees(address)
  expect(page).toContain('Your session has ended')
  expect(page).toContain('value="/appointments?when=past"')
})

it('a form sent after the session has ended leads back to its page', async () => {
  const browser = openJar(clinic)
  const sent = (referer: string) => browser.sends('/appointments/7/cancellation', {}, { Referer: referer })
  const backTo = async (referer: string) =>
    new URL((await sent(referer)).headers.get('Location') ?? '', origin).searchParams.get('return_to')
  expect(await backTo(`${origin}/appointments/7`)).toBe('/appointments/7')
  expect(await backTo('https://evil.example/appointments/7')).toBe('/booking')
})

it('our form is accepted from a browser that hides its origin', async () => {
  const browser = await signedInAs(await openPatient('Private'))
  const sent = await browser.sends('/sign-out', {}, { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' })
  expect(sent.status).toBe(303)
  expect(await browser.sees('/booking')).not.toContain('Private')
})
