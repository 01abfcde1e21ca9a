import type { Role } from '../../drizzle/schema/accounts.ts'
import type { Scope } from '../../drizzle/schema/api-keys.ts'
import type { Mailer } from '../channels/mail.ts'
import type { Database } from '../database/connect.ts'
import type { FreeTimeChange } from './availability/free-time-changes.ts'

/** What every verb and every find is given. */
export interface ClinicContext {
  db: Database
  /** Who acts. What they may do is decided in `accounts/guard.ts`, and nowhere else. */
  actor: Actor
  /** The instant at which the request is judged; injected, so that no rule reads a clock of its own. */
  now: Date
  mail: Mailer
  /** Of the request that this is done for, so that what happened can be found in the log. */
  requestId: string
  /** Signs what leaves the Worker and comes back. */
  authSecret: string
  /** Given by a client that may send the same request again. */
  idempotency?: Idempotency
  /** Who holds slots on the pages, signed in or not. */
  browser?: Browser
  /** Called once after a verb's commit has changed what is free; must not throw, and is not waited for. */
  tellFreeTime?: (changes: FreeTimeChange[]) => void
}

/** What a browser's cookie says, and a keyed hash of the network address that it comes from. */
export interface Browser {
  id: string
  addressHash: string
}

/** What makes a request the same request again (draft-ietf-httpapi-idempotency-key-header-07). */
export interface Idempotency {
  /** Chosen by the client, 1 to 255 characters; each account has its own. */
  key: string
  /** SHA-256 in hexadecimal of all that was asked. */
  fingerprint: string
}

/** Somebody with an account, by their role. */
export type Person =
  | { kind: 'patient'; accountId: number; patientIds: number[] }
  | { kind: 'front_desk'; accountId: number }
  | { kind: 'doctor'; accountId: number; doctorId: number }
  | { kind: 'admin'; accountId: number }

export type Actor =
  | Person
  /** Another system, in the name of a person, within its scopes. */
  | { kind: 'api_client'; keyId: number; scopes: Scope[]; actsFor: Person }
  /** Our own jobs. */
  | { kind: 'system' }
  | { kind: 'anonymous' }

/** In whose name somebody acts; null for a stranger and for our own jobs. */
export function personOf(actor: Actor): Person | null {
  if (actor.kind === 'anonymous' || actor.kind === 'system') return null
  return actor.kind === 'api_client' ? actor.actsFor : actor
}

/** A row of an account as the person it makes; `patientIds` begins with the account's own patient. */
export function toPerson(row: {
  accountId: number
  role: Role
  doctorId: number | null
  patientIds: number[]
}): Person {
  const { accountId, role, doctorId, patientIds } = row
  if (role === 'patient') return { kind: role, accountId, patientIds }
  if (role !== 'doctor') return { kind: role, accountId }
  if (doctorId === null) throw new Error('A constraint gives every account of a doctor its doctor.')
  return { kind: role, accountId, doctorId }
}
