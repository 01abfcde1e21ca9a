import type { ChannelName, Email } from '../channels/channel.ts'
import { type MessageKind, type MessageLanguage, patientMessageKinds } from '../clinic/messages/content.ts'
import { fieldsOf, isLink, type MessageField } from '../clinic/messages/fields.ts'
import { draftOf } from './compose.ts'
import { darkQuery } from './mail-style.ts'
import { type RenderOptions, renderMessage } from './render.tsx'
import { type SampleOptions, sampleContent, sampleLinks, sampleNow } from './sample.ts'

/** What a preview needs to know of this clinic. */
export type PreviewSite = Pick<RenderOptions, 'from' | 'uidDomain' | 'siteUrl'>

const optionsOf = (site: PreviewSite): RenderOptions => ({
  ...site,
  links: sampleLinks(site.siteUrl),
  now: sampleNow,
})

/** A message to a made-up patient, as it would be sent. */
export const previewMessage = (sample: SampleOptions, site: PreviewSite) =>
  renderMessage(sampleContent(sample), optionsOf(site))

/** The same as a mail that can be sent: without an entry for a calendar, because nothing is booked. */
export function previewMail(sample: SampleOptions, site: PreviewSite): Email {
  const { attachments: _, ...mail } = previewMessage({ ...sample, channel: 'email' }, site) as Email
  return mail
}

/** The mail's HTML with its dark look, wherever it is shown. */
export const inDark = (html: string): string => html.replace(`@media ${darkQuery}`, '@media all')

/** The fields of a kind, each with what stands for it in the preview. */
export function fieldsWithSamples(
  kind: MessageKind,
  language: MessageLanguage,
  site: PreviewSite,
): { field: MessageField; sample: string }[] {
  const content = sampleContent({ kind, language, namesVisitType: true })
  const { values, manner } = draftOf(content, sampleLinks(site.siteUrl), sampleNow)
  return fieldsOf[kind].map((field) => ({
    field,
    sample: isLink(field) ? manner.words.buttons[field] : values[field],
  }))
}

export const isForPatients = (kind: MessageKind): boolean =>
  (patientMessageKinds as readonly string[]).includes(kind)

export const previewChannels: readonly ChannelName[] = ['email', 'whatsapp', 'sms']
