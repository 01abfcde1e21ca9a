import { expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { openJar } from '../../support/cookie-jar.ts'
import { openAccount, registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic

async function signIn(email: string) {
  const [own, child] = [await registerPatient(sql, 'Siti'), await registerPatient(sql, 'Budi')]
  const account = await openAccount(sql, { email, name: 'Siti', patientIds: [own, child] })
  const browser = openJar(clinic)
  await browser.signsIn(email)
  return { account, child, browser }
}

it('a closed account is signed out here at once, and its mailbox begins a new one', async () => {
  const { account, browser } = await signIn('closing@example.com')
  expect((await browser.sends('/account/closing', { cancels: 'yes' })).status).toBe(422)
  const closed = await browser.sends('/account/closing', { confirmed: 'yes' })
  expect([closed.status, closed.headers.get('Clear-Site-Data')]).toEqual([200, '"cache", "storage"'])
  expect(await closed.text()).toContain('Your account is closed')
  const again = openJar(clinic)
  await again.signsIn('closing@example.com')
  const { rows } = await sql.query('select id::int, name from accounts where email = $1', [
    'closing@example.com',
  ])
  expect(rows).toEqual([{ id: expect.any(Number), name: '' }])
  expect(rows[0].id).not.toBe(account)
})

it('an address changes with the codes of both mailboxes, and the old one can stop it', async () => {
  const { account, browser } = await signIn('before@example.com')
  const ask = async () => {
    clinic.mails.length = 0
    const asked = await browser.sends('/account/email', { email: 'after@example.com' })
    expect(asked.headers.get('Location')).toBe('/account/email/codes')
    const textTo = (address: string) => clinic.mails.find(({ to }) => to === address)?.text ?? ''
    const codeIn = (text: string) => /\b\d{6}\b/.exec(text)?.[0] ?? ''
    const [old, fresh] = [textTo('before@example.com'), textTo('after@example.com')]
    const token = new URL(/https?:\S+/.exec(old)?.[0] ?? '').searchParams.get('token') ?? ''
    return { old_code: codeIn(old), new_code: codeIn(fresh), token }
  }
  const { token } = await ask()
  const stopping = openJar(clinic)
  expect((await stopping.sends('/account/email/stop', { token })).status).toBe(200)
  expect((await browser.sends('/account/email', { email: 'x@example.com' })).headers.get('Location')).toMatch(
    /^\/sign-in/,
  )
  await browser.signsIn('before@example.com')
  const { old_code, new_code } = await ask()
  expect((await browser.sends('/account/email/codes', { old_code, new_code: old_code })).status).toBe(422)
  const changed = await browser.sends('/account/email/codes', { old_code, new_code })
  expect([changed.status, changed.headers.get('Location')]).toEqual([303, '/account'])
  const { rows } = await sql.query('select email from accounts where id = $1', [account])
  expect(rows).toEqual([{ email: 'after@example.com' }])
})

it('a removed link is gone from the page', async () => {
  const { account, child, browser } = await signIn('parent@example.com')
  const page = () => browser.sees('/account')
  const removal = `/patients/${child}/accounts/${account}/removal`
  expect(await page()).toContain(removal)
  expect((await browser.sends(removal, {})).headers.get('Location')).toBe('/account')
  expect(await page()).not.toContain(removal)
})
