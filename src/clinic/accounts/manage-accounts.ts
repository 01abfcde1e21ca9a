import { and, asc, eq, exists, gt, isNull, ne } from 'drizzle-orm'
import * as z from 'zod'
import { accounts, type Role, roles } from '../../../drizzle/schema/accounts.ts'
import { apiKeys } from '../../../drizzle/schema/api-keys.ts'
import { doctors } from '../../../drizzle/schema/doctors.ts'
import { sessions } from '../../../drizzle/schema/sessions.ts'
import { type ClinicContext, deedOf } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { sendIdempotently } from '../idempotency.ts'
import { pageOf } from '../page-of.ts'
import { closed, fault, id } from '../shapes.ts'
import { requireRight } from './guard.ts'

export interface Account {
  id: number
  email: string
  name: string
  role: Role
  doctorId: number | null
}

const shown = {
  id: accounts.id,
  email: accounts.email,
  name: accounts.name,
  role: accounts.role,
  doctorId: accounts.doctorId,
}

export const changeRoleInput = closed({
  role: z.enum(roles, { error: fault('not_a_choice') }),
  /** The account of a doctor says which doctor, and no other account does. */
  doctorId: id.optional(),
})
  .refine(({ role, doctorId }) => role !== 'doctor' || doctorId !== undefined, {
    path: ['doctorId'],
    error: () => 'missing',
  })
  .refine(({ role, doctorId }) => role === 'doctor' || doctorId === undefined, {
    path: ['doctorId'],
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

/** A page of accounts, oldest first, in one trip. `next` is what to ask for as `after`, or null. */
export async function findAccounts(
  { db, actor }: ClinicContext,
  { email, limit, after }: AccountSearch,
): Promise<{ accounts: Account[]; next: number | null }> {
  requireRight(actor, 'manage accounts')
  const found = await db
    .select(shown)
    .from(accounts)
    .where(
      and(
        email === undefined ? undefined : eq(accounts.email, email),
        after === undefined ? undefined : gt(accounts.id, after),
      ),
    )
    .orderBy(asc(accounts.id))
    .limit(limit + 1)
  const { page, last } = pageOf(found, limit)
  return { accounts: page, next: last?.id ?? null }
}

/**
 * Gives an account another role, in one trip; signs it out everywhere and ends its keys of another role. What
 * it was may be believed for another minute where it was just used.
 *
 * @throws NotFound for an unknown account or doctor; Forbidden for one's own, so that the last admin stays one.
 */
export async function changeRole(
  ctx: ClinicContext,
  accountId: number,
  { role, doctorId }: ChangeRole,
): Promise<Account> {
  const holder = requireRight(ctx.actor, 'manage accounts')
  if (holder.kind === 'admin' && holder.accountId === accountId)
    throw new Forbidden('You cannot change your own role.')
  const { db, now } = ctx
  const knownDoctor = db
    .select({ id: doctors.id })
    .from(doctors)
    .where(eq(doctors.id, doctorId ?? 0))
  const doctorIsKnown = doctorId === undefined ? undefined : exists(knownDoctor)
  const changed = db
    .update(accounts)
    .set({ role, doctorId: doctorId ?? null, updatedAt: now })
    .where(and(eq(accounts.id, accountId), doctorIsKnown))
    .returning({ id: accounts.id, email: accounts.email, name: accounts.name })
  const signedOut = db.delete(sessions).where(and(eq(sessions.accountId, accountId), doctorIsKnown))
  const otherKeys = and(eq(apiKeys.ownerId, accountId), ne(apiKeys.role, role), isNull(apiKeys.revokedAt))
  const revoked = db.update(apiKeys).set({ revokedAt: now }).where(and(otherKeys, doctorIsKnown))
  const [known, [account]] = await sendIdempotently<
    [{ id: string }, { id: string; email: string; name: string }]
  >(ctx, [{ rows: knownDoctor.getSQL() }, { rows: changed.getSQL() }, signedOut.getSQL(), revoked.getSQL()])
  if (doctorId !== undefined && known.length === 0) throw new NotFound('doctor')
  if (!account) throw new NotFound('account')
  ctx.tell({ kind: 'account.changed', accountId, ...deedOf(ctx) })
  return {
    id: Number(account.id),
    email: account.email,
    name: account.name,
    role,
    doctorId: doctorId ?? null,
  }
}
