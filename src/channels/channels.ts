import type { Settings } from '../env.ts'
import type { Channel, Channels, Email } from './channel.ts'
import { cloudflare } from './cloudflare.ts'
import { resend } from './resend.ts'
import { smtp } from './smtp.ts'
import { twilio } from './twilio.ts'
import { whatsapp } from './whatsapp.ts'

/** The channels that this clinic has set up. */
export function channelsOf(settings: Settings): Channels {
  const { WHATSAPP_TOKEN: token, WHATSAPP_PHONE_NUMBER_ID: phoneNumberId } = settings
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_FROM: from } = settings
  return {
    email: emailOf(settings),
    ...(token &&
      phoneNumberId && { whatsapp: whatsapp({ token, phoneNumberId, origin: settings.WHATSAPP_URL }) }),
    ...(accountSid &&
      authToken &&
      from && {
        sms: twilio({
          accountSid,
          authToken,
          from,
          statusCallback: `${settings.SITE_URL}/providers/twilio`,
          origin: settings.TWILIO_URL,
        }),
      }),
  }
}

function emailOf(settings: Settings): Channel<Email> {
  const { SEND_EMAIL, SMTP_URL, RESEND_API_KEY = '', RESEND_URL, MAIL_FROM: from } = settings
  if (SEND_EMAIL) return cloudflare({ binding: SEND_EMAIL, from })
  if (SMTP_URL) return smtp({ url: SMTP_URL, from, mayBeUnencrypted: settings.ENVIRONMENT === 'local' })
  return resend({ apiKey: RESEND_API_KEY, from, origin: RESEND_URL })
}
