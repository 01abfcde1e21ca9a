import { expect, it } from 'vitest'
import { startDns } from '../../../scripts/local/dns-server.ts'
import { dnsOverHttps } from '../../../src/channels/dns.ts'
import { checkDomain } from '../../../src/clinic/messages/check-domain.ts'

type Records = Parameters<typeof startDns>[0]

const address = 'appointments@mail.clinic.co.id'
const good: Records = {
  'send.mail.clinic.co.id': ['some-verification=1', 'v=spf1 include:amazonses.com ~all'],
  'amazonses.com': ['v=spf1 ip4:199.255.192.0/22 -all'],
  'resend._domainkey.mail.clinic.co.id': ['p=MIGfMA0G'],
  '_dmarc.mail.clinic.co.id': ['v=DMARC1; p=reject; rua=mailto:dmarc@clinic.co.id'],
}

async function check(records: Records, more: { provider?: string; dkimSelector?: string } = {}) {
  await using dns = await startDns(records)
  return await checkDomain(dnsOverHttps({ origin: dns.url }), { address, provider: 'resend', ...more })
}

/** One record is another; the others are as they should be. */
async function checkOne(record: string, changes: Records, more = {}) {
  const checks = await check({ ...good, ...changes }, more)
  return checks.find((one) => one.record === record)
}

it('finds everything in order, and where it is', async () => {
  expect(
    (await check(good)).map(({ record, verdict, finding, name }) => [record, verdict, finding, name]),
  ).toEqual([
    ['spf', 'ok', 'ok', 'send.mail.clinic.co.id'],
    ['dkim', 'ok', 'ok', 'resend._domainkey.mail.clinic.co.id'],
    ['dmarc', 'ok', 'ok', '_dmarc.mail.clinic.co.id'],
  ])
})

it('finds nothing, and says what to add', async () => {
  expect((await check({})).map(({ verdict, finding, expected }) => [verdict, finding, expected])).toEqual([
    ['missing', 'missing', 'v=spf1 include:amazonses.com ~all'],
    ['missing', 'missing', null],
    ['missing', 'missing', 'v=DMARC1; p=none'],
  ])
})

it('does not know while the DNS gives no answer', async () => {
  const broken = Object.fromEntries(Object.keys(good).map((name) => [name, ['SERVFAIL']]))
  expect((await check(broken)).map(({ verdict, finding }) => [verdict, finding])).toEqual(
    Array(3).fill(['unknown', 'no_answer']),
  )
})

const chain = (many: number): Records =>
  Object.fromEntries(
    Array.from({ length: many }, (_, n) => [
      `n${n}.example`,
      [n + 1 < many ? `v=spf1 include:n${n + 1}.example -all` : 'v=spf1 ip4:192.0.2.1 -all'],
    ]),
  )

it.each<[string, string, string[], Records, string | null]>([
  [
    'several',
    'wrong',
    ['v=spf1 ~all', 'V=SPF1 include:amazonses.com ~all'],
    {},
    'v=spf1 include:amazonses.com ~all',
  ],
  [
    'lets_everyone_send',
    'wrong',
    ['v=spf1 include:amazonses.com +all'],
    {},
    'v=spf1 include:amazonses.com ~all',
  ],
  [
    'lets_everyone_send',
    'wrong',
    ['v=spf1 include:amazonses.com all'],
    {},
    'v=spf1 include:amazonses.com ~all',
  ],
  ['lacks_provider', 'wrong', ['v=spf1 mx -all'], {}, 'v=spf1 include:amazonses.com mx -all'],
  ['dead_include', 'wrong', ['v=spf1 include:amazonses.com include:gone.example ~all'], {}, null],
  ['ok', 'ok', ['v=spf1 include:amazonses.com include:n0.example ~all'], chain(9), null],
  ['too_many_lookups', 'wrong', ['v=spf1 include:amazonses.com include:n0.example ~all'], chain(10), null],
  [
    'too_many_lookups',
    'wrong',
    ['v=spf1 include:amazonses.com a mx ptr a:b.example redirect=n0.example'],
    chain(6),
    null,
  ],
  [
    'ok',
    'ok',
    ['v=spf1 include:us.example ~all'],
    { 'us.example': ['v=spf1 include:amazonses.com -all'] },
    null,
  ],
])('SPF: %s is %s for %o', async (finding, verdict, records, more, expected) => {
  const changes = { 'send.mail.clinic.co.id': records, ...more }
  expect(await checkOne('spf', changes)).toMatchObject({ finding, verdict, found: records, expected })
})

