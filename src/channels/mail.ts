import type { SendEmail, Settings } from '../env.ts'

export interface Mail {
  to: string
  subject: string
  text: string
}

/** Where mail leaves the clinic. */
export interface Mailer {
  /** @throws Error unless the provider has accepted it. */
  send(mail: Mail): Promise<void>
}

/** Through Cloudflare's own `send_email` binding. */
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
  /** The mailbox of a local stack, which speaks the same protocol. */
  origin?: string | undefined
}

/** Through Resend's HTTP API. */
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

/** The one that is set up. */
export function mailerOf({ SEND_EMAIL, RESEND_API_KEY, RESEND_URL, MAIL_FROM }: Settings): Mailer {
  if (SEND_EMAIL) return cloudflareMailer(SEND_EMAIL, MAIL_FROM)
  return resendMailer({ apiKey: RESEND_API_KEY ?? '', from: MAIL_FROM, origin: RESEND_URL })
}
