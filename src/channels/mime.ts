import { toBase64 } from './base64.ts'
import type { Attachment, Email } from './channel.ts'
import type { Mailbox } from './mailbox.ts'

interface Envelope {
  from: Mailbox
  messageId: string
  date: Date
}

/** Writes a mail as RFC 5322 and MIME want it, in ASCII. */
export function writeMime(email: Email, { from, messageId, date }: Envelope): string {
  const headers = {
    From: from.name ? `${encodeWords(from.name)} <${from.address}>` : from.address,
    To: email.to,
    Subject: encodeWords(email.subject),
    Date: date.toUTCString().replace('GMT', '+0000'),
    'Message-ID': `<${messageId}>`,
    'MIME-Version': '1.0',
    ...email.headers,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}`)
  return `${lines.join('\r\n')}\r\n${bodyOf(email)}`
}

/** Boundaries that base64 cannot contain. */
const boundaries = { mixed: '=_mixed', alternative: '=_alternative' }

/**
 * A calendar entry with a method is another form of the same text: mail programs then show it as an invitation (RFC 6047).
 * It is attached as a file as well, for those that do not.
 */
function bodyOf({ text, html, attachments = [] }: Email): string {
  const entries = attachments.filter(({ contentType }) => /^text\/calendar\b.*;\s*method=/i.test(contentType))
  const forms = [
    part('text/plain; charset=utf-8', text),
    ...(html === undefined ? [] : [part('text/html; charset=utf-8', html)]),
    ...entries.map(({ contentType, content }) => part(contentType, content)),
  ]
  const files = attachments.map((file) =>
    entries.includes(file) ? attach({ ...file, contentType: 'application/ics' }) : attach(file),
  )
  return wrap('mixed', [wrap('alternative', forms), ...files])
}

function wrap(kind: keyof typeof boundaries, parts: string[]): string {
  const boundary = boundaries[kind]
  if (parts.length === 1) return parts[0] ?? ''
  const body = parts.map((one) => `--${boundary}\r\n${one}\r\n`).join('')
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${body}--${boundary}--\r\n`
}

function part(contentType: string, content: string, more = ''): string {
  const encoded = toBase64(content).replace(/.{76}/g, '$&\r\n')
  return `Content-Type: ${contentType}\r\n${more}Content-Transfer-Encoding: base64\r\n\r\n${encoded}`
}

function attach({ filename, contentType, content }: Attachment): string {
  const plain = filename.replace(/[^\w. -]/g, '_')
  const whole = encodeURIComponent(filename).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  const also = plain === filename ? '' : `;\r\n filename*=UTF-8''${whole}`
  return part(contentType, content, `Content-Disposition: attachment; filename="${plain}"${also}\r\n`)
}

/** RFC 2047. An encoded word has at most 75 characters and ends between two characters. */
function encodeWords(text: string): string {
  if (/^[\w .,:!?'-]*$/.test(text)) return text
  const words = ['']
  for (const char of text) {
    const longer = `${words.at(-1)}${char}`
    if (new TextEncoder().encode(longer).length <= 45) words[words.length - 1] = longer
    else words.push(char)
  }
  return words.map((word) => `=?utf-8?B?${toBase64(word)}?=`).join('\r\n ')
}
