import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Role } from '../../../drizzle/schema/accounts.ts'
import { type WantedMessages, wantedMessages } from '../../../drizzle/schema/wanted-messages.ts'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { closed, fault } from '../shapes.ts'
import {
  type MessageLanguage,
  messageLanguageOf,
  messageLanguages,
  type PatientMessageKind,
} from './content.ts'
import type { MessageLink } from './links.ts'

export { type WantedMessages, wantedMessages }

/** What a patient chooses at once, by the name of the choice. Every kind of message belongs to one. */
export const messageChoices = {
  booked: ['booked'],
  requests: ['requested', 'declined', 'lapsed'],
  moved: ['moved'],
  cancelled: ['cancelled'],
  reminder: ['reminder'],
  missed: ['missed'],
} as const satisfies Record<string, PatientMessageKind[]>

export type MessageChoice = keyof typeof messageChoices
export const messageChoiceNames = Object.keys(messageChoices) as MessageChoice[]

/** The choice that a kind of message belongs to. */
export const choiceOf = (kind: string): MessageChoice | undefined =>
  messageChoiceNames.find((name) => (messageChoices[name] as readonly string[]).includes(kind))

const error = fault('not_a_choice')

/** What is left out stays as it is. */
export const chooseMessagesInput = closed({
  wanted: z.partialRecord(z.enum(messageChoiceNames, { error }), z.boolean({ error })).optional(),
  language: z.enum(messageLanguages, { error }).optional(),
  /** Only of the clinic's own people. */
  staffWants: z.enum(wantedMessages, { error }).optional(),
})

export type ChooseMessages = z.infer<typeof chooseMessagesInput>

export interface MessageChoices {
  wanted: Record<MessageChoice, boolean>
  /** In which they are written to; null for someone who has no record of their own. */
  language: MessageLanguage | null
  /** The same, if their record says so itself. */
  spoken: MessageLanguage | null
  /** What one of the clinic's own people is told; null for patients. */
  staffWants: WantedMessages | null
}

/**
 * What the recipient of a message has chosen. Nobody has to be signed in: the link is the authority.
 *
 * @throws NotFound when their account is closed or their record erased.
 */
export async function findLinkedChoices(
  ctx: Pick<ClinicContext, 'db' | 'now'>,
  { recipient }: MessageLink,
): Promise<MessageChoices> {
  return findChoices(ctx, recipient)
}

/** What the actor has chosen for their own account. @throws NotSignedIn, Forbidden. */
export async function findOwnChoices(ctx: ClinicContext): Promise<MessageChoices> {
  const { accountId } = requireRight(ctx.actor, 'choose messages')
  return findChoices(ctx, `account:${accountId}`)
}

/**
 * Chooses for the recipient of a message: it holds from the next message on. Nobody has to be signed in: the link is the
 * authority. One trip; doing it again changes nothing.
 *
 * @throws NotFound when their account is closed or their record erased.
 */
export async function chooseLinkedMessages(
  ctx: ClinicContext,
  { recipient }: MessageLink,
  { wanted, language }: Omit<ChooseMessages, 'staffWants'>,
): Promise<void> {
  const stranger = { ...ctx, actor: { kind: 'anonymous' } as const }
  const { rows } = await ctx.db.execute<ChosenRow>(choosing(stranger, recipient, { wanted, language }))
  tellCorrected(stranger, rows[0])
}

/** As `chooseLinkedMessages`, for the actor's own account. @throws NotSignedIn, Forbidden. */
export async function chooseMessages(ctx: ClinicContext, chosen: ChooseMessages): Promise<void> {
  const { accountId } = requireRight(ctx.actor, 'choose messages')
  const rows = choosing(ctx, `account:${accountId}`, chosen)
  const [[row]] = await sendIdempotently<[ChosenRow]>(ctx, [{ rows }])
  tellCorrected(ctx, row)
}

function choosing(
  ctx: ClinicContext,
  recipient: string,
  { wanted = {}, language, staffWants }: ChooseMessages,
) {
  const kinds = Object.entries(wanted).flatMap(([name, isWanted]) =>
    messageChoices[name as MessageChoice].map((kind) => [kind, isWanted]),
  )
  return sql`
    select choose_messages(
      ${recipient}, ${JSON.stringify(Object.fromEntries(kinds))}::jsonb, ${language ?? null}::text,
      ${staffWants ?? null}::text, ${acting(ctx)}
    ) as chosen`
}

function tellCorrected(ctx: ClinicContext, row: ChosenRow | undefined): void {
  if (!row?.chosen) throw new NotFound('account')
  const { corrected_patient_id: patientId } = row.chosen
  if (patientId !== null) ctx.tell({ kind: 'patient.corrected', patientId, ...deedOf(ctx) })
}

async function findChoices(
  { db, now }: Pick<ClinicContext, 'db' | 'now'>,
  recipient: string,
): Promise<MessageChoices> {
  const { rows } = await db.execute<{ found: ChoicesRow | null }>(
    sql`select message_choices(${recipient}, ${now.toISOString()}::timestamptz) as found`,
  )
  const row = rows[0]?.found
  if (!row) throw new NotFound('account')
  const spoken = messageLanguageOf(row.languages)
  const isWanted = (kind: PatientMessageKind) => !row.unwanted.includes(kind)
  const wanted = messageChoiceNames.map((name) => [name, messageChoices[name].some(isWanted)])
  return {
    wanted: Object.fromEntries(wanted),
    language: row.languages && (spoken ?? row.clinic_language),
    spoken,
    staffWants: staffWantsOf(row),
  }
}

/** Who has not chosen: doctors are told of the next 24 hours, as `messages_for_staff` has it. */
function staffWantsOf({ role, wanted_messages }: ChoicesRow): WantedMessages | null {
  if (role === null || role === 'patient') return null
  return wanted_messages ?? (role === 'doctor' ? 'next_24_hours' : 'nothing')
}

interface ChosenRow extends Record<string, unknown> {
  chosen: { corrected_patient_id: number | null } | null
}

interface ChoicesRow {
  /** Of the account. */
  role: Role | null
  wanted_messages: WantedMessages | null
  unwanted: PatientMessageKind[]
  languages: string[] | null
  clinic_language: MessageLanguage
}
