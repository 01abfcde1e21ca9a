import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import {
  type Account,
  changeRole,
  changeRoleInput,
  findAccounts,
} from '../clinic/accounts/manage-accounts.ts'
import { closed, id } from '../clinic/shapes.ts'
import type { AppEnv } from '../door.ts'
import { allowOnly, idIn, requireJson } from './middleware.ts'
import { problem } from './problem.ts'
import { refuseInvalid, toError } from './refuse-invalid.ts'

const roleBody = closed({ account: closed({ role: changeRoleInput.shape.role, doctor_id: id.optional() }) })

export const accountsApi = new Hono<AppEnv>()

accountsApi.get('/', async (c) => c.json({ accounts: (await findAccounts(c.var.clinic)).map(toJson) }))
accountsApi.all('/', allowOnly('GET, HEAD'))

accountsApi.patch('/:id', requireJson, zValidator('json', roleBody, refuseInvalid), async (c) => {
  const { role, doctor_id } = c.req.valid('json').account
  const wish = changeRoleInput.safeParse({ role, doctorId: doctor_id })
  if (!wish.success) {
    return problem(c, 'invalid', {
      errors: [toError({ path: ['account', 'doctor_id'], message: 'missing' })],
    })
  }
  return c.json({ account: toJson(await changeRole(c.var.clinic, idIn(c, 'account'), wish.data)) })
})
accountsApi.all('/:id', allowOnly('PATCH'))

function toJson({ id, email, name, role, doctorId }: Account) {
  return { id, email, name, role, doctor_id: doctorId }
}
