import { sql } from 'drizzle-orm'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { type RaisedAlarm, raisedAlarms, tellAlarms } from './alarms.ts'
import {
  anyBrowser,
  codeText,
  inGroups,
  newCode,
  newOpenCode,
  type SignInRequest,
  toRequest,
} from './sign-in-code.ts'

type WriteCodeMail = (code: string) => { subject: string; text: string }

export interface SendSignInCode extends SignInRequest {
  /** With a six-digit code for this browser. */
  writeMail: WriteCodeMail
  /** With a long code for any browser. */
  writeOpenMail: WriteCodeMail
}

export type CodeSent =
  /** `isOpen`: the newest mail has a long code, which works in any browser. */
  { ok: true; isOpen: boolean } | { ok: false; refusal: 'too_many_codes' | 'challenge_needed' }

export const codeMinutes = 10

/**
 * Mails a six-digit code, whether or not the address has an account, so that the answer does not reveal it. The code
 * works for ten minutes, only in the browser that asked, and only its hash is stored. One trip.
 *
 * `judge_code_request` has the limits, per browser, network and mailbox and in all. When strangers have used up those of
 * the mailbox, it gets one long code a day that works in any browser, so that its owner can always sign in.
 *
 * @throws Error when the mail was not accepted.
 */
export async function sendSignInCode(
  visitor: Omit<ClinicContext, 'actor'>,
  { writeMail, writeOpenMail, ...request }: SendSignInCode,
): Promise<CodeSent> {
  const ctx: ClinicContext = { ...visitor, actor: { kind: 'anonymous' } }
  const { email } = request
  const [code, openCode] = [newCode(), newOpenCode()]
  const asked = await toRequest(ctx, request, {
    code: await ctx.secrets.sign(codeText({ ...request, code })),
    openCode: await ctx.secrets.sign(codeText({ email, browser: anyBrowser, code: openCode })),
  })
  const [{ rows }, { rows: alarms }] = await ctx.db.batch([
    ctx.db.execute<{ verdict: Verdict }>(sql`select send_sign_in_code(${asked}, ${acting(ctx)}) as verdict`),
    ctx.db.execute<RaisedAlarm>(raisedAlarms(ctx)),
  ])
  tellAlarms(ctx, alarms)
  const verdict = rows[0]?.verdict ?? 'too_many_codes'
  if (verdict === 'too_many_codes' || verdict === 'challenge_needed') return { ok: false, refusal: verdict }
  if (verdict === 'sent') await ctx.mail.send({ to: email, ...writeMail(code) })
  if (verdict === 'open_code_sent') await ctx.mail.send({ to: email, ...writeOpenMail(inGroups(openCode)) })
  return { ok: true, isOpen: verdict !== 'sent' }
}

/** What `judge_code_request` may answer; test/verdicts.test.ts compares them. */
export const codeVerdicts = [
  'sent',
  'open_code_sent',
  'open_code_waits',
  'too_many_codes',
  'challenge_needed',
] as const
type Verdict = (typeof codeVerdicts)[number]
