import { connect as connectPlain } from 'node:net'
import { connect as connectEncrypted } from 'node:tls'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import { noAnswer, noAnswerAfter, patience } from './ask-provider.ts'
import type { Channel, Email, Sent } from './channel.ts'
import { readMailbox } from './mailbox.ts'
import { writeMime } from './mime.ts'

interface SmtpOptions {
  /** `smtps://user:password@host:465`, or `smtp://user:password@host:587` for STARTTLS. */
  url: string
  from: string
  /** Only for a server on the same machine. */
  mayBeUnencrypted?: boolean
  timeLimitMs?: number
}

/** The clinic's own mail server. */
export function smtp(options: SmtpOptions): Channel<Email> {
  const { url, from, timeLimitMs = patience } = options
  const sender = readMailbox(from)
  return {
    provider: 'smtp',
    isIdempotent: false,
    async send(email, key) {
      let connection: SMTPConnection | undefined
      try {
        const messageId = `${await hash(key)}@${sender.address.split('@')[1]}`
        const message = writeMime(email, { from: sender, messageId, date: new Date() })
        const envelope = { from: sender.address, to: email.to }
        connection = await open({ ...options, timeLimitMs }, sender.address)
        const conversation = converse(connection, new URL(url), envelope, message, messageId)
        return await Promise.race([conversation, noAnswerAfter(timeLimitMs)])
      } catch {
        return noAnswer(false)
      } finally {
        connection?.close()
      }
    },
  }
}

/** A mail server that gets a message twice can tell by its Message-ID. */
async function hash(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key))
  return Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The library is loaded when the first mail is sent: not every clinic uses it. */
async function open(
  { url: text, mayBeUnencrypted = false, timeLimitMs }: SmtpOptions & { timeLimitMs: number },
  address: string,
): Promise<SMTPConnection> {
  const { default: Connection } = await import('nodemailer/lib/smtp-connection')
  const url = new URL(text)
  const host = url.hostname
  const secure = url.protocol === 'smtps:'
  const port = Number(url.port || (secure ? 465 : 587))
  // Workers compare the certificate with the name they connect to; the library would connect to an IP address.
  const connection = secure
    ? connectEncrypted({ host, port, servername: host })
    : connectPlain({ host, port })
  return new Connection({
    host,
    port,
    connection,
    secure,
    secured: secure,
    requireTLS: !secure && !mayBeUnencrypted,
    name: address.split('@')[1] ?? 'localhost',
    connectionTimeout: timeLimitMs,
    greetingTimeout: timeLimitMs,
    socketTimeout: timeLimitMs,
  })
}

async function converse(
  connection: SMTPConnection,
  url: URL,
  envelope: { from: string; to: string },
  message: string,
  id: string,
): Promise<Sent> {
  try {
    const broken = new Promise<never>((_, reject) => connection.on('error', reject))
    const step = (work: (done: (error?: Error | null) => void) => void) =>
      Promise.race([broken, promised(work)])
    await step((done) => connection.connect(done))
    const credentials = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
    if (credentials.user) await step((done) => connection.login(credentials, done))
    await step((done) => connection.send(envelope, message, done))
    connection.quit()
    return { outcome: 'accepted', id }
  } catch (error) {
    return readError(error as SmtpError)
  }
}

function promised(work: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    work((error) => (error ? reject(error) : resolve()))
  })
}

interface SmtpError extends Error {
  /** The library's, such as `ETIMEDOUT`. */
  code?: string
  /** To which the server answered. */
  command?: string
  responseCode?: number
  response?: string
}

function readError({ code, command = '', responseCode, response = '' }: SmtpError): Sent {
  if (!responseCode) return noAnswer(code === 'ETIMEDOUT')
  const detail = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]
  const reason = `The mail server answered ${responseCode}${detail ? ` ${detail}` : ''}.`
  // Before RCPT TO it is about the sender or the password, which the clinic can put right.
  const isForGood = responseCode >= 500 && ['RCPT TO', 'DATA'].includes(command)
  return { outcome: isForGood ? 'refused' : 'failed', reason }
}
