import { afterAll, expect, it, vi } from 'vitest'
import type { ClaimedMessage } from '../../src/clinic/messages/claim.ts'
import { secretsOf } from '../../src/clinic/sign.ts'
import { messageWriter } from '../../src/jobs/write.ts'
import { sampleContent } from '../../src/messages/sample.ts'
import { options } from '../messages/samples.ts'
import { authSecret } from '../support/clinic.ts'

const site = { SITE_URL: options.siteUrl, MAIL_FROM: options.from, CALENDAR_DOMAIN: options.uidDomain }
const write = messageWriter(site, secretsOf(authSecret))
afterAll(() => vi.useRealTimers())

it('each attempt writes the same message, so that a provider can tell that it is', async () => {
  const message: ClaimedMessage = {
    ...sampleContent({ kind: 'booked', language: 'en' }),
    recipientKey: 'account:12',
    key: 'the key',
    attempt: 1,
    dueAt: new Date('2026-12-01T02:00:00Z'),
  }
  vi.useFakeTimers({ now: new Date('2026-12-01T02:00:01Z') })
  const first = await write(message, new Date())
  vi.setSystemTime(new Date('2026-12-01T03:10:00Z'))
  expect(await write({ ...message, attempt: 2 }, new Date())).toEqual(first)
})

it('a late reminder counts its days from when it is sent', async () => {
  const content = sampleContent({ kind: 'reminder', language: 'en' })
  const [{ startAt } = { startAt: new Date() }] = content.appointments
  const daysBefore = (days: number) => new Date(startAt.getTime() - days * 86_400_000)
  const message: ClaimedMessage = {
    ...content,
    recipientKey: 'account:12',
    key: 'k',
    attempt: 1,
    dueAt: daysBefore(3),
  }
  const subjects = [3, 2].map(async (days) => (await write(message, daysBefore(days))) as { subject: string })
  const [intime, late] = await Promise.all(subjects)
  expect(intime?.subject).toContain('in 3 days')
  expect(late?.subject).toContain('in 2 days')
})
