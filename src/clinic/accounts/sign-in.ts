import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import { accounts } from '../../../drizzle/schema/accounts.ts'
import { sessions } from '../../../drizzle/schema/sessions.ts'
import { verifications } from '../../../drizzle/schema/verifications.ts'
import type { ClinicContext } from '../context.ts'
import { sign } from '../sign.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

const codesAnHour = { kind: 'code-sent', most: 5, seconds: hour }
const triesACode = { kind: 'code-tried', most: 5, seconds: 10 * minute }

/** How long a code is good for, in seconds. */
export const codeLasts = 10 * minute
/** How long somebody stays signed in, in seconds. */
export const sessionLasts = 30 * day

type SignInContext = Omit<ClinicContext, 'actor'>

export type WriteCodeMail = (code: string) => { subject: string; text: string }

export type CodeSent = { ok: true } | { ok: false; refusal: 'too_many_codes' }

export type SignedIn =
  | { ok: true; token: string }
  | { ok: false; refusal: 'wrong_code' | 'code_expired' | 'too_many_tries' }

/**
 * Sends a six-digit code to the address, whether or not it has an account: nobody learns which. The code is
 * kept only as a hash, is good for ten minutes, and takes the place of any code sent before. An address gets
 * five codes an hour, counted by the database, so that a code cannot be guessed by asking for many.
 *
 * @throws Error when the mail was not accepted.
 */
export async function sendSignInCode(
  ctx: SignInContext,
  email: string,
  write: WriteCodeMail,
): Promise<CodeSent> {
  if (!(await takeOne(ctx, codesAnHour, email))) return { ok: false, refusal: 'too_many_codes' }
  await forgetLastCode(ctx, email)
  let code = ''
  const auth = await openAuth(ctx, (sent) => {
    code = sent
  })
  await auth.api.sendVerificationOTP({ body: { email, type: 'sign-in' } })
  await ctx.mail.send({ to: email, ...write(code) })
  return { ok: true }
}

/**
 * Signs in with the code that was sent. A new address becomes an account, which may do nothing until it is
 * completed. Five wrong tries, counted by the database, end a code.
 */
export async function signIn(
  ctx: SignInContext,
  { email, code }: { email: string; code: string },
): Promise<SignedIn> {
  if (!(await takeOne(ctx, triesACode, email))) return { ok: false, refusal: 'too_many_tries' }
  const auth = await openAuth(ctx, () => {})
  try {
    const { token } = await auth.api.signInEmailOTP({ body: { email, otp: code } })
    return { ok: true, token }
  } catch (error) {
    const reason = (error as { body?: { code?: string } }).body?.code
    if (reason === 'INVALID_OTP') return { ok: false, refusal: 'wrong_code' }
    if (reason === 'OTP_EXPIRED') return { ok: false, refusal: 'code_expired' }
    if (reason === 'TOO_MANY_ATTEMPTS') return { ok: false, refusal: 'too_many_tries' }
    throw error
  }
}

/** Ends the session; to end one that has ended already is the same. */
export async function signOut({ db }: Pick<ClinicContext, 'db'>, token: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.token, token))
}

/**
 * Takes one of the few that an address has, and says whether there was one left. The lock makes those who ask
 * at the same moment take turns, so that the count is exact.
 */
async function takeOne(ctx: SignInContext, few: typeof codesAnHour, email: string): Promise<boolean> {
  const { db, now } = ctx
  const identifier = `${few.kind}-${email}`
  const at = sql`${now.toISOString()}::timestamptz`
  const [, , taken] = await db.batch([
    db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${identifier}, 0))`),
    db
      .delete(verifications)
      .where(and(eq(verifications.identifier, identifier), lte(verifications.expiresAt, now))),
    db.execute(sql`
      insert into verifications (identifier, value, expires_at)
      select ${identifier}, '', ${at} + make_interval(secs => ${few.seconds})
      where (select count(*) from verifications where identifier = ${identifier}) < ${few.most}
      returning id`),
  ])
  return taken.rows.length > 0
}

async function forgetLastCode({ db }: SignInContext, email: string): Promise<void> {
  const forgotten = [`sign-in-otp-${email}`, `${triesACode.kind}-${email}`]
  await db.delete(verifications).where(inArray(verifications.identifier, forgotten))
}

// Loaded only by who signs in: it is as large as all the rest.
async function openAuth({ db, authSecret }: SignInContext, deliver: (code: string) => void) {
  const [{ betterAuth }, { drizzleAdapter }, { emailOTP }] = await Promise.all([
    import('better-auth/minimal'),
    import('better-auth/adapters/drizzle'),
    import('better-auth/plugins/email-otp'),
  ])
  return betterAuth({
    baseURL: 'https://alobooking.invalid',
    secret: authSecret,
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: { user: accounts, session: sessions, verification: verifications },
      transaction: false,
    }),
    advanced: { database: { generateId: 'serial', validateSchema: false } },
    session: { expiresIn: sessionLasts, fields: { userId: 'accountId' } },
    // Ours stands before every door.
    rateLimit: { enabled: false },
    logger: { disabled: true },
    telemetry: { enabled: false },
    plugins: [
      emailOTP({
        otpLength: 6,
        expiresIn: codeLasts,
        // Ours are counted first, and exactly; its own would miss some of those made at the same moment.
        allowedAttempts: 100,
        // Keyed: a bare hash of six digits is read back in a second by whoever has the table.
        storeOTP: { hash: (code) => sign(authSecret, `code:${code}`) },
        sendVerificationOTP: async ({ otp }) => deliver(otp),
      }),
    ],
  })
}
