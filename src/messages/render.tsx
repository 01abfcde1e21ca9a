import type { Attachment, Email, Outgoing } from '../channels/channel.ts'
import type { MessageContent } from '../clinic/messages/content.ts'
import { languages } from '../i18n/languages.ts'
import { mailCalendar } from './calendar.ts'
import { type Draft, draftOf, isStoppable, type MessageLinks, mailOf } from './compose.ts'
import { Mail } from './mail.tsx'
import { writeSms } from './sms.ts'
import { toText } from './to-text.ts'
import { writeTemplate } from './whatsapp.ts'

export interface RenderOptions {
  links: MessageLinks
  /** The address that mails come from: the calendar's organiser. */
  from: string
  /** The end of every calendar entry's UID. */
  uidDomain: string
  /** Where the pages are. WhatsApp's buttons have this registered, and get the rest of a link. */
  siteUrl: string
  now: Date
}

/** Writes a message as its channel takes it. */
export function renderMessage(content: MessageContent, options: RenderOptions): Outgoing {
  const draft = draftOf(content, options.links, options.now)
  if (content.channel === 'whatsapp') return writeTemplate(draft, options.siteUrl)
  if (content.channel === 'sms') return { channel: 'sms', to: content.to, text: writeSms(draft) }
  return writeEmail(draft, options)
}

function writeEmail(draft: Draft, options: RenderOptions): Email {
  const { content, links } = draft
  const mail = mailOf(draft)
  const page = <Mail mail={mail} />
  return {
    channel: 'email',
    to: content.to,
    subject: mail.subject,
    html: `<!doctype html>${page}`,
    text: toText(page),
    attachments: calendarsOf(draft, options),
    headers: {
      // So that no absence notice answers it (RFC 3834).
      'Auto-Submitted': 'auto-generated',
      ...(isStoppable(content) && {
        'List-Unsubscribe': `<${links.unsubscribe}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  }
}

/** An entry for each appointment, so that the reader's calendar follows: those who were told of one lose it, too. */
function calendarsOf({ content, links }: Draft, { from, uidDomain, now }: RenderOptions): Attachment[] {
  const { kind, language, appointments, recipient, to, namesVisitType } = content
  const isNews = kind === 'booked' || kind === 'moved'
  if (!isNews && kind !== 'cancelled') return []
  return appointments
    .filter(({ before }) => isNews || before !== null)
    .map((appointment) =>
      mailCalendar(appointment, {
        method: isNews ? 'REQUEST' : 'CANCEL',
        recipient: { ...recipient, address: to },
        copy: languages[language],
        url: links.change(appointment.id),
        namesVisitType,
        from,
        uidDomain,
        now,
      }),
    )
}