it('SPF that includes itself ends', async () => {
  const changes = {
    'send.mail.clinic.co.id': ['v=spf1 include:send.mail.clinic.co.id include:amazonses.com ~all'],
  }
  expect(await checkOne('spf', changes)).toMatchObject({ verdict: 'wrong' })
})

it.each([
  ['cloudflare', 'cf-bounce.mail.clinic.co.id', 'v=spf1 include:_spf.mx.cloudflare.net ~all'],
  ['smtp', 'mail.clinic.co.id', null],
])('SPF of %s is at %s', async (provider, name, expected) => {
  expect(await checkOne('spf', {}, { provider })).toMatchObject({ finding: 'missing', name, expected })
})

it.each<[string, string, Records[string]]>([
  ['revoked', 'wrong', ['v=DKIM1; p=']],
  ['malformed', 'wrong', ['v=DKIM2; p=MIGf']],
  ['malformed', 'wrong', ['hello']],
  ['several', 'wrong', ['p=MIGf', 'p=MIGg']],
  ['ok', 'ok', ['k=rsa; v=DKIM1; p=MIGf MA0G']],
  ['ok', 'ok', { alias: 'key.example' }],
])('DKIM: %s is %s for %o', async (finding, verdict, record) => {
  const changes = { 'resend._domainkey.mail.clinic.co.id': record, 'key.example': ['p=MIGf'] }
  expect(await checkOne('dkim', changes)).toMatchObject({ finding, verdict })
})

it('DKIM of a mail server is under the name that the clinic gives', async () => {
  expect(await checkOne('dkim', {}, { provider: 'smtp' })).toMatchObject({
    verdict: 'unknown',
    finding: 'no_selector',
  })
  const key = { 's1._domainkey.mail.clinic.co.id': ['p=MIGf'] }
  expect(await checkOne('dkim', key, { provider: 'smtp', dkimSelector: 's1' })).toMatchObject({
    verdict: 'ok',
    name: 's1._domainkey.mail.clinic.co.id',
  })
})

it.each<[string, string, Records, string]>([
  ['only_watches', 'ok', { '_dmarc.mail.clinic.co.id': ['v=DMARC1;p=none'] }, '_dmarc.mail.clinic.co.id'],
  ['malformed', 'wrong', { '_dmarc.mail.clinic.co.id': ['v=DMARC1; p=deny'] }, '_dmarc.mail.clinic.co.id'],
  [
    'several',
    'wrong',
    { '_dmarc.mail.clinic.co.id': ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] },
    '_dmarc.mail.clinic.co.id',
  ],
  ['ok', 'ok', { '_dmarc.clinic.co.id': ['v=DMARC1; p=none; sp=quarantine'] }, '_dmarc.clinic.co.id'],
  ['only_watches', 'ok', { '_dmarc.clinic.co.id': ['v=DMARC1; p=none'] }, '_dmarc.clinic.co.id'],
  ['missing', 'missing', { '_dmarc.co.id': ['v=DMARC1; p=reject; psd=y'] }, '_dmarc.mail.clinic.co.id'],
])('DMARC: %s is %s for %o', async (finding, verdict, changes, name) => {
  const { '_dmarc.mail.clinic.co.id': _, ...others } = good
  const checks = await check({ ...others, ...changes })
  expect(checks[2]).toMatchObject({ record: 'dmarc', finding, verdict, name })
})
