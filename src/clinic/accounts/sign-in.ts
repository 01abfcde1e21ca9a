import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import type { SignInRefusal } from '../refusals.ts'
import { fault } from '../shapes.ts'
import { toBase64Url } from '../sign.ts'
import { type RaisedAlarm, raisedAlarms, tellAlarms } from './alarms.ts'
import { endingSessions } from './end-sessions.ts'
import { type AccountRow, reachOf, toVisitor, type Visitor } from './find-actor.ts'
import { hashKey } from './hash-key.ts'
import { anyBrowser, codeText, signInRequest, toRequest } from './sign-in-code.ts'

export const signInInput = signInRequest.extend({
  /** Spaces and hyphens in it do not count. */
  code: z.string({ error: fault('missing') }).overwrite((code) => code.replace(/[\s-]/g, '')),
  /** The token of the session that this browser has now; it ends. */
  replaces: z.string().nullable(),
})

export type SignIn = z.infer<typeof signInInput>

export type SignedIn =
  | { ok: true; token: string; visitor: Visitor }
  | { ok: false; refusal: Exclude<SignInRefusal, 'too_many_codes'> }

/** How long a session lasts at most; the clinic's own people's end sooner, as drizzle/functions/session_ends_at.sql says. */
export const sessionDays = 30
export const staffSessionDays = 7

const attemptsPerCode = 5
const codesPerBrowser = 3

/**
 * Signs in with one of the last three codes that this browser asked for, or with the long one that works in any. A new
 * address becomes an account, which may do nothing until it is completed. Each attempt counts against all three codes,
 * and a code takes five; only one when too many attempts have failed lately and no challenge was passed. One trip.
 */
export async function signIn(ctx: ClinicContext, { code, replaces, ...request }: SignIn): Promise<SignedIn> {
  const { email, browser } = request
  const [tried, by] = [await toRequest(ctx, request), acting(ctx)]
  const token = toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const browserHash = hashKey(browser)
  const codeHashes = await ctx.secrets.signWithEach(codeText({ email, browser, code }))
  const openHashes = await ctx.secrets.signWithEach(
    codeText({ email, browser: anyBrowser, code: code.toUpperCase() }),
  )
  const isRight = sql`code_hash in ${codeHashes}`
  const oldHash = replaces === null ? null : hashKey(replaces)
  const isOpen = sql`exists (select from sessions where token_hash = ${hashKey(token)})`
  const [, { rows }, , { rows: alarms }] = await ctx.db.batch([
    // Attempts of one browser take turns, so that each sees what the one before has counted.
    ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`attempts of ${browserHash}`}, 0))`),
    ctx.db.execute<AttemptRow>(sql`
      with
      attempt as materialized (select is_guessed_often(${tried}, ${by}) as is_strict),
      unused as (
        select id, attempts from sign_in_codes
        where email = ${email} and browser_hash = ${browserHash}
        and expires_at > ${at} and used_at is null
        order by id desc limit ${codesPerBrowser}
      ),
      tried as (
        update sign_in_codes
        set attempts = attempts + 1, used_at = case when ${isRight} then ${at} end
        where id in (select id from unused) and attempts < (
          select case when is_strict then 1 else ${attemptsPerCode} end from attempt
        )
        returning ${isRight} as is_right
      ),
      opened_by as (
        update sign_in_codes set used_at = ${at}
        where email = ${email} and browser_hash = ${anyBrowser} and code_hash in ${openHashes}
        and expires_at > ${at} and used_at is null
        returning true as is_right
      ),
      account as (
        insert into accounts (email, created_at, updated_at)
        select ${email}, ${at}, ${at}
        from (select is_right from tried union all select is_right from opened_by) code
        where is_right limit 1
        on conflict (email) do update set email = excluded.email
        returning id, role, doctor_id, name, terms_accepted_at is not null as is_complete
      ),
      opened as (
        insert into sessions (account_id, token_hash, created_at, last_seen_at, expires_at, device, place)
        select
          id, ${hashKey(token)}, ${at}, ${at}, ${at} + make_interval(days => ${sessionDays}),
          ${ctx.source?.device ?? null}, ${ctx.source?.place ?? null}
        from account
      ),
      answered as materialized (
        select
          case
            when exists (select from account) then null
            when exists (select from tried) then 'wrong_code'
            when is_strict and exists (select from unused where attempts < ${attemptsPerCode}) then 'challenge_needed'
            when exists (select from unused) then 'too_many_tries'
            else 'code_expired'
          end as refusal,
          coalesce(
            (select id from account),
            (select id from accounts where email = ${email})
          ) as about
        from attempt
      )
      select
        refusal, account.id as account_id, role, doctor_id, name, is_complete,
        second_factor_of(account.id, role, 'code') as second_factor, ${reachOf(sql`account.id`, at)},
        log_sign_in(refusal, about, ${tried}, ${by}) as logged
      from answered
      left join account on true`),
    ctx.db.execute(sql`
      select ${endingSessions(ctx, sql`token_hash = ${oldHash} and ${isOpen}`, 'replaced')}`),
    ctx.db.execute<RaisedAlarm>(raisedAlarms(ctx)),
  ])
  tellAlarms(ctx, alarms)
  const [row] = rows
  if (!row) throw new Error('An attempt is always answered.')
  return row.refusal === null
    ? { ok: true, token, visitor: toVisitor(row) }
    : { ok: false, refusal: row.refusal }
}

interface AttemptRow extends AccountRow {
  refusal: Exclude<SignInRefusal, 'too_many_codes'> | null
}
