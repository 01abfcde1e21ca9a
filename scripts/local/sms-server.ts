import { createHmac, randomBytes } from 'node:crypto'
import type { ReceivedSms } from './received.ts'
import { type Answered, type Asked, type StandInOptions, startStandIn } from './stand-in.ts'

interface Options extends StandInOptions {
  accountSid?: string
  authToken?: string
  /** Whom it cannot reach, with the error's code. */
  refuse?: (to: string) => number | undefined
  /** Whether it tells a second later that each text has arrived. */
  tellsByItself?: boolean
}

/** Stands in for Twilio's Messages API: accepts texts, and tells their callback what became of them. */
export async function startSms({
  accountSid = 'AClocal',
  authToken = 'local',
  refuse,
  tellsByItself = false,
  fault,
}: Options = {}) {
  const texts: ReceivedSms[] = []
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  /** Tells the callback what became of a text, as Twilio signs it. */
  const tell = async (
    { sid, to, statusCallback }: ReceivedSms,
    status: string,
    code?: number,
    through = statusCallback,
  ) => {
    const fields = {
      AccountSid: accountSid,
      MessageSid: sid,
      MessageStatus: status,
      To: to,
      ...(code && { ErrorCode: String(code) }),
    }
    const signed = Object.entries(fields).sort().flat().join('')
    const signature = createHmac('sha1', authToken).update(`${statusCallback}${signed}`).digest('base64')
    const headers = { 'X-Twilio-Signature': signature }
    return fetch(through, { method: 'POST', headers, body: new URLSearchParams(fields) })
  }
  const accept = ({ body, headers }: Asked): Answered => {
    if (headers.authorization !== authorization) return { status: 401, body: { code: 20003, status: 401 } }
    const form = new URLSearchParams(body)
    const field = (name: string) => form.get(name) ?? ''
    const isWrong = form.has('From') ? field('From').startsWith('MG') : !form.has('MessagingServiceSid')
    const code = isWrong ? 21212 : refuse?.(field('To'))
    if (code) return { status: 400, body: { code, status: 400, message: `No: ${field('To')}` } }
    const sid = `SM${randomBytes(16).toString('hex')}`
    const text = {
      sid,
      from: field('From') || field('MessagingServiceSid'),
      to: field('To'),
      text: field('Body'),
      statusCallback: field('StatusCallback'),
    }
    texts.unshift(text)
    if (tellsByItself) setTimeout(() => void tell(text, 'delivered').catch(() => {}), 1_000)
    return { status: 201, body: { sid, status: 'queued', error_code: null } }
  }
  const standIn = await startStandIn(
    (asked) =>
      asked.url === `/2010-04-01/Accounts/${accountSid}/Messages.json` ? accept(asked) : { body: texts },
    { fault },
  )
  return {
    ...standIn,
    /** Newest first. */
    texts,
    tell,
  }
}
