import { describe, expect, it } from 'vitest'
import { type MessageLink, readLink, signLink } from '../../../src/clinic/messages/links.ts'
import { secretsOf } from '../../../src/clinic/sign.ts'
import { authSecret } from '../../support/clinic.ts'

const secrets = secretsOf(authSecret)
const now = new Date('2030-01-07T02:00:00Z')
const link: MessageLink = {
  purpose: 'appointment',
  appointmentId: 12,
  recipient: 'account:34',
  expiresAt: new Date('2030-01-08T02:00:00Z'),
}

describe('a signed link', () => {
  it('says what it was signed for', async () => {
    expect(await readLink(secrets, 'appointment', await signLink(secrets, link), now)).toEqual(link)
    const own: MessageLink = { ...link, purpose: 'preferences', appointmentId: null }
    expect(await readLink(secrets, 'preferences', await signLink(secrets, own), now)).toEqual(own)
  })
  it('is worth nothing for another purpose, appointment or person, or once it has expired', async () => {
    const token = await signLink(secrets, link)
    expect(await readLink(secrets, 'preferences', token, now)).toBeNull()
    expect(await readLink(secrets, 'appointment', token, link.expiresAt)).toBeNull()
    for (const [from, to] of [
      ['12-', '13-'],
      ['account', 'patient'],
      ['-34-', '-35-'],
      [/\d{10}\./, '9999999999.'],
    ] as const)
      expect(await readLink(secrets, 'appointment', token.replace(from, to), now)).toBeNull()
    for (const broken of ['', '12', token.slice(0, -1), `${token}x`])
      expect(await readLink(secrets, 'appointment', broken, now)).toBeNull()
  })
  it('still works after the secret was changed', async () => {
    const newer = secretsOf('another secret of the tests, long enough to sign', authSecret)
    expect(await readLink(newer, 'appointment', await signLink(secrets, link), now)).toEqual(link)
  })
})
