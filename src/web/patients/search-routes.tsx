import { type Context, Hono } from 'hono'
import { isDesk, requireRight } from '../../clinic/accounts/guard.ts'
import { Forbidden } from '../../clinic/errors.ts'
import { readNewcomer } from '../../clinic/patients/read-query.ts'
import { patientQuery, searchPatients } from '../../clinic/patients/search.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { frameOf } from '../frame.ts'
import { readFields, readForm } from '../read-form.ts'
import { SearchPage } from './search-page.tsx'

export const patientSearch = new Hono<AppEnv>()

patientSearch.get('/', (c) => {
  requireStaff(c)
  return c.html(<SearchPage frame={frameOf(c)} typed="" newcomer={newcomerIn(c, '')} />)
})

// What was typed stays out of addresses, which logs and histories keep.
patientSearch.post('/', async (c) => {
  requireStaff(c)
  const typed = (await readForm(c))('q')
  const page = { frame: frameOf(c), typed, newcomer: newcomerIn(c, typed) }
  const { ok, values, faults } = readFields(() => typed, { q: patientQuery })
  if (!ok) return c.html(<SearchPage {...page} problem={c.var.copy.faults[faults.q ?? 'missing']} />, 422)
  return c.html(<SearchPage {...page} found={await searchPatients(c.var.clinic, values)} />)
})

/** Doctors cannot register patients. */
const newcomerIn = ({ var: { clinic } }: Context<AppEnv>, typed: string) =>
  isDesk(clinic.actor) ? readNewcomer(typed, clinic.now) : null

function requireStaff({ var: { clinic } }: Context<AppEnv>): void {
  if (requireRight(clinic.actor, 'see patients').kind === 'patient') {
    throw new Forbidden('This page is for the clinic’s staff.')
  }
}
