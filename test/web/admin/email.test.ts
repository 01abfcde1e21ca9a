import { afterAll, expect, it } from 'vitest'
import { startDns } from '../../../scripts/local/dns-server.ts'
import { openClinic } from '../../support/clinic.ts'
import { openAccount, openSession } from '../../support/people.ts'

const dns = await startDns({})
afterAll(() => dns[Symbol.asyncDispose]())
const { origin, sql } = await openClinic({
  vars: { DNS_URL: dns.url, MAIL_FROM: 'Clinic <desk@clinic.example>' },
})

async function look(lang = 'en') {
  const cookie = await openSession(sql, await openAccount(sql, { role: 'admin', name: 'Night' }))
  const response = await fetch(`${origin}/admin/email?lang=${lang}`, { headers: { Cookie: cookie } })
  return (await response.text()).split('<main')[1] ?? ''
}

it('says what is missing and what to add', async () => {
  const html = await look()
  for (const shown of [
    '<span aria-hidden="true">✕</span> Missing',
    'There is no SPF record. Add this one.',
    '<code>v=spf1 include:amazonses.com ~all</code>',
    '<code>_dmarc.clinic.example</code>',
    '<code>v=DMARC1; p=none</code>',
  ])
    expect(html).toContain(shown)
  expect(await look('id')).not.toContain('There is no')
})

it('says when everything is in order', async () => {
  Object.assign(dns.records, {
    'send.clinic.example': ['v=spf1 include:amazonses.com ~all'],
    'amazonses.com': ['v=spf1 ip4:199.255.192.0/22 -all'],
    'resend._domainkey.clinic.example': ['p=MIGfMA0G'],
    '_dmarc.clinic.example': ['v=DMARC1; p=reject'],
  })
  const html = await look()
  expect(html.split('<span aria-hidden="true">✓</span> OK')).toHaveLength(4)
  expect(html).not.toContain('Missing')
})
