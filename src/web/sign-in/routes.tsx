import { Hono } from 'hono'
import { completeAccount, completeAccountInput } from '../../clinic/accounts/complete-account.ts'
import { sendSignInCode, signIn as signInWithCode, signOut } from '../../clinic/accounts/sign-in.ts'
import type { Fault } from '../../clinic/refusals.ts'
import { email } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { limit } from '../../http/rate-limits.ts'
import { forgetVisitor, holdingCookie, sessionCookie, signingInCookie } from '../cookies.ts'
import { message } from '../errors.tsx'
import { frameOf } from '../frame.ts'
import { paths, safeReturnPath } from '../paths.ts'
import { readForm } from '../read-form.ts'
import { CodePage } from './code-page.tsx'
import { SignInPage } from './sign-in-page.tsx'
import { WelcomePage } from './welcome-page.tsx'

export const signIn = new Hono<AppEnv>()

const limitSignIn = limit('SIGN_IN_LIMIT', (c) => message(c, 'tooMany', 429))

// Whoever comes Back to here has signed in already.
signIn.on('GET', [paths.signIn(), paths.signInCode()], async (c, next) => {
  if (!c.var.visitor) return next()
  const holding = await holdingCookie.take(c)
  const otherwise = holding ? paths.hold(holding.id) : paths.booking()
  return c.redirect(safeReturnPath(c.req.query('return_to') ?? otherwise))
})

signIn.get('/sign-in', (c) => {
  const returnTo = safeReturnPath(c.req.query('return_to'))
  return c.html(<SignInPage frame={frameOf(c)} email="" returnTo={returnTo} />)
})

signIn.post('/sign-in', limitSignIn, async (c) => {
  const form = await readForm(c)
  const returnTo = safeReturnPath(form('return_to'))
  const again = { frame: frameOf(c), email: form('email'), returnTo }
  const read = email.safeParse(form('email'))
  if (!read.success)
    return c.html(<SignInPage {...again} fault={read.error.issues[0]?.message as Fault} />, 422)
  const sent = await sendSignInCode(c.var.clinic, read.data, c.var.copy.codeMail)
  if (!sent.ok) {
    c.set('refusal', sent.refusal)
    return c.html(<SignInPage {...again} refusal={sent.refusal} />, 429, { 'Retry-After': '3600' })
  }
  await signingInCookie.put(c, { email: read.data, returnTo })
  return c.redirect(paths.signInCode(), 303)
})

signIn.get('/sign-in/code', async (c) => {
  const signingIn = await signingInCookie.take(c)
  return signingIn ? c.html(<CodePage frame={frameOf(c)} {...signingIn} />) : c.redirect(paths.signIn())
})

signIn.post('/sign-in/code', limitSignIn, async (c) => {
  const signingIn = await signingInCookie.take(c)
  if (!signingIn) return c.redirect(paths.signIn(), 303)
  const code = (await readForm(c))('code').replace(/\s/g, '')
  const signedIn = await signInWithCode(c.var.clinic, { email: signingIn.email, code })
  if (!signedIn.ok) {
    c.set('refusal', signedIn.refusal)
    return c.html(<CodePage frame={frameOf(c)} {...signingIn} refusal={signedIn.refusal} />, 422)
  }
  signingInCookie.drop(c)
  sessionCookie.drop(c)
  await sessionCookie.put(c, signedIn.token)
  const visitor = await c.var.visitors.get(signedIn.token, c.var.clinic.now)
  return c.redirect(visitor?.isComplete ? signingIn.returnTo : paths.welcome(signingIn.returnTo), 303)
})

signIn.get('/welcome', (c) => {
  const { visitor } = c.var
  const returnTo = safeReturnPath(c.req.query('return_to'))
  if (!visitor) return c.redirect(paths.signIn(returnTo))
  if (visitor.isComplete) return c.redirect(returnTo)
  return c.html(<WelcomePage frame={frameOf(c)} name={visitor.name} returnTo={returnTo} faults={{}} />)
})

signIn.post('/welcome', async (c) => {
  const form = await readForm(c)
  const returnTo = safeReturnPath(form('return_to'))
  const { visitor, clinic } = c.var
  if (!visitor) return c.redirect(paths.signIn(returnTo), 303)
  const read = completeAccountInput.safeParse({ name: form('name') })
  const faults = {
    name: read.error?.issues[0]?.message as Fault | undefined,
    terms: form('terms') === 'accepted' ? undefined : ('missing' as const),
  }
  if (!read.success || faults.terms) {
    return c.html(
      <WelcomePage frame={frameOf(c)} name={form('name')} returnTo={returnTo} faults={faults} />,
      422,
    )
  }
  await completeAccount(clinic, visitor.accountId, read.data)
  await forgetVisitor(c)
  return c.redirect(returnTo, 303)
})

signIn.post('/sign-out', async (c) => {
  const token = await sessionCookie.take(c)
  if (token) {
    await signOut(c.var.clinic, token)
    c.var.visitors.forget(token)
  }
  sessionCookie.drop(c)
  return c.redirect(paths.booking(), 303)
})
