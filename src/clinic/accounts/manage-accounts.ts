import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import * as z from 'zod'
import { accounts, type Role, roles } from '../../../drizzle/schema/accounts.ts'
import { acting } from '../composite.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { readWithAuthority, sendIdempotently } from '../idempotency.ts'
import { pageOf } from '../page-of.ts'
import { requireVersion, versionOf } from '../recorded.ts'
import type { RoleRefusal } from '../refusals.ts'
import { closed, fault, id, listOf } from '../shapes.ts'
import { type RaisedAlarm, raisedAlarms, tellAlarms } from './alarms.ts'
import { lockAuthority, requireRight } from './guard.ts'

export interface Account {
  id: number
  email: string
  name: string
  role: Role
  doctorId: number | null
  /** The locations that it is bound to; null for all. */
  locationIds: number[] | null
  /** Counts the changes of what it may do. */
  version: number
}

const shown = {
  id: accounts.id,
  email: accounts.email,
  name: accounts.name,
  role: accounts.role,
  doctorId: accounts.doctorId,
  locationIds: sql<number[] | null>`to_json(locations_of_account(${accounts.id}))`,
  version: versionOf('account', accounts.id),
}

export const changeRoleInput = closed({
  role: z.enum(roles, { error: fault('not_a_choice') }),
  /** The account of a doctor says which doctor, and no other account does. */
  doctorId: id.optional(),
  /** A front desk account sees and changes only what is there. Null or empty binds it to none; left out, nothing changes. */
  locationIds: listOf(id).nullable().optional(),
})
  .refine(({ role, doctorId }) => role !== 'doctor' || doctorId !== undefined, {
    path: ['doctorId'],
    error: () => 'missing',
  })
  .refine(({ role, doctorId }) => role === 'doctor' || doctorId === undefined, {
    path: ['doctorId'],
    error: () => 'not_expected',
  })
  .refine(({ role, locationIds }) => role === 'front_desk' || !locationIds?.length, {
    path: ['locationIds'],
    error: () => 'not_expected',
  })

export type ChangeRole = z.infer<typeof changeRoleInput>

export interface AccountSearch {
  /** The very address, in lower case. */
  email?: string | undefined
  limit: number
  /** The last id of the page before. */
  after?: number | undefined
}

/** A page of the open accounts, oldest first, in one trip. `next` is what to ask for as `after`, or null. */
export async function findAccounts(
  ctx: ClinicContext,
  { email, limit, after }: AccountSearch,
): Promise<{ accounts: Account[]; next: number | null }> {
  requireRight(ctx.actor, 'manage accounts')
  const found = ctx.db
    .select(shown)
    .from(accounts)
    .where(
      and(
        isNull(accounts.closedAt),
        email === undefined ? undefined : eq(accounts.email, email),
        after === undefined ? undefined : gt(accounts.id, after),
      ),
    )
    .orderBy(asc(accounts.id))
    .limit(limit + 1)
  const { page, last } = pageOf(await readWithAuthority(ctx, found), limit)
  return { accounts: page, next: last?.id ?? null }
}

export type ChangedRole = { ok: true; account: Account } | { ok: false; refusal: RoleRefusal }

/**
 * Gives an account another role, in one trip; signs it out everywhere and ends its keys of another role, with the keys
 * that those issued. What it was may be believed for another minute by pages that only read.
 *
 * @param version the one that the caller saw; without one, any will do.
 * @throws NotFound for an unknown account, doctor or location, Forbidden for one's own account; Stale when it has changed
 * since.
 */
export async function changeRole(
  ctx: ClinicContext,
  accountId: number,
  { role, doctorId: newDoctorId, locationIds, version }: ChangeRole & { version?: number | undefined },
): Promise<ChangedRole> {
  const holder = requireRight(ctx.actor, 'manage accounts')
  if (holder.kind === 'admin' && holder.accountId === accountId)
    throw new Forbidden('You cannot change your own role.')
  const doctorId = newDoctorId ?? null
  const bound = locationIds === undefined ? sql`null::bigint[]` : sql`${`{${locationIds ?? []}}`}::bigint[]`
  const known = sql`select id from doctors where id = ${doctorId}::bigint`
  const unknown = sql`
    select wanted.id from unnest(${bound}) wanted (id)
    where not exists (select from locations where locations.id = wanted.id)`
  const changed = sql`
    select account.*
    from jsonb_to_record(give_role(${accountId}::bigint, ${role}, ${doctorId}::bigint, ${bound}, ${acting(ctx)}))
      as account (id bigint, email text, name text, is_last_admin boolean, location_ids json)
    where id is not null`
  const subject = { subject: 'account', key: accountId } as const
  type Answers = [{ id: string }, ChangedRow, RaisedAlarm, { id: string }, { version: number }]
  // The previous releases kept answers without the last three.
  const [doctors, [account], alarms = [], unknownLocations = [], [now] = []] =
    await sendIdempotently<Answers>(
      ctx,
      [
        requireVersion(subject, version),
        { rows: known },
        { rows: changed },
        { rows: raisedAlarms(ctx) },
        { rows: unknown },
        { rows: sql`select ${versionOf('account', sql`${accountId}::bigint`)} as version` },
      ],
      lockAuthority,
    )
  tellAlarms(ctx, alarms)
  if (doctorId !== null && doctors.length === 0) throw new NotFound('doctor')
  if (unknownLocations.length > 0) throw new NotFound('location')
  if (!account) throw new NotFound('account')
  if (account.is_last_admin) return { ok: false, refusal: 'last_admin' }
  ctx.tell({ kind: 'account.changed', accountId, ...deedOf(ctx) })
  const { id, email, name, location_ids = null } = account
  return {
    ok: true,
    account: {
      id: Number(id),
      email,
      name,
      role,
      doctorId,
      locationIds: location_ids,
      version: now?.version ?? 0,
    },
  }
}

type ChangedRow = {
  id: string
  email: string
  name: string
  is_last_admin?: boolean
  location_ids?: number[] | null
}
