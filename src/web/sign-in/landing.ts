import type { Actor } from '../../clinic/context.ts'
import { paths } from '../paths.ts'

/** Where to go after signing in: doctors who came for nothing in particular see their day. */
export function landingOf(actor: Actor, returnTo: string): string {
  return actor.kind === 'doctor' && returnTo === paths.booking() ? paths.deskMine() : returnTo
}
