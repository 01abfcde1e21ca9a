import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { NotFound, NotSignedIn } from '../../errors.ts'
import type { PasskeyRefusal } from '../../refusals.ts'
import { closed, personName } from '../../shapes.ts'
import { type InSession, ownSession } from './own-session.ts'

export const renamePasskeyInput = closed({ name: personName })

export type PasskeyRenamed = { ok: true } | { ok: false; refusal: Extract<PasskeyRefusal, 'not_confirmed'> }

/**
 * Renames a passkey of the signed-in account, in one trip.
 *
 * @throws NotFound for an unknown passkey or another account's; NotSignedIn when the session has ended.
 */
export async function renamePasskey(
  ctx: InSession,
  passkeyId: number,
  { name }: z.infer<typeof renamePasskeyInput>,
): Promise<PasskeyRenamed> {
  const { rows } = await ctx.db.execute<{ may_change: boolean; id: string | null }>(sql`
    with
    session as (${ownSession(ctx)}),
    renamed as (
      update passkeys set name = ${name}
      from session
      where passkeys.id = ${passkeyId} and passkeys.account_id = session.account_id and may_change
      returning passkeys.id
    )
    select may_change, renamed.id
    from session
    left join renamed on true`)
  const [row] = rows
  if (!row) throw new NotSignedIn()
  if (!row.may_change) return { ok: false, refusal: 'not_confirmed' }
  if (row.id === null) throw new NotFound('passkey')
  return { ok: true }
}
