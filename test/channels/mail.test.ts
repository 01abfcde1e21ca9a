import { expect, it } from 'vitest'
import type { Channel, Email, Sent } from '../../src/channels/channel.ts'
import { mailerOf } from '../../src/channels/mail.ts'

const mail = { to: 'nina@example.com', subject: 'Your code', text: 'It is 123456.' }

function channelThat(answers: Sent) {
  const given: [Email, string][] = []
  const channel: Channel<Email> = {
    provider: 'test',
    isIdempotent: true,
    send: async (message, key) => {
      given.push([message, key])
      return answers
    },
  }
  return { channel, given }
}

it('sends each mail under a key of its own', async () => {
  const { channel, given } = channelThat({ outcome: 'accepted', id: null })
  await mailerOf(channel).send(mail)
  await mailerOf(channel).send(mail)
  expect(given.map(([message]) => message)).toEqual(Array(2).fill({ channel: 'email', ...mail }))
  expect(new Set(given.map(([, key]) => key)).size).toBe(2)
})

it.each(['refused', 'failed'] as const)('fails when the mail is %s', async (outcome) => {
  const { channel } = channelThat({ outcome, reason: 'The provider answered 422.' })
  await expect(mailerOf(channel).send(mail)).rejects.toThrow('The provider answered 422.')
})
