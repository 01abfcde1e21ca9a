import { eq, sql } from 'drizzle-orm'
import { accounts } from '../../../drizzle/schema/accounts.ts'
import { sessions } from '../../../drizzle/schema/sessions.ts'
import { verifications } from '../../../drizzle/schema/verifications.ts'
import type { ClinicContext } from '../context.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

const codesAnHour = 5

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
  if (!(await takeOneOfTheHour(ctx, email))) return { ok: false, refusal: 'too_many_codes' }
  let code = ''
  const auth = await openAuth(ctx, (sent) => {
    code = sent
  })
  await auth.api.sendVerificationOTP({ body: { email, type: 'sign-in' } })
  await ctx.mail.send({ to: email, ...write(code) })
  return { ok: true }
}

// The lock makes those who ask for one address at the same moment take turns, so that the count is exact.
async function takeOneOfTheHour({ db, now }: SignInContext, email: string): Promise<boolean> {
  const sent = `code-sent-${email}`
  const at = sql`${now.toISOString()}::timestamptz`
  const [, taken] = await db.batch([
    db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${sent}, 0))`),
    db.execute(sql`
      with forgotten as (
        delete from verifications where identifier = ${`sign-in-otp-${email}`} or (identifier = ${sent} and expires_at <= ${at})
      )
      insert into verifications (identifier, value, expires_at)
      select ${sent}, '', ${at} + make_interval(secs => ${hour})
      where (select count(*) from verifications where identifier = ${sent} and expires_at > ${at}) < ${codesAnHour}
      returning id`),
  ])
  return taken.rows.length > 0
}

/**
 * Signs in with the code that was sent. A new address becomes an account, which may do nothing until it is
 * completed. Five wrong tries, counted by the database, end a code.
 */
export async function signIn(
  ctx: SignInContext,
  { email, code }: { email: string; code: string },
): Promise<SignedIn> {
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
        allowedAttempts: 5,
        storeOTP: 'hashed',
        sendVerificationOTP: async ({ otp }) => deliver(otp),
      }),
    ],
  })
}
