import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import {
  type ApiKey,
  findApiKeys,
  issueApiKey,
  issueApiKeyInput,
  revokeApiKey,
} from '../clinic/accounts/api-keys.ts'
import { closed, id, instant, wholeNumber } from '../clinic/shapes.ts'
import type { AppEnv } from '../door.ts'
import { cursor, linkToNext, readCursor } from './cursor.ts'
import { allowOnly, idIn, requireJson } from './middleware.ts'
import { refuseInvalid, refuseInvalidQuery } from './refuse-invalid.ts'

const { name, ownerId, role, scopes } = issueApiKeyInput.shape
const keyBody = closed({
  api_key: closed({ name, owner_id: ownerId, role, scopes, expires_at: instant.optional() }),
})

const search = closed({ limit: wholeNumber(1, 100).default(50), cursor })

export const apiKeysApi = new Hono<AppEnv>()

apiKeysApi.post('/', requireJson, zValidator('json', keyBody, refuseInvalid), async (c) => {
  const { owner_id, expires_at, ...wish } = c.req.valid('json').api_key
  const expiresAt = expires_at ? new Date(expires_at) : null
  const { key, apiKey } = await issueApiKey(c.var.clinic, { ...wish, ownerId: owner_id, expiresAt })
  return c.json({ api_key: { ...toJson(apiKey), key } }, 201)
})
apiKeysApi.get('/', zValidator('query', search, refuseInvalidQuery), async (c) => {
  const { limit, cursor } = c.req.valid('query')
  const after = await readCursor(c, cursor, id)
  const { apiKeys, next } = await findApiKeys(c.var.clinic, { limit, after })
  if (next) await linkToNext(c, next)
  return c.json({ api_keys: apiKeys.map(toJson) })
})
apiKeysApi.all('/', allowOnly('GET, HEAD, POST'))

apiKeysApi.delete('/:id', async (c) => {
  await revokeApiKey(c.var.clinic, idIn(c, 'API key'))
  return c.body(null, 204)
})
apiKeysApi.all('/:id', allowOnly('DELETE'))

function toJson(apiKey: ApiKey) {
  return {
    id: apiKey.id,
    name: apiKey.name,
    owner_id: apiKey.ownerId,
    role: apiKey.role,
    scopes: apiKey.scopes,
    last_used_at: apiKey.lastUsedAt,
    expires_at: apiKey.expiresAt,
    revoked_at: apiKey.revokedAt,
  }
}
