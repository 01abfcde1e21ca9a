import { sql } from 'drizzle-orm'
import { acting } from '../../composite.ts'
import { NotFound, NotSignedIn } from '../../errors.ts'
import type { PasskeyRefusal } from '../../refusals.ts'
import { type InSession, lockOwnAccount, ownSession } from './own-session.ts'

type Refused = Extract<PasskeyRefusal, 'not_confirmed' | 'last_passkey'>

export type PasskeyRemoved = { ok: true } | { ok: false; refusal: Refused }

/**
 * Removes a passkey of the signed-in account, but not the last one of a person who must have one. One
 * trip.
 *
 * @throws NotFound for an unknown passkey or another account's; NotSignedIn when the session has ended.
 */
export async function removePasskey(ctx: InSession, passkeyId: number): Promise<PasskeyRemoved> {
  const [, answer] = await ctx.db.batch([
    ctx.db.execute(lockOwnAccount(ctx)),
    ctx.db.execute<{ id: string | null; refusal: Refused | null }>(sql`
      with
      session as (${ownSession(ctx)}),
      judged as (
        select
          session.account_id, passkeys.id,
          case
            when not may_change then 'not_confirmed'
            when must_have_one and not exists (
              select from passkeys other where other.account_id = session.account_id and other.id <> ${passkeyId}
            ) then 'last_passkey'
          end as refusal
        from session
        left join passkeys on passkeys.account_id = session.account_id and passkeys.id = ${passkeyId}
      ),
      removed as (
        delete from passkeys where id = (select id from judged where refusal is null) returning id
      )
      select
        judged.id, refusal,
        case
          when removed.id is not null
            then record_security_event(
              'passkey.removed', account_id, jsonb_build_object('passkey_id', removed.id), ${acting(ctx)}
            )
        end as recorded
      from judged
      left join removed on true`),
  ])
  const [row] = answer.rows
  if (!row) throw new NotSignedIn()
  if (row.id === null) throw new NotFound('passkey')
  return row.refusal === null ? { ok: true } : { ok: false, refusal: row.refusal }
}
