import type { Secrets } from '../sign.ts'

/** What a signed link in a message opens, without signing in: one appointment, or the recipient's own preferences. */
export interface MessageLink {
  purpose: 'appointment' | 'preferences'
  /** The appointment; null for preferences. */
  appointmentId: number | null
  /** Whom the message went to, such as `account:12`. */
  recipient: string
  expiresAt: Date
}

/** The end of a link's address: readable facts and their signature, in characters that no mail program breaks. */
export async function signLink(secrets: Secrets, link: MessageLink): Promise<string> {
  const facts = factsOf(link)
  return `${facts}.${await secrets.sign(purposeOf(link.purpose) + facts)}`
}

/** Reads what `signLink` wrote for this purpose; null if it was changed, is for another purpose or has expired. */
export async function readLink(
  secrets: Secrets,
  purpose: MessageLink['purpose'],
  token: string,
  now: Date,
): Promise<MessageLink | null> {
  const parts = /^((\d{1,15})-(account|patient|location)-(\d{1,15})-(\d{1,12}))\.([\w-]{43})$/.exec(token)
  if (!parts) return null
  const [, facts = '', appointment, kind, id, expires, signature = ''] = parts
  if (!(await secrets.verify(purposeOf(purpose) + facts, signature))) return null
  const expiresAt = new Date(Number(expires) * 1_000)
  if (expiresAt <= now) return null
  const appointmentId = purpose === 'appointment' ? Number(appointment) : null
  return { purpose, appointmentId, recipient: `${kind}:${id}`, expiresAt }
}

const purposeOf = (purpose: MessageLink['purpose']) => `message link, ${purpose}\n`

const factsOf = ({ appointmentId, recipient, expiresAt }: MessageLink) =>
  `${appointmentId ?? 0}-${recipient.replace(':', '-')}-${Math.floor(expiresAt.getTime() / 1_000)}`
