import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { en } from '../../../src/i18n/en.ts'
import { openClinic } from '../../support/clinic.ts'

/** Turnstile's siteverify, with its own test tokens: what it was asked, and how it answers. */
interface Verification {
  secret: string
  response: string
  remoteip: string
}
let asked: Verification[] = []
let isSilent = false
const passing = 'XXXX.DUMMY.TOKEN.XXXX'
const ofAnotherForm = 'token of another form'
const turnstile = createServer(async (request, response) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const verification = JSON.parse(Buffer.concat(parts).toString()) as Verification
  asked.push(verification)
  const isRight = request.method === 'POST' && request.url === '/turnstile/v0/siteverify'
  response.writeHead(isSilent ? 503 : 200, { 'Content-Type': 'application/json' })
  response.end(isSilent ? 'upstream connect error' : JSON.stringify(isRight ? judge(verification) : null))
})
const time = '2026-11-28T08:00:00.000Z'

function judge({ secret, response }: Verification) {
  const refused = (code: string) => ({ success: false, 'error-codes': [code], messages: [] })
  if (secret !== 'the secret key') return refused('invalid-input-secret')
  const passed = { success: true, 'error-codes': [], challenge_ts: time, hostname: 'localhost', metadata: {} }
  if (response === passing) return { ...passed, action: 'sign-in', cdata: '' }
  if (response === ofAnotherForm) return { ...passed, action: 'comment', cdata: '' }
  return refused('invalid-input-response')
}
await new Promise<void>((listening) => turnstile.listen(0, '127.0.0.1', listening))
afterAll(() => turnstile.close())

const clinic = await openClinic({
  vars: {
    TURNSTILE_SITE_KEY: 'the site key',
    TURNSTILE_SECRET_KEY: 'the secret key',
    TURNSTILE_URL: `http://127.0.0.1:${(turnstile.address() as AddressInfo).port}`,
  },
})
const withoutKeys = await clinic.openAnother({
  TURNSTILE_SITE_KEY: undefined,
  TURNSTILE_SECRET_KEY: undefined,
})

beforeEach(async () => {
  asked = []
  isSilent = false
  await clinic.sql.query('truncate security_counts, sign_in_codes')
})

let browsers = 0

/** Sends the form like a browser that has just come. */
async function askForCode(token?: string, origin = clinic.origin) {
  const email = `challenged-${++browsers}@example.com`
  const response = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: origin, 'CF-Connecting-IP': '192.0.2.44' },
    body: new URLSearchParams({ email, ...(token && { 'cf-turnstile-response': token }) }),
  })
  const [Cookie = ''] = response.headers.getSetCookie().map((line) => line.split(';')[0])
  return { email, Cookie, status: response.status, headers: response.headers, html: await response.text() }
}

/** As if so many codes had been sent in this hour that a network gets only two more without a challenge. */
const flood = () =>
  clinic.sql.query(
    `insert into security_counts (kind, subject, since, times)
     values ('sign_in.code_sent', 'everyone', date_bin('1 hour', now(), 'epoch'), 1000)`,
  )

async function useUp() {
  await flood()
  for (let n = 0; n < 2; n++) expect((await askForCode()).status).toBe(303)
}

const widget = 'class="cf-turnstile" data-sitekey="the site key" data-action="sign-in"'
const policyOf = ({ headers }: { headers: Headers }) => headers.get('Content-Security-Policy') ?? ''

describe('the challenge', () => {
  it('is not shown, and the provider not asked, before the limit', async () => {
    expect((await askForCode()).status).toBe(303)
    const page = await fetch(`${clinic.origin}/sign-in`)
    expect(await page.text()).not.toContain('cf-turnstile')
    expect(policyOf(page)).not.toContain('challenges.cloudflare.com')
    expect(asked).toEqual([])
  })

  it('is shown beyond the limit, on a page that may load it; whoever passes gets a code', async () => {
    await useUp()
    const refused = await askForCode()
    expect([refused.status, asked]).toEqual([429, []])
    expect(refused.html).toContain(widget)
    expect(refused.html).toContain(en.signIn.refused.challenge_needed)
    expect(refused.html).toContain(`<noscript><p class="problem">${en.signIn.challengeNeedsScript}`)
    expect(policyOf(refused)).toMatch(/script-src 'self' https:\/\/challenges\.cloudflare\.com;/)
    expect(policyOf(refused)).toMatch(/frame-src https:\/\/challenges\.cloudflare\.com/)
    expect((await askForCode(passing)).status).toBe(303)
    expect(asked).toEqual([{ secret: 'the secret key', response: passing, remoteip: '192.0.2.44' }])
  })

  it.each(['a forged token', ofAnotherForm])('is not passed with %s', async (token) => {
    await useUp()
    const refused = await askForCode(token)
    expect(refused.status).toBe(429)
    expect(refused.html).toContain(widget)
  })

  it('gives way to the strict limits when its provider does not answer, and the log says so', async () => {
    await useUp()
    isSilent = true
    const refused = await askForCode(passing)
    expect(refused.status).toBe(429)
    expect(refused.html).not.toContain('cf-turnstile')
    expect(refused.html).toContain(en.signIn.refused.too_many_codes)
    expect(clinic.takeLines()).toContainEqual(
      expect.objectContaining({ level: 'warn', message: 'the challenge does not answer' }),
    )
  })

  it('guards the second attempt at a code when many have failed', async () => {
    await clinic.sql.query(
      `insert into security_counts (kind, subject, since, times)
       values ('sign_in.refused', 'everyone', date_bin('1 hour', now(), 'epoch'), 1000)`,
    )
    const { email, Cookie } = await askForCode()
    const code = /\d{6}/.exec(clinic.mails.find(({ to }) => to === email)?.text ?? '')?.[0] ?? ''
    const attempt = async (tried: string, token?: string) => {
      const body = new URLSearchParams({ code: tried, ...(token && { 'cf-turnstile-response': token }) })
      const headers = { Origin: clinic.origin, Cookie, 'CF-Connecting-IP': '192.0.2.44' }
      const answer = await fetch(`${clinic.origin}/sign-in/code`, {
        method: 'POST',
        redirect: 'manual',
        headers,
        body,
      })
      return { status: answer.status, headers: answer.headers, html: await answer.text() }
    }
    const wrong = code === '000000' ? '000001' : '000000'
    expect((await attempt(wrong)).html).toContain(en.signIn.refused.wrong_code)
    const challenged = await attempt(code)
    expect([challenged.status, challenged.html.includes(widget)]).toEqual([422, true])
    expect(policyOf(challenged)).toContain('frame-src https://challenges.cloudflare.com')
    expect((await attempt(code, passing)).status).toBe(303)
  })

  it('is off without keys: the strict limits say how long to wait', async () => {
    await useUp()
    const refused = await askForCode(passing, withoutKeys)
    expect([refused.status, asked]).toEqual([429, []])
    expect(refused.html).toContain(en.signIn.refused.too_many_codes)
    expect(refused.html).not.toContain('cf-turnstile')
    expect(policyOf(refused)).not.toContain('challenges.cloudflare.com')
  })
})
