import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, fault } from '../shapes.ts'
import { checkText, type TextFault } from './check-text.ts'
import { type MessageLanguage, messageKinds, messageLanguages } from './content.ts'
import type { MessageText } from './fields.ts'

/** Channels whose texts the clinic may change: WhatsApp approves each text, so it is registered there. */
export const writtenChannels = ['email', 'sms'] as const

/** As the pages of a browser send it: line breaks become `\n`. */
const written = (longest: number) =>
  z
    .string({ error: fault('missing') })
    .transform((text) => text.replace(/\r\n?/g, '\n').trim())
    .pipe(z.string().max(longest, { error: fault('too_long_a_text') }))

export const messageTextInput = closed({ subject: written(200), body: written(2_000) })

export const changeMessageTextsInput = closed({
  kind: z.enum(messageKinds, { error: fault('not_a_choice') }),
  channel: z.enum(writtenChannels, { error: fault('not_a_choice') }),
})

export interface ChangeMessageTexts extends z.infer<typeof changeMessageTextsInput> {
  /** Null goes back to our own text. */
  texts: Record<MessageLanguage, MessageText | null>
  /** When each was last changed, as the caller saw it; null when it was ours. */
  seen: Record<MessageLanguage, Date | null>
}

export type ChangedMessageTexts =
  | { ok: true }
  /** Someone else has changed one of them since. */
  | { ok: false; refusal: 'stale' }
  | { ok: false; refusal: 'invalid_text'; faults: Record<MessageLanguage, TextFault[]> }

/**
 * Changes the clinic's texts of one kind in one channel, in both languages, in one trip. A text with a fault changes neither.
 * Messages that are sent from now on have them.
 *
 * @throws NotSignedIn, Forbidden, NoLongerSignedIn, RoleChanged.
 */
export async function changeMessageTexts(
  ctx: ClinicContext,
  { kind, channel, texts, seen }: ChangeMessageTexts,
): Promise<ChangedMessageTexts> {
  requireRight(ctx.actor, 'change message texts')
  const faultsIf = (namesVisitType: boolean) => {
    const about = { kind, channel, namesVisitType }
    const faultsOf = (text: MessageText | null) => (text === null ? [] : checkText(text, about))
    return { en: faultsOf(texts.en), id: faultsOf(texts.id) }
  }
  // Whether a text may name the visit type is for the database to say.
  const faults = faultsIf(true)
  if (messageLanguages.some((language) => faults[language].length > 0))
    return { ok: false, refusal: 'invalid_text', faults }
  const rows = sql`
    select change_message_texts(
      ${kind}, ${channel}, ${JSON.stringify(texts)}::jsonb, ${JSON.stringify(seen)}::jsonb, ${acting(ctx)}
    ) as outcome`
  const [[row]] = await sendIdempotently<[{ outcome: 'changed' | 'same' | 'stale' | 'not_allowed' }]>(ctx, [
    { rows },
  ])
  if (row?.outcome === 'stale') return { ok: false, refusal: 'stale' }
  if (row?.outcome === 'not_allowed') return { ok: false, refusal: 'invalid_text', faults: faultsIf(false) }
  if (row?.outcome === 'changed') ctx.tell({ kind: 'settings.changed', ...deedOf(ctx) })
  return { ok: true }
}
