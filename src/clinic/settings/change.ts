import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { askings, pageLanguages } from '../../../drizzle/schema/clinic-settings.ts'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { sendIdempotently } from '../idempotency.ts'
import type { SettingsRefusal } from '../refusals.ts'
import { closed, fault, line, wholeNumber } from '../shapes.ts'
import { type SnakeKeys, snakeCase, snakeKeys } from '../snake-case.ts'
import { type ClinicSettings, settingColumns } from './find.ts'

const atLeastOne = wholeNumber(1, 100).optional()
const orNone = wholeNumber(0, 100).optional()
const asking = z.enum(askings, { error: fault('not_a_choice') }).optional()
const mostADay = wholeNumber(0, 1_000_000).nullable().optional()
const language = z.enum(pageLanguages, { error: fault('not_a_choice') })
const clockTime = z
  .string({ error: fault('not_a_time_of_day') })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: fault('not_a_time_of_day') })
  .optional()
const cost = z
  .number({ error: fault('not_a_cost') })
  .min(0, { error: fault('not_a_cost') })
  .max(1_000_000, { error: fault('not_a_cost') })
  .optional()

/** What is left out stays as it is. */
export const changeClinicSettingsInput = closed({
  /** Null: the pages say AloBooking. */
  name: line(80, 'too_long_a_name').nullable().optional(),
  languages: z
    .array(language, { error: fault('not_a_choice') })
    .min(1, { error: fault('missing') })
    .refine((chosen) => new Set(chosen).size === chosen.length, { error: fault('not_a_choice') })
    .optional(),
  mostOpenAppointments: atLeastOne,
  mostOpenAppointmentsAfterVisit: atLeastOne,
  mostOpenAppointmentsInFirstHour: atLeastOne,
  mostDependants: orNone,
  mostDependantsInFirstHour: orNone,
  mostHolds: atLeastOne,
  mostHoldsInFirstHour: atLeastOne,
  staffNeedPasskeys: z.boolean({ error: fault('not_a_choice') }).optional(),
  asksBirthDate: asking,
  asksPhone: asking,
  asksSex: asking,
  releasedHoldsKeptDays: wholeNumber(1, 3650).optional(),
  unfinishedAccountsKeptDays: wholeNumber(1, 3650).optional(),
  securityEventsKeptDays: wholeNumber(30, 3650).optional(),
  signInEventsKeptDays: wholeNumber(30, 3650).optional(),
  reasonsKeptDays: wholeNumber(1, 3650).nullable().optional(),
  /** How long messages about what the clinic or another system did wait. */
  graceSeconds: wholeNumber(0, 3600).optional(),
  quietFrom: clockTime,
  quietUntil: clockTime,
  messagesLanguage: language.optional(),
  messagesNameVisitType: z.boolean({ error: fault('not_a_choice') }).optional(),
  mostEmailsADay: mostADay,
  mostWhatsappsADay: mostADay,
  mostSmsADay: mostADay,
  emailCost: cost,
  whatsappCost: cost,
  smsCost: cost,
  currency: z
    .string({ error: fault('not_a_choice') })
    .regex(/^[A-Z]{3}$/, { error: fault('not_a_choice') })
    .optional(),
  messagesKeptDays: wholeNumber(30, 3650).optional(),
  lateAlertMinutes: wholeNumber(1, 480).optional(),
  waitingAlertMinutes: wholeNumber(1, 480).optional(),
  withDoctorAlertMinutes: wholeNumber(1, 480).optional(),
  doctorsSeeOneAnother: z.boolean({ error: fault('not_a_choice') }).optional(),
})

export interface ChangeClinicSettings extends z.infer<typeof changeClinicSettingsInput> {
  /** The version that the caller saw; without one, any will do. */
  version?: number | undefined
}

export type ChangedClinicSettings =
  | { ok: true; settings: ClinicSettings }
  | { ok: false; refusal: SettingsRefusal }

/**
 * Changes the clinic's settings in one trip, unless someone else has changed them since (`stale`), or the
 * default language would be none of the clinic's (`language_not_offered`). The security log keeps
 * what they were and are. Changing nothing is no change.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function changeClinicSettings(
  ctx: ClinicContext,
  { version, ...wanted }: ChangeClinicSettings,
): Promise<ChangedClinicSettings> {
  requireRight(ctx.actor, 'manage settings')
  const rows = sql`
    select change_settings(
      ${JSON.stringify(snakeKeys(wanted))}::jsonb, ${version ?? null}::integer, ${acting(ctx)}
    ) as settings`
  const [[row]] = await sendIdempotently<[{ settings: Answer }]>(ctx, [{ rows }])
  if (!row) throw new Error('change_settings always answers.')
  const { settings: answer } = row
  const { outcome } = answer
  if (outcome === 'stale' || outcome === 'language_not_offered') return { ok: false, refusal: outcome }
  if (outcome === 'changed') ctx.tell({ kind: 'settings.changed', ...deedOf(ctx) })
  return { ok: true, settings: toSettings(answer) }
}

type Answer = SnakeKeys<ClinicSettings> & {
  outcome: 'changed' | 'same' | SettingsRefusal
}

/** The row as the database writes it in JSON. */
function toSettings(row: Answer): ClinicSettings {
  const fields = Object.keys(settingColumns).map((field) => [field, row[snakeCase(field) as keyof Answer]])
  return Object.fromEntries(fields)
}
