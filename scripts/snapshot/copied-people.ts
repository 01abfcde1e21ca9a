import { accountPatients } from '../../drizzle/schema/account-patients.ts'
import { accounts } from '../../drizzle/schema/accounts.ts'
import { apiKeys } from '../../drizzle/schema/api-keys.ts'
import { patients } from '../../drizzle/schema/patients.ts'
import { type CopiedTable, copied } from './columns.ts'
import { address, email, mobile, personName, systemName, token } from './pseudonyms.ts'

/** Who comes and who signs in. */
export const peopleTables: CopiedTable[] = [
  copied(patients, {
    id: 'keep',
    name: personName,
    calledName: personName,
    // It would identify many, and a copy does not need it.
    birthDate: 'drop',
    phone: mobile,
    contactEmail: email,
    email,
    version: 'keep',
    sex: 'keep',
    languages: 'keep',
    preferredChannel: 'keep',
    address,
    deskNote: 'drop',
    isDeceased: 'keep',
    isActive: 'keep',
    movedToId: 'keep',
    isOnLegalHold: 'keep',
    erasedAt: 'keep',
    createdAt: 'keep',
  }),
  copied(accounts, {
    id: 'keep',
    email,
    emailVerified: 'keep',
    name: personName,
    image: 'drop',
    role: 'keep',
    doctorId: 'keep',
    termsAcceptedAt: 'keep',
    closedAt: 'keep',
    wantedMessages: 'keep',
    createdAt: 'keep',
    updatedAt: 'keep',
  }),
  copied(accountPatients, {
    accountId: 'keep',
    patientId: 'keep',
    relation: 'keep',
    linkedAt: 'keep',
    endsOn: 'keep',
    noticeSentAt: 'keep',
  }),
  copied(apiKeys, {
    id: 'keep',
    name: systemName,
    keyHash: token,
    ownerId: 'keep',
    role: 'keep',
    scopes: 'keep',
    issuedByKeyId: 'keep',
    issuedBy: 'keep',
    lastUsedAt: 'keep',
    expiresAt: 'keep',
    revokedAt: 'keep',
    createdAt: 'keep',
  }),
]
