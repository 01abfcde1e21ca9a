import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../../scripts/local/browser.ts'
import { unlinkPatient } from '../../src/clinic/accounts/unlink.ts'
import { inviteToPatient } from '../../src/clinic/patients/invite.ts'
import { openClinic } from '../support/clinic.ts'
import { visit } from '../support/pages.ts'
import { giveKey, hireDoctor, openAccount, registerPatient } from '../support/people.ts'

// A family of four with one mailbox is one account: the mother is its own person, and it books for the other three.

const clinic = await openClinic()
const { sql, origin } = clinic
let browser: Browser
let doctor: number
let hours = 0

beforeAll(async () => {
  browser = await launchBrowser()
  doctor = await hireDoctor(sql)
})
afterAll(() => browser.close())

async function known(name: string, birthDate: string, email: string): Promise<number> {
  const id = await registerPatient(sql, name)
  await sql.query('update patients set birth_date = $2, contact_email = $3 where id = $1', [
    id,
    birthDate,
    email,
  ])
  return id
}

/** Books for a patient with the account's own key. Returns the reasons that the account then sees. */
async function book(key: string, patient_id: number, reason_for_visit: string) {
  const start = Date.parse('2033-01-03T02:00:00Z') + ++hours * 3_600_000
  const [start_at, end_at] = [start, start + 1_800_000].map((at) => new Date(at).toISOString())
  const response = await fetch(`${origin}/api/v1/appointments`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      appointment: { doctor_id: doctor, patient_id, start_at, end_at, reason_for_visit },
    }),
  })
  return response.status
}

async function reasonsSeenBy(account: number): Promise<string[]> {
  const key = await giveKey(sql, account)
  const headers = { Authorization: `Bearer ${key}` }
  const { appointments } = await (
    await fetch(`${origin}/api/v1/appointments?from=2033-01-01T00:00:00Z&to=2033-01-31T00:00:00Z`, {
      headers,
    })
  ).json()
  return appointments.map((one: { reason_for_visit: string }) => one.reason_for_visit).sort()
}

async function familyOf(email: string) {
  const { rows } = await sql.query(
    `select accounts.id::int as account, patients.id::int as id, patients.name, relation
     from accounts join account_patients on account_id = accounts.id join patients on patients.id = patient_id
     where accounts.email = $1 order by patients.name`,
    [email],
  )
  return rows as { account: number; id: number; name: string; relation: string }[]
}

it('a family with one mailbox, three of whom the front desk knows, signs up, and each books', async () => {
  const email = 'rahmawati@example.com'
  const people = [
    ['Siti Rahmawati', '1985-03-01', 'self'],
    ['Budi Rahmawati', '1983-07-09', 'self'],
    ['Ani Rahmawati', '2015-01-20', 'dependant'],
  ] as const
  for (const [name, birthDate, relation] of people) {
    const writeMail = () => ({ subject: 'Invitation', text: 'Sign in' })
    const patient = await known(name, birthDate, email)
    await inviteToPatient(clinic.context(), patient, { email, relation, writeMail })
  }
  const visitor = await visit(clinic, browser)
  const { page } = visitor
  await visitor.opens('/sign-in?return_to=/account/family')
  await visitor.asksForCode(email)
  await visitor.typesInTheCode(email)
  // Only whom the mailbox was invited to as, and only what they are called.
  await page.getByLabel('I’m Siti').waitFor()
  expect(await page.getByText('Rahmawati').count()).toBe(0)
  expect(await page.getByText('Ani').count()).toBe(0)
  await page.getByLabel('I’m Siti').check()
  await page.getByLabel('Date of birth').fill('1999-01-01')
  await page.getByLabel('Your full name').fill('Siti R')
  await page.locator('#terms').check()
  await visitor.presses('Continue')
  await page.getByText('That date of birth or code isn’t right.').waitFor()
  await page.getByLabel('I’m Siti').check()
  await page.getByLabel('Date of birth').fill('1985-03-01')
  await page.locator('#terms').check()
  await visitor.presses('Continue')
  await page.getByRole('heading', { name: 'People you book for' }).waitFor()
  for (const [name, birthDate] of [people[1], people[2]]) {
    const card = page.getByRole('region', { name: name.split(' ')[0] as string, exact: true })
    await card.getByLabel('Date of birth').fill(birthDate)
    await card.getByRole('button', { name: 'Accept' }).click()
    await page.getByRole('heading', { name }).waitFor()
  }
  await visitor.follows('Add someone else')
  await page.getByLabel('Their full name').fill('Adi Rahmawati')
  await visitor.presses('Add person')
  await page.getByRole('heading', { name: 'Adi Rahmawati' }).waitFor()
  const family = await familyOf(email)
  expect(family.map(({ name, relation }) => [name, relation])).toEqual([
    ['Adi Rahmawati', 'dependant'],
    ['Ani Rahmawati', 'dependant'],
    ['Budi Rahmawati', 'dependant'],
    ['Siti Rahmawati', 'self'],
  ])
  const [{ account } = { account: 0 }] = family
  const key = await giveKey(sql, account)
  await sql.query("update accounts set created_at = now() - interval '1 day' where id = $1", [account])
  for (const { id, name } of family) expect(await book(key, id, `Reason of ${name}`)).toBe(201)
  expect(await reasonsSeenBy(account)).toEqual(family.map(({ name }) => `Reason of ${name}`))
  await visitor.leaves()
})

