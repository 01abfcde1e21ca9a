import { type Answer, askProvider, patience, turnedDown } from './ask-provider.ts'
import { toBase64 } from './base64.ts'
import type { Channel, Sent, Sms } from './channel.ts'

interface TwilioOptions {
  accountSid: string
  authToken: string
  /** A number in E.164, a sender name, or the SID of a messaging service (`MG…`). */
  from: string
  /** Where Twilio tells what became of a message. */
  statusCallback: string
  /** For the stand-in of a local stack, which speaks the same protocol. */
  origin?: string | undefined
  timeLimitMs?: number
}

/** Twilio's Messages API: https://www.twilio.com/docs/messaging/api/message-resource */
export function twilio({
  accountSid,
  authToken,
  from,
  statusCallback,
  origin = 'https://api.twilio.com',
  timeLimitMs = patience,
}: TwilioOptions): Channel<Sms> {
  const sender = from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from }
  return {
    provider: 'twilio',
    isIdempotent: false,
    send: ({ to, text }) => {
      const request = {
        method: 'POST',
        headers: { Authorization: `Basic ${toBase64(`${accountSid}:${authToken}`)}` },
        body: new URLSearchParams({ To: to, ...sender, Body: text, StatusCallback: statusCallback }),
      }
      const url = `${origin}/2010-04-01/Accounts/${accountSid}/Messages.json`
      return askProvider(url, request, timeLimitMs, readAnswer)
    },
  }
}

/**
 * About this number or this text: https://www.twilio.com/docs/api/errors
 * No number, one that cannot get an SMS, one whose owner wrote STOP, or too long a text.
 */
const refusals: unknown[] = [21211, 21217, 21265, 21602, 21604, 21610, 21612, 21614, 21617, 21635]

function readAnswer(answer: Answer): Sent {
  const { status, body } = answer
  if (status >= 200 && status < 300) {
    return { outcome: 'accepted', id: typeof body?.sid === 'string' ? body.sid : null }
  }
  return turnedDown(refusals.includes(body?.code), answer, body?.code)
}
