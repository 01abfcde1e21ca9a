import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { Challenge, Site } from '../../src/clinic/accounts/passkeys/ceremony.ts'

/** How this authenticator differs from an honest one. */
interface Quirks {
  origin?: string
  host?: string
  isVerified?: boolean
  counter?: number
  userHandle?: Buffer
  type?: string
}

const verified = 0x04
const isMade = 0x40
/** Present, may be synced, and is. */
const always = 0x01 | 0x08 | 0x10

const digest = (data: string | Buffer) => createHash('sha256').update(data).digest()
const toText = (bytes: Buffer) => bytes.toString('base64url')

/** An authenticator in software that holds one passkey (Web Authentication, level 3). */
export function newAuthenticator(site: Site) {
  const id = randomBytes(16)
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  let counter = 0
  const clientData = (type: string, challenge: Challenge, quirks: Quirks) =>
    Buffer.from(
      JSON.stringify({
        type: quirks.type ?? type,
        challenge: challenge.value,
        origin: quirks.origin ?? site.origin,
        crossOrigin: false,
      }),
    )
  const authenticatorData = (flags: number, quirks: Quirks, more = Buffer.alloc(0)) => {
    const counted = Buffer.alloc(4)
    counted.writeUInt32BE(quirks.counter ?? counter)
    const isVerified = quirks.isVerified ?? true
    return Buffer.concat([
      digest(quirks.host ?? site.host),
      Buffer.from([always | flags | (isVerified ? verified : 0)]),
      counted,
      more,
    ])
  }
  const credential = <Response>(response: Response) => ({
    id: toText(id),
    rawId: toText(id),
    type: 'public-key' as const,
    response,
    clientExtensionResults: {},
  })
  return {
    /** What `navigator.credentials.create` answers. */
    create(challenge: Challenge, quirks: Quirks = {}) {
      const made = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, toCose(publicKey)])
      return credential({
        clientDataJSON: toText(clientData('webauthn.create', challenge, quirks)),
        attestationObject: toText(attestationOf(authenticatorData(isMade, quirks, made))),
        transports: ['internal' as const],
      })
    },
    /** What `navigator.credentials.get` answers. */
    get(challenge: Challenge, userHandle: Buffer, quirks: Quirks = {}) {
      if (quirks.counter === undefined) counter += 1
      const client = clientData('webauthn.get', challenge, quirks)
      const data = authenticatorData(0, quirks)
      return credential({
        clientDataJSON: toText(client),
        authenticatorData: toText(data),
        signature: toText(sign('sha256', Buffer.concat([data, digest(client)]), privateKey)),
        userHandle: toText(quirks.userHandle ?? userHandle),
      })
    },
  }
}

/** A P-256 key as COSE writes it (RFC 9053, 7.1), in CBOR. */
function toCose(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const [before, between] = [Buffer.from('a5010203262001215820', 'hex'), Buffer.from('225820', 'hex')]
  return Buffer.concat([before, Buffer.from(x, 'base64url'), between, Buffer.from(y, 'base64url')])
}

/** An attestation object of the format `none`, in CBOR. */
function attestationOf(data: Buffer): Buffer {
  const head = Buffer.concat([
    Buffer.from([0xa3, 0x63]),
    Buffer.from('fmt'),
    Buffer.from([0x64]),
    Buffer.from('none'),
    Buffer.from([0x67]),
    Buffer.from('attStmt'),
    Buffer.from([0xa0, 0x68]),
    Buffer.from('authData'),
    Buffer.from([0x58, data.length]),
  ])
  return Buffer.concat([head, data])
}
