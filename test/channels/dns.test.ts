import { afterAll, expect, it } from 'vitest'
import { startDns } from '../../scripts/local/dns-server.ts'
import { startStandIn } from '../../scripts/local/stand-in.ts'
import { dnsOverHttps } from '../../src/channels/dns.ts'

const long = `v=DKIM1; p=${'A'.repeat(390)}`
const dns = await startDns({
  'clinic.id': ['v=spf1 ~all', 'says "hi" and \\'],
  'resend._domainkey.clinic.id': [long],
  'alias.clinic.id': { alias: 'clinic.id' },
  'dangling.clinic.id': { alias: 'gone.clinic.id' },
  'broken.clinic.id': ['SERVFAIL'],
})
afterAll(dns.stop)
const resolve = dnsOverHttps({ origin: dns.url, timeLimitMs: 200 })

it.each([
  ['clinic.id', ['v=spf1 ~all', 'says "hi" and \\']],
  ['resend._domainkey.clinic.id', [long]],
  ['alias.clinic.id', ['v=spf1 ~all', 'says "hi" and \\']],
  ['dangling.clinic.id', []],
  ['nowhere.clinic.id', []],
])('finds the records of %s', async (name, records) => {
  expect(await resolve(name)).toEqual(records)
})

it('throws when there is no answer', async () => {
  await expect(resolve('broken.clinic.id')).rejects.toThrow('The DNS answered with code 2.')
  await using slow = await startStandIn(() => ({ body: {} }), { fault: () => 'slow' })
  await expect(dnsOverHttps({ origin: slow.url, timeLimitMs: 50 })('clinic.id')).rejects.toThrow('timeout')
  await using down = await startStandIn(() => ({ body: {} }), { fault: () => 'down' })
  await expect(dnsOverHttps({ origin: down.url })('clinic.id')).rejects.toThrow('The DNS answered 503.')
})
