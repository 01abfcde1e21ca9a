import { Hono } from 'hono'
import { unlinkPatient } from '../clinic/accounts/unlink.ts'
import { personOf } from '../clinic/context.ts'
import type { AppEnv } from '../http/app-env.ts'
import { idIn } from '../http/path-id.ts'
import { allowOnly } from './conventions.ts'

export const patientLinksApi = new Hono<AppEnv>()

patientLinksApi.delete('/:id/accounts/:accountId', async (c) => {
  const { clinic, apiClients, keyHash } = c.var
  await unlinkPatient(clinic, {
    patientId: idIn(c, 'patient'),
    accountId: idIn(c, 'account', 'accountId'),
  })
  // The account may act for one patient less.
  if (personOf(clinic.actor)?.kind === 'patient') apiClients.forget(keyHash)
  return c.body(null, 204)
})
patientLinksApi.all('/:id/accounts/:accountId', allowOnly('DELETE'))
