import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import {
  type Account,
  changeRole,
  changeRoleInput,
  findAccounts,
} from '../clinic/accounts/manage-accounts.ts'
import { closed, id } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { linkToNext, paging, readCursor } from '../http/cursor.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import type { AccountJson } from './access-answers.ts'
import { allowOnly, requireJson } from './conventions.ts'
import { problem } from './problem.ts'
import { refuseInvalid, refuseInvalidQuery } from './refuse-invalid.ts'

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

accountsApi.patch('/:id', requireJson, zValidator('json', roleBody, refuseInvalid), async (c) => {
  const changed = await changeRole(c.var.clinic, idIn(c, 'account'), c.req.valid('json').account)
  if (!changed.ok) return problem(c, changed.refusal)
  return c.json({ account: toJson(changed.account) })
})
accountsApi.all('/:id', allowOnly('PATCH'))

function toJson({ id, email, name, role, doctorId }: Account): AccountJson {
  return { id, email, name, role, doctor_id: doctorId }
}
