import { Hono } from 'hono'
import { endAllSessions, endSession } from '../../clinic/accounts/end-sessions.ts'
import { readAccountPage } from '../../clinic/accounts/read-account-page.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { closeSession, forgetSessions } from '../visitor.ts'
import { AccountPage } from './account-page.tsx'

export const account = new Hono<AppEnv>()

account.get('/', async (c) => {
  const { clinic } = c.var
  const content = await readAccountPage(clinic)
  const isPatient = clinic.actor.kind === 'patient'
  return c.html(<AccountPage frame={frameOf(c)} {...{ content, isPatient }} now={clinic.now} />)
})

account.post('/sessions/:id/sign-out', async (c) => {
  const { clinic } = c.var
  const ended = await endSession(clinic, idIn(c, 'session'))
  forgetSessions(c, ended)
  if (!clinic.sessionHash || !ended.includes(clinic.sessionHash)) return c.redirect(paths.account(), 303)
  closeSession(c)
  return c.redirect(paths.booking(), 303)
})

account.post('/sign-out-everywhere', async (c) => {
  forgetSessions(c, await endAllSessions(c.var.clinic))
  closeSession(c)
  return c.redirect(paths.booking(), 303)
})
