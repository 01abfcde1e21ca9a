import * as z from 'zod'
import { issueApiKeyInput } from '../clinic/accounts/api-keys.ts'
import { securityEventKinds } from '../clinic/accounts/find-security-events.ts'
import { instant, known } from './answers.ts'

// Answers about accounts, keys and the security log; src/api/answers.ts says how they are used.

const { role, scopes } = issueApiKeyInput.shape

export const account = z
  .object({
    id: known,
    email: z.string(),
    name: z.string(),
    role,
    doctor_id: known.nullable().describe('The doctor it belongs to, if the role is `doctor`'),
    location_ids: z
      .array(known)
      .nullable()
      .describe(
        'The locations that an account of the front desk is bound to; null if it works at all of them',
      ),
    version: z
      .int()
      .describe(
        'Counts the changes of what it may do. Send it in double quotes as `If-Match` to change the role.',
      ),
  })
  .meta({ id: 'Account', description: 'A person who can sign in' })

export const securityEvent = z
  .object({
    id: known,
    at: instant,
    kind: z.enum(securityEventKinds),
    account_id: known.nullable().describe('Who it is about; null if no account had that email address yet'),
    actor_kind: z.string().describe('Who did it: `anonymous`, `system` or a role'),
    by_account_id: known.nullable().describe('The account that did it, if anyone was signed in'),
    by_api_key_id: known.nullable().describe('The API key that did it'),
    network: z.string().nullable().describe('The same for all events from one network; not its address'),
    place: z.string().nullable().describe('City and country of the network'),
    request_id: z.string().nullable(),
    details: z
      .record(z.string(), z.unknown())
      .describe('What the kind adds, such as `from` and `to` of a role'),
  })
  .meta({ id: 'SecurityEvent', description: 'An entry of the security log' })

export const apiKey = z
  .object({
    id: known,
    name: z.string(),
    owner_id: known,
    role,
    scopes: z.array(scopes.element),
    issued_by: known
      .nullable()
      .describe('The account that issued it; null if an operator did, or before this was recorded'),
    issued_by_key_id: known
      .nullable()
      .describe('The key that issued it, if a key did. Revoking that key revokes this one too.'),
    last_used_at: instant.nullable(),
    expires_at: instant.nullable(),
    revoked_at: instant.nullable(),
  })
  .meta({ id: 'ApiKey', description: 'An API key of another system, without the key itself' })

export const issuedApiKey = apiKey
  .extend({ key: z.string().describe('For `Authorization: Bearer`. Only shown once.') })
  .meta({ id: 'IssuedApiKey', description: 'A new API key' })

export type AccountJson = z.output<typeof account>
export type SecurityEventJson = z.output<typeof securityEvent>
export type ApiKeyJson = z.output<typeof apiKey>
