import { isDesk } from '../../clinic/accounts/guard.ts'
import type { Actor } from '../../clinic/context.ts'
import { paths } from '../paths.ts'

/** Where to go after signing in: staff who came for nothing in particular see the day, doctors their own. */
export function landingOf(actor: Actor, returnTo: string): string {
  if (returnTo !== paths.booking()) return returnTo
  if (isDesk(actor)) return paths.desk()
  return actor.kind === 'doctor' ? paths.deskMine() : returnTo
}
