import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import type { Fault } from './stand-in.ts'

interface Options {
  /** With a certificate it speaks TLS, from the start or after STARTTLS; without one it goes unencrypted. */
  tls?: { key: string; cert: string; isImplicit: boolean }
  /** Which fault to inject when this person is named as the recipient. */
  fault?: (address: string) => Fault | undefined
  /** The answer to RCPT TO instead of accepting this person, such as 550. */
  refuse?: (address: string) => number | undefined
}

interface Delivered {
  from: string
  to: string
  /** As it came over the wire, after dot-stuffing was undone. */
  raw: string
  parsed: Email
  isEncrypted: boolean
}

const user = 'clinic'
const password = 'p@ss word'

/** A real SMTP server: takes mail from `user` with `password`, and keeps it. */
export async function startSmtpServer({ tls, fault, refuse }: Options = {}) {
  const delivered: Delivered[] = []
  const server = new SMTPServer({
    ...(tls ? { key: tls.key, cert: tls.cert, secure: tls.isImplicit } : { hideSTARTTLS: true }),
    allowInsecureAuth: !tls,
    authMethods: ['PLAIN', 'LOGIN'],
    disableReverseLookup: true,
    onAuth: (auth, _session, done) =>
      auth.username === user && auth.password === password
        ? done(null, { user })
        : done(answering(535, '5.7.8 Wrong password')),
    onRcptTo({ address }, _session, done) {
      const code = refuse?.(address)
      if (code) return done(answering(code, `5.1.1 <${address}> is unknown`))
      const wrong = fault?.(address)
      if (wrong === 'down') return done(answering(421, '4.3.2 Closing'))
      if (wrong === 'throttling') return done(answering(451, '4.7.1 Try again later'))
      done()
    },
    async onData(stream, { envelope, secure }, done) {
      const raw = await buffer(stream).catch(() => null)
      // The client hung up before it had sent everything.
      if (!raw) return
      const to = envelope.rcptTo[0]?.address ?? ''
      const from = envelope.mailFrom ? envelope.mailFrom.address : ''
      const parsed = await PostalMime.parse(raw)
      delivered.unshift({ from, to, raw: raw.toString('latin1'), parsed, isEncrypted: secure })
      const wrong = fault?.(to)
      if (wrong === 'accepted, then dropped') return hangUp()
      if (wrong !== 'slow') done(null, 'Queued')
    },
  })
  server.on('error', () => {})
  const hangUp = () => {
    for (const connection of server.connections) connection._socket.destroy()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const stop = async () => {
    hangUp()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  const account = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
  return {
    /** For a client that checks the certificate's name, `host` must be in it. */
    url: (host = '127.0.0.1') => `${tls?.isImplicit ? 'smtps' : 'smtp'}://${account}@${host}:${port}`,
    /** Newest first. */
    delivered,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function answering(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode })
}
