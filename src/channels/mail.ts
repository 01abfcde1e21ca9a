import type { SendEmail, Settings } from '../env.ts'

export interface Mail {
  to: string
  subject: string
  text: string
}

export interface Mailer {
  /** @throws Error unless the provider accepts the mail. */
  send(mail: Mail): Promise<void>
}

/** Sends through Cloudflare's `send_email` binding. */
export function cloudflareMailer(binding: SendEmail, from: string): Mailer {
  return {
    async send({ to, subject, text }) {
      await binding.send({ from, to, subject, text })
    },
  }
}

interface ResendOptions {
  apiKey: string
  from: string
  /** For the mailbox of a local stack, which speaks the same protocol. */
  origin?: string | undefined
}

/** Sends through Resend's HTTP API. */
export function resendMailer({ apiKey, from, origin = 'https://api.resend.com' }: ResendOptions): Mailer {
  return {
    async send({ to, subject, text }) {
      const response = await fetch(`${origin}/emails`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ from, to, subject, text }),
      })
      await response.body?.cancel()
      if (!response.ok) throw new Error(`The mail provider answered ${response.status}.`)
    },
  }
}

export function mailerOf({ SEND_EMAIL, RESEND_API_KEY, RESEND_URL, MAIL_FROM }: Settings): Mailer {
  if (SEND_EMAIL) return cloudflareMailer(SEND_EMAIL, MAIL_FROM)
  return resendMailer({ apiKey: RESEND_API_KEY ?? '', from: MAIL_FROM, origin: RESEND_URL })
}
