import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import {
  type ApiKey,
  findApiKeys,
  issueApiKey,
  issueApiKeyInput,
  revokeApiKey,
} from '../clinic/accounts/api-keys.ts'
import { closed, id } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { linkToNext, paging, readCursor } from '../http/cursor.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import type { ApiKeyJson } from './access-answers.ts'
import { allowOnly, requireJson } from './conventions.ts'
import { refuseFields, refuseInvalid, refuseInvalidQuery } from './refuse-invalid.ts'

export const keyBody = closed({ api_key: inSnakeCase(issueApiKeyInput) })

export const apiKeysSearch = closed(paging(50))

export const apiKeysApi = new Hono<AppEnv>()

apiKeysApi.post('/', requireJson, zValidator('json', keyBody, refuseInvalid), async (c) => {
  const issued = await issueApiKey(c.var.clinic, c.req.valid('json').api_key)
  if (!issued.ok) return refuseFields(c, 'api_key', issued.faults)
  return c.json({ api_key: { ...toJson(issued.apiKey), key: issued.key } }, 201)
})
apiKeysApi.get('/', zValidator('query', apiKeysSearch, refuseInvalidQuery), async (c) => {
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

function toJson(apiKey: ApiKey): ApiKeyJson {
  return {
    id: apiKey.id,
    name: apiKey.name,
    owner_id: apiKey.ownerId,
    role: apiKey.role,
    scopes: apiKey.scopes,
    issued_by: apiKey.issuedBy,
    issued_by_key_id: apiKey.issuedByKeyId,
    last_used_at: apiKey.lastUsedAt?.toISOString() ?? null,
    expires_at: apiKey.expiresAt?.toISOString() ?? null,
    revoked_at: apiKey.revokedAt?.toISOString() ?? null,
  }
}
