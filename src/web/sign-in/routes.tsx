import { type Context, Hono } from 'hono'
import { type AcceptanceRefusal, invitationFact } from '../../clinic/accounts/accept-invitation.ts'
import { completeAccount, completeAccountInput } from '../../clinic/accounts/complete-account.ts'
import { signOut } from '../../clinic/accounts/end-sessions.ts'
import { hashKey } from '../../clinic/accounts/hash-key.ts'
import { sendSignInCode } from '../../clinic/accounts/send-sign-in-code.ts'
import { signInInput, signIn as signInWithCode } from '../../clinic/accounts/sign-in.ts'
import type { SignInRefusal } from '../../clinic/refusals.ts'
import { readWelcomePage } from '../../clinic/settings/read-welcome-page.ts'
import { id } from '../../clinic/shapes.ts'
import { snakeKeys } from '../../clinic/snake-case.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { limit } from '../../http/rate-limits.ts'
import { holdingCookie, knownBrowserCookie, sessionCookie, signingInCookie } from '../cookies.ts'
import { message } from '../errors.tsx'
import { frameOf } from '../frame.ts'
import { languageIn } from '../language.ts'
import { paths, safeReturnPath } from '../paths.ts'
import { withPhone } from '../patients/with-phone.ts'
import { readFields, readForm, type Written } from '../read-form.ts'
import { closeSession, forgetSessions, forgetVisitor, openSession } from '../visitor.ts'
import { askToSignIn } from './ask-to-sign-in.ts'
import { readChallenge } from './challenge.tsx'
import { CodePage } from './code-page.tsx'
import { landingOf } from './landing.ts'
import { type Refused, SignInPage } from './sign-in-page.tsx'
import { WelcomePage, type WelcomeValues } from './welcome-page.tsx'

export const signIn = new Hono<AppEnv>()

const limitSignIn = limit('SIGN_IN_LIMIT', (c) => message(c, 'tooMany', 429))

// Visitors come back here with the Back button after they have signed in.
signIn.on('GET', [paths.signIn(), paths.signInCode()], async (c, next) => {
  // Someone who signs in again has asked for a code just now.
  const isAgain = c.req.path === paths.signInCode() && (await signingInCookie.read(c)) !== null
  if (!c.var.visitor || isAgain) return next()
  const holding = await holdingCookie.read(c)
  const otherwise = holding ? paths.hold(holding.id) : paths.booking()
  return c.redirect(safeReturnPath(c.req.query('return_to') ?? otherwise))
})

signIn.get('/sign-in', (c) => {
  const returnTo = safeReturnPath(c.req.query('return_to'))
  const sessionHasEnded = c.req.query('ended') === '1'
  return c.html(<SignInPage frame={frameOf(c)} email="" {...{ returnTo, sessionHasEnded }} />)
})

signIn.post('/sign-in', limitSignIn, async (c) => {
  const form = await readForm(c)
  const returnTo = safeReturnPath(form('return_to'))
  const again = { frame: frameOf(c), email: form('email'), returnTo }
  const read = readFields(form, { email: signInInput.shape.email })
  if (!read.ok) return c.html(<SignInPage {...again} fault={read.faults.email} />, 422)
  const { email } = read.values
  const browser = await recogniseBrowser(c, email)
  const { passedChallenge, siteKey } = await readChallenge(c, form)
  const { codeMail: writeMail, openCodeMail: writeOpenMail } = c.var.copy
  const request = { email, ...browser, passedChallenge, writeMail, writeOpenMail }
  const sent = await sendSignInCode(c.var.clinic, request)
  if (!sent.ok) {
    const refused = refuse(c, sent.refusal, siteKey, 'too_many_codes')
    return c.html(<SignInPage {...again} {...refused} />, 429, { 'Retry-After': '3600' })
  }
  const { isOpen } = sent
  await signingInCookie.write(c, { email, browser: browser.browser, returnTo, isOpen })
  return c.redirect(paths.signInCode(), 303)
})

/** How a page refuses: with the challenge, when passing it helps; otherwise with what is left to do. */
function refuse(
  c: Context<AppEnv>,
  refusal: SignInRefusal,
  siteKey: string | null,
  otherwise: SignInRefusal,
): Refused {
  const isChallenged = refusal === 'challenge_needed' && siteKey !== null
  c.set('refusal', refusal)
  c.set('showsChallenge', isChallenged)
  if (isChallenged) return { refusal, siteKey }
  return { refusal: refusal === 'challenge_needed' ? otherwise : refusal, siteKey: null }
}

