import * as z from 'zod'
import { closed, id } from '../../clinic/shapes.ts'
import { accountsSearch, roleBody } from '../accounts.ts'
import { account, apiKey, issuedApiKey } from '../answers.ts'
import { apiKeysSearch, keyBody } from '../api-keys.ts'
import { accountExample, apiKeyExample } from './examples.ts'
import type { Section } from './operation.ts'

const fields = { limit: 'How many a page has at most' }
const { role } = roleBody.shape.account.shape
const { name, owner_id, scopes, expires_at } = apiKeyExample

/** The one body that is either of two: a doctor's account says which doctor. */
const roleChange = z.strictObject({
  account: z.union([
    closed({ role: role.extract(['doctor']), doctor_id: id }),
    closed({ role: role.exclude(['doctor']) }),
  ]),
})

export const accounts: Section = {
  name: 'Accounts',
  description: 'Who signs in, and the keys of other systems.',
  operations: {
    'GET /accounts': {
      operationId: 'listAccounts',
      summary: 'Lists accounts, oldest first',
      right: 'manage accounts',
      query: accountsSearch,
      fields,
      answer: {
        status: 200,
        summary: 'A page of accounts',
        body: z.object({ accounts: z.array(account) }),
        headers: ['Link'],
        example: { accounts: [accountExample] },
      },
    },
    'PATCH /accounts/{id}': {
      operationId: 'changeRole',
      summary: 'Gives an account another role',
      description:
        'Signs it out everywhere and ends its keys of another role. Nobody changes their own, so that the last admin stays one.',
      right: 'manage accounts',
      body: roleChange,
      example: { account: { role: 'doctor', doctor_id: 7 } },
      answer: {
        status: 200,
        summary: 'The account as it now is',
        body: z.object({ account }),
        example: { account: { ...accountExample, role: 'doctor', doctor_id: 7 } },
      },
    },
    'GET /api-keys': {
      operationId: 'listApiKeys',
      summary: 'Lists API keys, oldest first',
      right: 'manage accounts',
      query: apiKeysSearch,
      fields,
      answer: {
        status: 200,
        summary: 'A page of keys, revoked ones as well',
        body: z.object({ api_keys: z.array(apiKey) }),
        headers: ['Link'],
        example: { api_keys: [apiKeyExample] },
      },
    },
    'POST /api-keys': {
      operationId: 'issueApiKey',
      summary: 'Makes an API key',
      description:
        'It never has more rights than its owner. An owner lends their own role, and an admin also that of the front desk.',
      right: 'manage accounts',
      body: keyBody,
      refusals: ['not_found'],
      example: { api_key: { name, owner_id, role: 'patient', scopes, expires_at } },
      answer: {
        status: 201,
        summary: 'The key, which is shown this once',
        body: z.object({ api_key: issuedApiKey }),
        example: {
          api_key: { ...apiKeyExample, key: 'alo_q3l2vYb0c9yRkVw0t5gWnq7Jm1yq2pXo8uZ4sQ6dR3E' },
        },
      },
    },
    'DELETE /api-keys/{id}': {
      operationId: 'revokeApiKey',
      summary: 'Ends a key for good',
      description: 'It may still be believed for a minute where it was just used.',
      right: 'manage accounts',
      answer: { status: 204, summary: 'It is revoked' },
    },
  },
}
