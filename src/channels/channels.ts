import type { Settings } from '../env.ts'
import type { Channel, Channels, Email } from './channel.ts'
import { cloudflare } from './cloudflare.ts'
import { resend } from './resend.ts'

/** The channels that this clinic has set up. */
export function channelsOf(settings: Settings): Channels {
  return { email: emailOf(settings) }
}

function emailOf({ SEND_EMAIL, RESEND_API_KEY, RESEND_URL, MAIL_FROM }: Settings): Channel<Email> {
  if (SEND_EMAIL) return cloudflare({ binding: SEND_EMAIL, from: MAIL_FROM })
  return resend({ apiKey: RESEND_API_KEY ?? '', from: MAIL_FROM, origin: RESEND_URL })
}
