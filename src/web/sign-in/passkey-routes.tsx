import { type Context, Hono } from 'hono'
import { hashKey } from '../../clinic/accounts/hash-key.ts'
import { beginPasskeySignIn } from '../../clinic/accounts/passkeys/begin-passkey.ts'
import {
  type SignedInWithPasskey,
  signInWithPasskey,
  signInWithPasskeyInput,
} from '../../clinic/accounts/passkeys/sign-in-with-passkey.ts'
import { signInWithLink, signInWithLinkInput } from '../../clinic/accounts/sign-in-with-link.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { limit } from '../../http/rate-limits.ts'
import { passkeyChallengeCookie, sessionCookie } from '../cookies.ts'
import { message } from '../errors.tsx'
import { frameOf } from '../frame.ts'
import { ConfirmPage } from '../passkeys/confirm-page.tsx'
import { siteOf } from '../passkeys/site.ts'
import { paths, safeReturnPath } from '../paths.ts'
import { readFields, readForm } from '../read-form.ts'
import { forgetSessions, openSession } from '../visitor.ts'
import { landingOf } from './landing.ts'
import { LinkPage } from './link-page.tsx'
import { SignInPage } from './sign-in-page.tsx'

/** Signing in with a passkey, alone or after a code, and with a link of the clinic. */
export const passkeySignIn = new Hono<AppEnv>()

const limitSignIn = limit('SIGN_IN_LIMIT', (c) => message(c, 'tooMany', 429))

passkeySignIn.post('/passkey/challenge', async (c) => {
  const { challenge, options } = await beginPasskeySignIn(siteOf(c), c.var.clinic.now)
  await passkeyChallengeCookie.write(c, challenge)
  return c.json(options)
})

passkeySignIn.get('/passkey', (c) => {
  const { visitor } = c.var
  const returnTo = safeReturnPath(c.req.query('return_to'))
  if (!visitor) return c.redirect(paths.signIn(returnTo))
  return c.html(<ConfirmPage frame={frameOf(c)} returnTo={returnTo} />)
})

passkeySignIn.post('/passkey', limitSignIn, async (c) => {
  const form = await readForm(c)
  const returnTo = safeReturnPath(form('return_to'))
  const signedIn = await usePasskey(c, form('credential'))
  passkeyChallengeCookie.clear(c)
  if (signedIn.ok) return c.redirect(landingOf(signedIn.visitor.actor, returnTo), 303)
  const { refusal } = signedIn
  c.set('refusal', refusal)
  const frame = frameOf(c)
  return c.html(
    c.var.visitor ? (
      <ConfirmPage frame={frame} returnTo={returnTo} refusal={refusal} />
    ) : (
      <SignInPage frame={frame} email="" returnTo={returnTo} passkeyRefusal={refusal} />
    ),
    422,
  )
})

async function usePasskey(c: Context<AppEnv>, credential: string): Promise<SignedInWithPasskey> {
  const read = signInWithPasskeyInput.safeParse({ credential })
  if (!read.success) return { ok: false, refusal: 'passkey_failed' }
  const replaces = await sessionCookie.read(c)
  const signedIn = await signInWithPasskey(c.var.clinic, {
    ...read.data,
    challenge: await passkeyChallengeCookie.read(c),
    site: siteOf(c),
    replaces,
    confirms: c.var.visitor?.accountId ?? null,
  })
  if (signedIn.ok) {
    if (replaces) forgetSessions(c, [hashKey(replaces)])
    await openSession(c, signedIn.token, signedIn.visitor)
  }
  return signedIn
}

passkeySignIn.get('/link', (c) => c.html(<LinkPage frame={frameOf(c)} token={c.req.query('token') ?? ''} />))

passkeySignIn.post('/link', limitSignIn, async (c) => {
  const { token: link = '' } = readFields(await readForm(c), {
    token: signInWithLinkInput.shape.token,
  }).values
  const replaces = await sessionCookie.read(c)
  const signedIn = await signInWithLink(c.var.clinic, { token: link, replaces })
  if (!signedIn.ok) {
    c.set('refusal', signedIn.refusal)
    return c.html(<LinkPage frame={frameOf(c)} token="" isExpired />, 422)
  }
  if (replaces) forgetSessions(c, [hashKey(replaces)])
  await openSession(c, signedIn.token, signedIn.visitor)
  return c.redirect(paths.newPasskey(paths.account()), 303)
})
