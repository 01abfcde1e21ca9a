import * as z from 'zod'
import { type changeRole, changeRoleInput } from '../../clinic/accounts/manage-accounts.ts'
import type { restoreAccess } from '../../clinic/accounts/restore-access.ts'
import { closed, id } from '../../clinic/shapes.ts'
import { account, apiKey, issuedApiKey } from '../access-answers.ts'
import { accountsSearch, emailBody } from '../accounts.ts'
import { apiKeysSearch, keyBody } from '../api-keys.ts'
import { accountExample, apiKeyExample } from './examples.ts'
import { refusalsOf, type Section } from './operation.ts'

const fields = { limit: 'Maximum number of results per page' }
const { role, locationIds } = changeRoleInput.shape
const { name, owner_id, role: lent, scopes, expires_at } = apiKeyExample

/** Only the account of a doctor names a doctor, and only one of the front desk is bound to locations. */
const roleChange = z.strictObject({
  account: z.union([
    closed({ role: role.extract(['doctor']), doctor_id: id }),
    closed({ role: role.extract(['front_desk']), location_ids: locationIds }),
    closed({ role: role.exclude(['doctor', 'front_desk']) }),
  ]),
})

export const accounts: Section = {
  name: 'Accounts',
  description: 'Who can sign in, and the API keys of other systems.',
  operations: {
    'GET /accounts': {
      operationId: 'listAccounts',
      summary: 'List accounts, oldest first',
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
      summary: 'Change the role of an account',
      description:
        'Signs the account out everywhere and revokes its keys that have another role, and the keys that those issued. You cannot change your own role, and the last admin stays an admin.\n\nA front desk account with `location_ids` sees and changes only what is at these locations: appointments, sessions, series, walk-ins, messages, time off and closures. Everything elsewhere does not exist for it. Records of patients belong to the whole clinic. Without `location_ids` an account stays bound as it was; null or an empty list binds it to none.',
      right: 'manage accounts',
      ifMatch: 'required',
      refusals: ['stale', ...refusalsOf<typeof changeRole>({ last_admin: true })],
      body: roleChange,
      example: { account: { role: 'doctor', doctor_id: 7 } },
      answer: {
        status: 200,
        summary: 'The updated account',
        headers: ['ETag'],
        body: z.object({ account }),
        example: { account: { ...accountExample, role: 'doctor', doctor_id: 7 } },
      },
    },
    'POST /accounts/{id}/email': {
      operationId: 'restoreAccess',
      summary: 'Give an account another email address',
      description:
        'For a person who can no longer read their old mailbox. The front desk can do this for patients, an admin for anyone else. Check who the person is first, and say how in `reason`: the patient’s record keeps it. The account is signed out everywhere, and both addresses get an email. Passkeys and API keys stay.',
      right: 'restore access',
      body: emailBody,
      fields: {
        email: 'The address that the person reads now',
        reason: 'How you know that it is them',
      },
      refusals: refusalsOf<typeof restoreAccess>({ invalid: true }),
      example: { email_change: { email: 'nina@example.com', reason: 'ID card at the desk' } },
      answer: {
        status: 200,
        summary: 'The account with its new address',
        body: z.object({ account }),
        example: { account: accountExample },
      },
    },
    'GET /api-keys': {
      operationId: 'listApiKeys',
      summary: 'List API keys, oldest first',
      right: 'manage accounts',
      query: apiKeysSearch,
      fields,
      answer: {
        status: 200,
        summary: 'A page of keys, including revoked ones',
        body: z.object({ api_keys: z.array(apiKey) }),
        headers: ['Link'],
        example: { api_keys: [apiKeyExample] },
      },
    },
    'POST /api-keys': {
      operationId: 'issueApiKey',
      summary: 'Create an API key',
      description:
        'A key never has more rights than its owner. Its role is the role of the owner; if the owner is an admin, it can also be `front_desk`. A key can only issue keys for its own owner, with no more scopes and no later expiry than its own. To issue a key for someone else, use the operator’s terminal.',
      right: 'manage accounts',
      body: keyBody,
      refusals: ['not_found'],
      example: { api_key: { name, owner_id, role: lent, scopes, expires_at } },
      answer: {
        status: 201,
        summary: 'The new key. This is the only time `key` is shown.',
        body: z.object({ api_key: issuedApiKey }),
        example: {
          api_key: { ...apiKeyExample, key: 'alo_q3l2vYb0c9yRkVw0t5gWnq7Jm1yq2pXo8uZ4sQ6dR3E' },
        },
      },
    },
    'DELETE /api-keys/{id}': {
      operationId: 'revokeApiKey',
      summary: 'Revoke an API key',
      description:
        'Also revokes every key that this key issued, and the keys that those issued. This cannot be undone. The keys can change nothing from this moment on; where one was just in use, it may still read for up to a minute.',
      right: 'manage accounts',
      answer: { status: 204, summary: 'The key is revoked' },
    },
  },
}
