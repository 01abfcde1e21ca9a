import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import {
  type Account,
  changeRole,
  changeRoleInput,
  findAccounts,
} from '../clinic/accounts/manage-accounts.ts'
import { restoreAccess, restoreAccessInput } from '../clinic/accounts/restore-access.ts'
import { closed, id } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { readIfMatch } from '../http/conditions.ts'
import { linkToNext, paging, readCursor } from '../http/cursor.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { languages } from '../i18n/languages.ts'
import type { AccountJson } from './access-answers.ts'
import { allowOnly, requireJson, requireVersion } from './conventions.ts'
import { problem } from './problem.ts'
import { refuseFields, refuseInvalid, refuseInvalidQuery } from './refuse-invalid.ts'

export const emailBody = closed({ email_change: inSnakeCase(restoreAccessInput) })
const roleBody = closed({ account: inSnakeCase(changeRoleInput) })

// No search by email: logs keep our addresses, and an address must not name a person.
export const accountsSearch = closed(paging(50))

export const accountsApi = new Hono<AppEnv>()

accountsApi.get('/', zValidator('query', accountsSearch, refuseInvalidQuery), async (c) => {
  const { limit, cursor } = c.req.valid('query')
  const after = await readCursor(c, cursor, id)
  const { accounts, next } = await findAccounts(c.var.clinic, { limit, after })
  if (next) await linkToNext(c, next)
  return c.json({ accounts: accounts.map(toJson) })
})
accountsApi.all('/', allowOnly('GET, HEAD'))

accountsApi.patch(
  '/:id',
  requireVersion,
  requireJson,
  zValidator('json', roleBody, refuseInvalid),
  async (c) => {
    const wish = { ...c.req.valid('json').account, version: readIfMatch(c) }
    const changed = await changeRole(c.var.clinic, idIn(c, 'account'), wish)
    if (!changed.ok) return problem(c, changed.refusal)
    c.header('ETag', `"${changed.account.version}"`)
    return c.json({ account: toJson(changed.account) })
  },
)
accountsApi.all('/:id', allowOnly('PATCH'))

accountsApi.post('/:id/email', requireJson, zValidator('json', emailBody, refuseInvalid), async (c) => {
  const { clinic, clinicPhone } = c.var
  const restored = await restoreAccess(clinic, idIn(c, 'account'), {
    ...c.req.valid('json').email_change,
    writeMail: () => languages.en.restoring.mail(clinicPhone),
  })
  if (restored.ok) return c.json({ account: toJson(restored.account) })
  return refuseFields(c, 'email_change', restored.faults)
})
accountsApi.all('/:id/email', allowOnly('POST'))

function toJson({ id, email, name, role, doctorId, locationIds, version }: Account): AccountJson {
  return { id, email, name, role, doctor_id: doctorId, location_ids: locationIds, version }
}