it('someone who gets an account of their own and ends the link is no longer seen, and sees no one else', async () => {
  const child = await known('Grown Up', '2000-01-20', 'parent@example.com')
  const parent = await openAccount(sql, { patientIds: [await registerPatient(sql, 'A Parent'), child] })
  const own = await openAccount(sql, { patientIds: [child] })
  const [{ id: self } = { id: 0 }] = (
    await sql.query(
      "select patient_id::int as id from account_patients where account_id = $1 and relation = 'self'",
      [parent],
    )
  ).rows
  expect(await book(await giveKey(sql, parent), self, 'Reason of the parent')).toBe(201)
  expect(await book(await giveKey(sql, own), child, 'Reason of the child')).toBe(201)
  expect(await reasonsSeenBy(parent)).toEqual(['Reason of the child', 'Reason of the parent'])
  expect(await reasonsSeenBy(own)).toEqual(['Reason of the child'])
  const grownUp = clinic.context({ actor: { kind: 'patient', accountId: own, patientIds: [child] } })
  await unlinkPatient(grownUp, { patientId: child, accountId: parent })
  expect(await reasonsSeenBy(parent)).toEqual(['Reason of the parent'])
  expect(await reasonsSeenBy(own)).toEqual(['Reason of the child'])
})

it('the desk invites on the patient’s page, and the code is shown once and works', async () => {
  const [patient, email] = [await known('Joko Widjaja', '1970-02-03', 'joko@example.com'), 'joko@example.com']
  const desk = await visit(clinic, browser)
  const { page } = desk
  await openAccount(sql, { role: 'front_desk', email: 'desk@example.com', name: 'Desk' })
  await desk.opens(`/sign-in?return_to=/patients/${patient}`)
  await desk.asksForCode('desk@example.com')
  await desk.typesInTheCode('desk@example.com')
  await page.getByText('Invite someone').click()
  await page.getByRole('button', { name: 'Send invitation' }).click()
  const code = await page.locator('strong.code').innerText()
  const mail = clinic.mails.find(({ to }) => to === email)
  expect(mail?.text).toContain('/sign-in?return_to=%2Faccount%2Ffamily')
  expect(`${mail?.subject} ${mail?.text}`).not.toMatch(/Joko|1970|\d{4} \d{4}/)
  const joko = await visit(clinic, browser)
  await joko.opens('/sign-in?return_to=/account/family')
  await joko.asksForCode(email)
  await joko.typesInTheCode(email)
  await joko.page.getByLabel('I’m Joko').check()
  await joko.page.getByLabel('Or the code you were given').fill(code)
  await joko.page.getByLabel('Your full name').fill('Joko')
  await joko.page.locator('#terms').check()
  await joko.presses('Continue')
  await joko.page.getByRole('heading', { name: 'Joko Widjaja' }).waitFor()
  await desk.leaves()
  await joko.leaves()
})