/** A browser keeps its name while it signs in and afterwards, so that its earlier codes stay valid. */
async function recogniseBrowser(c: Context<AppEnv>, email: string) {
  const signingIn = await signingInCookie.read(c)
  const known = await knownBrowserCookie.read(c, email)
  const browser = known?.browser ?? signingIn?.browser ?? crypto.randomUUID()
  return { browser, isKnownBrowser: known?.isKnown ?? false }
}

signIn.get('/sign-in/code', async (c) => {
  const signingIn = await signingInCookie.read(c)
  return signingIn ? c.html(<CodePage frame={frameOf(c)} {...signingIn} />) : c.redirect(paths.signIn())
})

signIn.post('/sign-in/code', limitSignIn, async (c) => {
  const signingIn = await signingInCookie.read(c)
  if (!signingIn) return c.redirect(paths.signIn(), 303)
  const { email, browser, returnTo } = signingIn
  const form = await readForm(c)
  const { code = '' } = readFields(form, { code: signInInput.shape.code }).values
  const replaces = await sessionCookie.read(c)
  const { passedChallenge, siteKey } = await readChallenge(c, form)
  const known = await knownBrowserCookie.read(c, email)
  const isKnownBrowser = known?.browser === browser && known.isKnown
  const attempt = { email, browser, isKnownBrowser, passedChallenge, code, replaces }
  const signedIn = await signInWithCode(c.var.clinic, attempt)
  if (!signedIn.ok) {
    const refused = refuse(c, signedIn.refusal, siteKey, 'too_many_tries')
    return c.html(<CodePage frame={frameOf(c)} {...signingIn} {...refused} />, 422)
  }
  const { token, visitor } = signedIn
  if (replaces) forgetSessions(c, [hashKey(replaces)])
  await knownBrowserCookie.write(c, { browser, email })
  await openSession(c, token, visitor)
  return c.redirect(visitor.isComplete ? landingOf(visitor.actor, returnTo) : paths.welcome(returnTo), 303)
})

signIn.get('/welcome', async (c) => {
  const { visitor } = c.var
  const returnTo = safeReturnPath(c.req.query('return_to'))
  if (!visitor) return c.redirect(paths.signIn(returnTo))
  if (visitor.isComplete) return c.redirect(returnTo)
  const content = await readWelcomePage(c.var.clinic, visitor.accountId)
  const page = { values: { ...welcomeValues(() => ''), name: visitor.name }, returnTo, content }
  return c.html(<WelcomePage frame={frameOf(c)} {...page} faults={{}} />)
})

signIn.post('/welcome', async (c) => {
  const form = await readForm(c)
  const returnTo = safeReturnPath(form('return_to'))
  const { visitor, clinic } = c.var
  if (!visitor) return askToSignIn(c, returnTo)
  const again = async (faults: object, refusal?: AcceptanceRefusal) => {
    if (refusal) c.set('refusal', refusal)
    const content = await readWelcomePage(clinic, visitor.accountId)
    const page = { values: welcomeValues(form), returnTo, content, faults, ...(refusal && { refusal }) }
    return c.html(<WelcomePage frame={frameOf(c)} {...page} />, 422)
  }
  const read = readFields(withPhone(form, c.var.clinicPhone), completeAccountInput.shape)
  const faults = { ...read.faults, ...(form('terms') !== 'accepted' && { terms: 'missing' as const }) }
  if (!read.ok || faults.terms) return again(faults)
  const { invitationId, code } = readFields(form, { invitationId: id.optional(), code: factCode }).values
  const { birthDate } = read.values
  if (invitationId && !birthDate && !code) return again({}, 'wrong_fact')
  const completed = await completeAccount(clinic, visitor.accountId, {
    ...read.values,
    language: languageIn(c.var.copy),
    ...(invitationId && { invitation: { id: invitationId, birthDate, code } }),
  })
  if (completed.ok) {
    await forgetVisitor(c)
    return c.redirect(returnTo, 303)
  }
  if (completed.refusal !== 'invalid') return again({}, completed.refusal)
  c.set('refusal', completed.refusal)
  return again(snakeKeys(completed.faults))
})

const { code: factCode } = invitationFact.shape

const welcomeValues = (form: Written): WelcomeValues => ({
  name: form('name'),
  birth_date: form('birth_date'),
  phone: form('phone'),
  sex: form('sex'),
  invitation_id: form('invitation_id'),
})

signIn.post('/sign-out', async (c) => {
  const token = await sessionCookie.read(c)
  if (token) forgetSessions(c, await signOut(c.var.clinic, token))
  closeSession(c)
  return c.redirect(paths.booking(), 303)
})
