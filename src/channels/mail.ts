import type { Channel, Email } from './channel.ts'

export interface Mail {
  to: string
  subject: string
  text: string
}

/** Sends what somebody waits for, such as a sign-in code: at once and once. */
export interface Mailer {
  /** @throws Error unless the provider accepts the mail. */
  send(mail: Mail): Promise<void>
}

export function mailerOf(email: Channel<Email>): Mailer {
  return {
    async send({ to, subject, text }) {
      const sent = await email.send({ channel: 'email', to, subject, text }, crypto.randomUUID())
      if (sent.outcome !== 'accepted') throw new Error(sent.reason)
    },
  }
}
