import { fromBase64, isSignedWith } from './signatures.ts'
import { textIn, type Webhook } from './webhook.ts'

/** No such number, no SMS there, or its owner wrote STOP: https://www.twilio.com/docs/api/errors */
const unreachable = ['21211', '21610', '21614', '30004', '30005', '30006']

/**
 * Twilio tells what became of texts: https://www.twilio.com/docs/usage/security#validating-requests
 *
 * @param url under which it knows us, as it was told with each text.
 */
export function twilioWebhook(authToken: string, url: string): Webhook {
  return {
    mostKilobytes: 64,
    isGenuine(headers, body) {
      const fields = [...new URLSearchParams(body)].sort(([one], [other]) => (one < other ? -1 : 1))
      const signature = fromBase64(headers.get('X-Twilio-Signature') ?? '')
      return isSignedWith(authToken, { hash: 'SHA-1', text: url + fields.flat().join(''), signature })
    },
    read(body, now) {
      const told = new URLSearchParams(body)
      const providerId = textIn(told.get('MessageSid'))
      if (!providerId) return null
      const status = told.get('MessageStatus') ?? ''
      const isDelivered = ['delivered', 'read'].includes(status)
      if (!isDelivered && !['undelivered', 'failed'].includes(status)) return []
      const isPermanent = unreachable.includes(told.get('ErrorCode') ?? '')
      return [
        {
          provider: 'twilio',
          providerId,
          channel: 'sms',
          address: textIn(told.get('To')),
          what: isDelivered ? 'delivered' : isPermanent ? 'bounced' : 'failed',
          isPermanent,
          at: now,
        },
      ]
    },
  }
}
