import { Hono } from 'hono'
import { readAccountPage } from '../../clinic/accounts/read-account-page.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { frameOf } from '../frame.ts'
import { ConfirmPage } from '../passkeys/confirm-page.tsx'
import { paths, safeReturnPath } from '../paths.ts'
import { SignInAgainPage } from './again-page.tsx'

/** Where pages lead a visitor whose sign-in is too long ago for what they want. */
export const signInAgain = new Hono<AppEnv>()

signInAgain.get('/', async (c) => {
  const returnTo = safeReturnPath(c.req.query('return_to'))
  if (!c.var.visitor) return c.redirect(paths.signIn(returnTo))
  const { email, passkeys } = await readAccountPage(c.var.clinic)
  const page = { frame: frameOf(c), returnTo }
  return c.html(passkeys.length > 0 ? <ConfirmPage {...page} /> : <SignInAgainPage {...page} email={email} />)
})
