import { randomInt } from 'node:crypto'
import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { ClinicContext } from '../context.ts'
import { closed, email } from '../shapes.ts'
import { hashKey } from './hash-key.ts'
import { codeText } from './sign-in-code.ts'

type WriteCodeMail = (code: string) => { subject: string; text: string }

export const sendSignInCodeInput = closed({
  email,
  /** The random name in the cookie of the browser that asks. */
  browser: z.string(),
  /** Whether this browser has signed in to this address before, so that strangers cannot use up its codes. */
  isKnownBrowser: z.boolean(),
  /** What one line or household shares of its network address. */
  network: z.string(),
})

export interface SendSignInCode extends z.infer<typeof sendSignInCodeInput> {
  writeMail: WriteCodeMail
}

export type CodeSent = { ok: true } | { ok: false; refusal: 'too_many_codes' }

export const codeMinutes = 10

const codesAnHour = 5
const codesADay = 100

/**
 * Mails a six-digit code, whether or not the address has an account, so that the answer does not reveal it. The code
 * works for ten minutes, only in the browser that asked, and only its hash is stored. One trip.
 *
 * A browser gets five codes an hour for one address. So does everyone on one network together, and a mailbox gets 100
 * a day in all; these two do not count against a browser that has signed in to the address before.
 *
 * @throws Error when the mail was not accepted.
 */
export async function sendSignInCode(
  ctx: Omit<ClinicContext, 'actor'>,
  { email, browser, isKnownBrowser, network, writeMail }: SendSignInCode,
): Promise<CodeSent> {
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const at = sql`${ctx.now.toISOString()}::timestamptz`
  const browserHash = hashKey(browser)
  const networkHash = await ctx.secrets.sign(`codes to: ${network}`)
  const codeHash = await ctx.secrets.sign(codeText({ email, browser, code }))
  const [, stored] = await ctx.db.batch([
    // Requests for one mailbox take turns, so that the count is exact.
    ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`codes to ${email}`}, 0))`),
    ctx.db.execute(sql`
      with
      recent as (
        select browser_hash, network_hash, sent_at > ${at} - interval '1 hour' as is_of_this_hour
        from sign_in_codes
        where email = ${email} and sent_at > ${at} - interval '1 day'
      ),
      counted as (
        select
          count(*) filter (where is_of_this_hour and browser_hash = ${browserHash}) as of_browser,
          count(*) filter (where is_of_this_hour and network_hash = ${networkHash}) as of_network,
          count(*) as of_mailbox
        from recent
      )
      insert into sign_in_codes (email, browser_hash, network_hash, code_hash, sent_at, expires_at)
      select
        ${email}, ${browserHash}, ${networkHash}, ${codeHash},
        ${at}, ${at} + make_interval(mins => ${codeMinutes})
      from counted
      where of_browser < ${codesAnHour}
      and (${isKnownBrowser} or (of_network < ${codesAnHour} and of_mailbox < ${codesADay}))
      returning id`),
  ])
  if (stored.rows.length === 0) return { ok: false, refusal: 'too_many_codes' }
  await ctx.mail.send({ to: email, ...writeMail(code) })
  return { ok: true }
}
