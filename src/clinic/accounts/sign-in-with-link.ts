import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { closed } from '../shapes.ts'
import { toBase64Url } from '../sign.ts'
import { type RaisedAlarm, raisedAlarms, tellAlarms } from './alarms.ts'
import { type AccountRow, reachOf, toVisitor, type Visitor } from './find-actor.ts'
import { hashKey } from './hash-key.ts'
import { sessionDays } from './sign-in.ts'

export const signInWithLinkInput = closed({
  token: z.string().max(100),
  /** The token of the session that this browser has now; it ends. */
  replaces: z.string().nullable(),
})

export type SignedInWithLink =
  | { ok: true; token: string; visitor: Visitor }
  | { ok: false; refusal: 'link_expired' }

/** Signs in with a link that the clinic made, which works once. One trip; a refusal is recorded. */
export async function signInWithLink(
  ctx: ClinicContext,
  { token: link, replaces }: z.infer<typeof signInWithLinkInput>,
): Promise<SignedInWithLink> {
  const token = toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const [{ rows }, { rows: alarms }] = await ctx.db.batch([
    ctx.db.execute<AccountRow & { account_id: string | null }>(sql`
    with
    link as (
      update account_links set used_at = ${at}
      where token_hash = ${hashKey(link)} and used_at is null and expires_at > ${at}
      returning account_id
    )
    select
      account_id, role, doctor_id, name, terms_accepted_at is not null as is_complete,
      second_factor_of(account_id, role, 'link') as second_factor, ${reachOf(sql`accounts.id`, at)},
      case
        when account_id is not null then open_session(
          account_id, ${hashKey(token)}, ${replaces === null ? null : hashKey(replaces)}, 'link',
          ${at} + make_interval(days => ${sessionDays}), ${ctx.source?.device ?? null}, ${acting(ctx)}
        )
        else refuse_sign_in('link_expired', null, ${ctx.source?.widerHash ?? null}, ${acting(ctx)})
      end as recorded
    from (values (1)) attempt
    left join link on true
    left join accounts on accounts.id = account_id`),
    ctx.db.execute<RaisedAlarm>(raisedAlarms(ctx)),
  ])
  tellAlarms(ctx, alarms)
  const [row] = rows
  return row?.account_id
    ? { ok: true, token, visitor: toVisitor(row) }
    : { ok: false, refusal: 'link_expired' }
}
