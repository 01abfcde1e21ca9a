import type { Context } from 'hono'
import { isDesk, requireRight } from '../../clinic/accounts/guard.ts'
import type { Person } from '../../clinic/context.ts'
import { Forbidden } from '../../clinic/errors.ts'
import type { AppEnv } from '../../http/app-env.ts'
import type { Written } from '../read-form.ts'

/** What was typed to find a patient. */
export const readTyped = (form: Written) => form('patient').slice(0, 200)

/** The search of a form that was sent to book: it found no one yet if no one was chosen. */
export function readSearch(form: Written): { typed?: string } {
  const typed = readTyped(form)
  return typed && !form('patient_id') ? { typed } : {}
}

/** @throws NotSignedIn, Forbidden. */
export function requireDesk({ var: { clinic } }: Context<AppEnv>): Person {
  const person = requireRight(clinic.actor, 'see patients')
  if (!isDesk(clinic.actor)) throw new Forbidden('Only the front desk searches for patients here.')
  return person
}
