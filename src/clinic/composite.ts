import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { apiKeys } from '../../drizzle/schema/api-keys.ts'
import { appointments } from '../../drizzle/schema/appointments.ts'
import { patientInvitations } from '../../drizzle/schema/patient-invitations.ts'
import { isDesk } from './accounts/guard.ts'
import { type ClinicContext, deedOf, locationsOf, personOf } from './context.ts'

/** The types in drizzle/functions/types that verbs pass, with their attributes; test/functions.test.ts compares both. */
export const compositeTypes = {
  acting: [
    'as_of',
    'actor_kind',
    'account_id',
    'api_key_id',
    'request_id',
    'by_desk',
    'idempotency_key',
    'fingerprint',
    'session_hash',
    'network_hash',
    'place',
    'doctor_id',
    'can_be_checked',
    'location_ids',
  ],
  sign_in_request: [
    'email',
    'mailbox_hash',
    'browser_hash',
    'wider_hash',
    'code_hash',
    'open_code_hash',
    'is_known_browser',
    'passed_challenge',
  ],
  wish: [
    'event',
    'location_id',
    'specialty',
    'starts',
    'ends',
    'most_holds',
    'colleague_ids',
    'companion_ids',
    'resource_ids',
  ],
  series_request: [
    'starts',
    'minutes',
    'every',
    'unit',
    'weekdays',
    'count',
    'until',
    'skip',
    'changes',
    'is_preview',
  ],
  change: [
    'event',
    'from_statuses',
    'version',
    'reason',
    'of_anyone',
    'of_patients',
    'of_doctor',
    'of_browser',
    'longer',
    'default_patient_id',
    'starts',
    'ends',
    'resource_ids',
  ],
} as const

export type Composite<Type extends keyof typeof compositeTypes> = Partial<
  Record<(typeof compositeTypes)[Type][number], unknown>
>

/** What a request says about the row of an appointment. */
export type WantedAppointment = {
  [Column in keyof Row]?: Row[Column] | undefined
}
type Row = typeof appointments.$inferSelect

/**
 * A value of one of our types. Attributes that are left out are null. It travels as JSON, so that a Worker may know fewer
 * attributes than the database, or more, while a release is being deployed.
 */
export function composite<Type extends keyof typeof compositeTypes>(type: Type, value: Composite<Type>): SQL {
  return fromJson(type, value)
}

export function wantedAppointment(wanted: WantedAppointment): SQL {
  return fromJson('appointments', inColumns(appointments, wanted))
}

/** What a request says about the row of an API key. */
export function wantedKey(wanted: Omit<typeof apiKeys.$inferInsert, 'issuedBy' | 'issuedByKeyId'>): SQL {
  return fromJson('api_keys', inColumns(apiKeys, wanted))
}

/** What a request says about the row of a table. */
export const wantedRow = <Table extends PgTable>(
  table: Table,
  name: string,
  wanted: Partial<Table['$inferInsert']>,
): SQL => fromJson(name, inColumns(table, wanted))
export function wantedInvitation(wanted: Partial<typeof patientInvitations.$inferInsert>): SQL {
  return fromJson('patient_invitations', inColumns(patientInvitations, wanted))
}

function inColumns(table: PgTable, row: object): object {
  const columns: Record<string, { name: string }> = getTableColumns(table)
  return Object.fromEntries(Object.entries(row).map(([field, value]) => [columns[field]?.name, value]))
}

/** Who is acting, when, and through which request; with the idempotency key, when it brings one. */
export function acting(ctx: Omit<ClinicContext, 'mail' | 'tell' | 'db'>): SQL {
  const { actor, now, requestId, idempotency, sessionHash, source } = ctx
  const person = personOf(actor)
  return composite('acting', {
    as_of: now,
    actor_kind: deedOf(ctx).actorKind,
    account_id: person?.accountId,
    api_key_id: actor.kind === 'api_client' ? actor.keyId : null,
    request_id: requestId,
    by_desk: isDesk(actor),
    session_hash: sessionHash,
    network_hash: source?.networkHash,
    place: source?.place,
    doctor_id: person?.kind === 'doctor' ? person.doctorId : null,
    can_be_checked: true,
    location_ids: locationsOf(person),
    ...(person && { idempotency_key: idempotency?.key, fingerprint: idempotency?.fingerprint }),
  })
}

function fromJson(type: string, value: object): SQL {
  return sql`jsonb_populate_record(null::${sql.raw(type)}, ${JSON.stringify(value)})`
}
