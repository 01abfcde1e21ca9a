import type { MiddlewareHandler } from 'hono'
import { isStaff } from '../../clinic/accounts/guard.ts'
import { NotSignedIn } from '../../clinic/errors.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { message } from '../errors.tsx'

/** For everyone else there is nothing here. Staff whose session has just ended are asked to sign in again. */
export const onlyStaff: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (isStaff(c.var.clinic.actor)) return next()
  if (c.var.sessionHasEnded) throw new NotSignedIn()
  return message(c, 'notFound', 404)
}
