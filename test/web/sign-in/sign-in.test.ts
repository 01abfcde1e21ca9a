import { expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { openJar } from '../../support/cookie-jar.ts'
import { openAccount, registerPatient, signCookie } from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic

const openBrowser = (cookies: Record<string, string> = {}, address?: string) =>
  openJar(clinic, cookies, address)

const codeFor = (email: string) =>
  /\d{6}/.exec(clinic.mails.find(({ to }) => to === email)?.text ?? '')?.[0] ?? 'no code'

/** Signs in and returns the browser. */
async function signedInAs(email: string) {
  const browser = openBrowser()
  await browser.asksForCode(email)
  expect((await browser.triesCode(codeFor(email))).status).toBe(303)
  return browser
}

async function openPatient(email: string): Promise<string> {
  await openAccount(sql, { email, name: 'Nina', patientIds: [await registerPatient(sql, 'Nina')] })
  return email
}

/** As if botnets had asked for as many codes in this hour as strangers get. */
const useUpEveryCode = () =>
  sql.query(
    `insert into security_counts (kind, subject, since, times)
     values ('sign_in.code_sent', 'everyone', date_bin('1 hour', now(), 'epoch'), 5000)
     on conflict (kind, subject, since) do update set times = excluded.times`,
  )

async function greets(browser: ReturnType<typeof openBrowser>): Promise<boolean> {
  return (await (await browser.open('/booking')).text()).includes('Nina')
}

it('a sign-in takes one trip for the code and one for the session', async () => {
  const email = await openPatient('trips@example.com')
  const browser = openBrowser()
  const tripsOf = async (ask: () => Promise<Response>) => {
    clinic.takeTrips()
    const { status } = await ask()
    return [status, clinic.takeTrips().length]
  }
  expect(await tripsOf(() => browser.asksForCode(email))).toEqual([303, 1])
  expect(await tripsOf(() => browser.triesCode(codeFor(email)))).toEqual([303, 1])
  expect(await tripsOf(() => browser.open('/booking'))).toEqual([200, 1])
  expect(await greets(browser)).toBe(true)
})

it('while 64 strangers ask for codes and try them, the owner signs in at the first attempt', async () => {
  const email = await openPatient('owner@example.com')
  const [owner, strangers] = [openBrowser(), Array.from({ length: 64 }, () => openBrowser())]
  const asked = await Promise.all(strangers.map((stranger) => stranger.asksForCode(email)))
  expect(asked.map(({ status }) => status)).toEqual(Array(64).fill(303))
  expect((await owner.asksForCode(email)).status).toBe(303)
  const code = codeFor(email)
  await Promise.all(strangers.map((stranger) => stranger.triesCode('000000')))
  expect((await owner.triesCode(code)).status).toBe(303)
  expect(await greets(owner)).toBe(true)
  const alarms = clinic.takeLines().filter(({ message }) => message === 'security alarm')
  expect(alarms).toMatchObject([{ kind: 'sign_in.refused', by: 'mailbox', times_an_hour: 20 }])
  expect(JSON.stringify(alarms)).not.toMatch(/@|\d+\.\d+\.\d+\.\d+/)
})

it('a code does not work in another browser, and still works in the one that asked', async () => {
  const email = await openPatient('bound@example.com')
  const [owner, stranger] = [openBrowser(), openBrowser()]
  await owner.asksForCode(email)
  const code = codeFor(email)
  await stranger.asksForCode(email)
  expect((await stranger.triesCode(code)).status).toBe(422)
  expect((await owner.triesCode(code)).status).toBe(303)
})

it('a code still works after the browser has asked for another', async () => {
  const email = await openPatient('twice@example.com')
  const browser = openBrowser()
  await browser.asksForCode(email)
  const code = codeFor(email)
  await browser.asksForCode(email)
  expect((await browser.triesCode(code)).status).toBe(303)
})

it('a new sign-in ends the old session of the browser', async () => {
  const email = await openPatient('again@example.com')
  const browser = await signedInAs(email)
  const stolen = openBrowser(Object.fromEntries(browser.jar))
  stolen.jar.delete('__Host-visitor')
  expect(await greets(stolen)).toBe(true)
  await browser.asksForCode(email)
  expect((await browser.triesCode(codeFor(email))).status).toBe(303)
  expect(await greets(browser)).toBe(true)
  stolen.jar.delete('__Host-visitor')
  expect(await greets(stolen)).toBe(false)
})

it('a browser that has signed in before always gets a code', async () => {
  const email = await openPatient('known@example.com')
  const browser = await signedInAs(email)
  await sql.query('delete from sessions')
  await useUpEveryCode()
  expect((await openBrowser().asksForCode(email)).status).toBe(429)
  expect((await browser.asksForCode('other@example.com')).status).toBe(429)
  expect((await browser.asksForCode(email)).status).toBe(303)
  await browser.triesCode(codeFor(email))
  await browser.signsOut()
  expect([...browser.jar.keys()]).toEqual([])
  await sql.query('delete from security_counts')
})

it('the owner of a bombarded mailbox signs in with the code that works in any browser', async () => {
  const email = await openPatient('bombarded@example.com')
  await sql.query(
    `insert into sign_in_codes (email, browser_hash, network_hash, code_hash, sent_at, expires_at)
     select $1, 'browser', 'network', '', now(), now() from generate_series(1, 80)`,
    [email],
  )
  const [stranger, owner] = [openBrowser(), openBrowser()]
  expect((await stranger.asksForCode(email)).status).toBe(303)
  expect((await owner.asksForCode(email)).status).toBe(303)
  expect(await (await owner.open('/sign-in/code')).text()).toContain('works for a day, in any browser')
  const mailed = clinic.mails.filter(({ to }) => to === email)
  expect(mailed).toHaveLength(1)
  const [code = 'no code'] = /([A-Z2-9]{4}-){3}[A-Z2-9]{4}/.exec(mailed[0]?.text ?? '') ?? []
  expect((await owner.triesCode(code)).status).toBe(303)
  expect(await greets(owner)).toBe(true)
})

it('thirty addresses of one IPv6 /64 get as many codes as one IPv4 address', async () => {
  const sentTo = async (addressOf: (n: number) => string) => {
    const email = `same-${addressOf(0).replaceAll(':', '-')}@example.com`
    const all = Array.from({ length: 30 }, (_, n) => openBrowser({}, addressOf(n)).asksForCode(email))
    return (await Promise.all(all)).filter(({ status }) => status === 303).length
  }
  expect(await sentTo(() => '198.51.100.9')).toBe(5)
  expect(await sentTo((n) => `2001:db8:ffff::${n.toString(16)}`)).toBe(5)
})

it('the code is in the mail but not in its subject, which a locked phone shows', async () => {
  for (const language of ['en', 'id']) {
    const email = `${language}@example.com`
    await openBrowser().asksForCode(email, { 'Accept-Language': language })
    const mail = clinic.mails.find(({ to }) => to === email)
    expect(mail?.text).toMatch(/\d{6}/)
    expect(mail?.subject).toMatch(/^\D+$/)
  }
})

it('a sign-in from the previous release starts again, as its cookie names no browser', async () => {
  const value = encodeURIComponent(JSON.stringify({ email: 'before@example.com', returnTo: '/booking' }))
  const [, cookie = ''] = (await signCookie('__Host-signing-in', value)).split(/=(.*)/)
  const browser = openBrowser({ '__Host-signing-in': cookie })
  expect((await browser.open('/sign-in/code')).headers.get('Location')).toBe('/sign-in')
  expect((await browser.triesCode('123456')).headers.get('Location')).toBe('/sign-in')
})
