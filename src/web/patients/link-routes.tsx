import { type Context, Hono } from 'hono'
import { isDesk } from '../../clinic/accounts/guard.ts'
import { findLink } from '../../clinic/accounts/links.ts'
import { unlinkPatient } from '../../clinic/accounts/unlink.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { forgetVisitor } from '../visitor.ts'
import { RemoveLinkPage } from './link-page.tsx'

export const links = new Hono<AppEnv>()

links.get('/:id/accounts/:accountId/removal', async (c) => {
  const link = await findLink(c.var.clinic, namedIn(c))
  const isOwn = c.var.visitor?.accountId === link.accountId
  return c.html(<RemoveLinkPage frame={frameOf(c)} link={link} isOwn={isOwn} returnTo={backFrom(c)} />)
})

links.post('/:id/accounts/:accountId/removal', async (c) => {
  await unlinkPatient(c.var.clinic, namedIn(c))
  await forgetVisitor(c)
  return c.redirect(backFrom(c), 303)
})

const namedIn = (c: Context<AppEnv>) => ({
  patientId: idIn(c, 'patient'),
  accountId: idIn(c, 'account', 'accountId'),
})

const backFrom = (c: Context<AppEnv>) =>
  isDesk(c.var.clinic.actor) ? paths.patient(idIn(c, 'patient')) : paths.account()
