import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import {
  type Account,
  changeRole,
  changeRoleInput,
  findAccounts,
} from '../clinic/accounts/manage-accounts.ts'
import { closed, id, writtenNumber } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { cursor, linkToNext, readCursor } from '../http/cursor.ts'
import { idIn } from '../http/path-id.ts'
import type { AccountJson } from './answers.ts'
import { allowOnly, requireJson } from './conventions.ts'
import { problem } from './problem.ts'
import { refuseInvalid, refuseInvalidQuery, toError } from './refuse-invalid.ts'

export const roleBody = closed({
  account: closed({ role: changeRoleInput.shape.role, doctor_id: id.optional() }),
})

// By no e-mail: an address of ours, which logs keep, names nobody.
export const accountsSearch = closed({ limit: writtenNumber(1, 100).default(50), cursor })

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
  const { role, doctor_id } = c.req.valid('json').account
  const wish = changeRoleInput.safeParse({ role, doctorId: doctor_id })
  if (!wish.success) {
    return problem(c, 'invalid', {
      errors: [
        toError({
          path: ['account', 'doctor_id'],
          message: doctor_id === undefined ? 'missing' : 'not_expected',
        }),
      ],
    })
  }
  return c.json({ account: toJson(await changeRole(c.var.clinic, idIn(c, 'account'), wish.data)) })
})
accountsApi.all('/:id', allowOnly('PATCH'))

function toJson({ id, email, name, role, doctorId }: Account): AccountJson {
  return { id, email, name, role, doctor_id: doctorId }
}
