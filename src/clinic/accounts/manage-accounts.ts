import { asc, eq } from 'drizzle-orm'
import * as z from 'zod'
import { accounts, type Role, roles } from '../../../drizzle/schema/accounts.ts'
import { sessions } from '../../../drizzle/schema/sessions.ts'
import type { ClinicContext } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { fault, id } from '../shapes.ts'
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

export const changeRoleInput = z
  .object({ role: z.enum(roles, { error: fault('not_a_choice') }), doctorId: id.optional() })
  .refine(({ role, doctorId }) => (role === 'doctor') === (doctorId !== undefined), {
    path: ['doctorId'],
    error: fault('missing'),
  })

/** All accounts by e-mail. */
export async function findAccounts({ db, actor }: ClinicContext): Promise<Account[]> {
  requireRight(actor, 'manage accounts')
  return db.select(shown).from(accounts).orderBy(asc(accounts.email))
}

/**
 * Gives an account another role, in one trip, and signs it out everywhere: what it was must not linger.
 *
 * @throws NotFound for an unknown account; Forbidden for one's own, so that the last admin stays one.
 */
export async function changeRole(
  { db, actor }: ClinicContext,
  accountId: number,
  { role, doctorId }: z.infer<typeof changeRoleInput>,
): Promise<Account> {
  const holder = requireRight(actor, 'manage accounts')
  if (holder.kind === 'admin' && holder.accountId === accountId)
    throw new Forbidden('Nobody changes their own role.')
  const [changed] = await db.batch([
    db
      .update(accounts)
      .set({ role, doctorId: doctorId ?? null, updatedAt: new Date() })
      .where(eq(accounts.id, accountId))
      .returning(shown),
    db.delete(sessions).where(eq(sessions.accountId, accountId)),
  ])
  const [account] = changed
  if (!account) throw new NotFound('account')
  return account
}
