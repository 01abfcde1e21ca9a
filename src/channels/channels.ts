import type { Settings } from '../env.ts'
import type { Channel, Channels, Email } from './channel.ts'
import { cloudflare } from './cloudflare.ts'
import { resend } from './resend.ts'
import { smtp } from './smtp.ts'

/** The channels that this clinic has set up. */
export function channelsOf(settings: Settings): Channels {
  return { email: emailOf(settings) }
}

function emailOf(settings: Settings): Channel<Email> {
  const { SEND_EMAIL, SMTP_URL, RESEND_API_KEY = '', RESEND_URL, MAIL_FROM: from } = settings
  if (SEND_EMAIL) return cloudflare({ binding: SEND_EMAIL, from })
  if (SMTP_URL) return smtp({ url: SMTP_URL, from, mayBeUnencrypted: settings.ENVIRONMENT === 'local' })
  return resend({ apiKey: RESEND_API_KEY, from, origin: RESEND_URL })
}
