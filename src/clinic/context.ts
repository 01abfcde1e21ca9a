import type { Role } from '../../drizzle/schema/accounts.ts'
import type { Scope } from '../../drizzle/schema/api-keys.ts'
import type { Mailer } from '../channels/mail.ts'
import type { Database } from '../database/connect.ts'
import type { Deed, Happening } from './happenings.ts'
import type { Secrets } from './sign.ts'

/** Passed to every verb and every find. */
export interface ClinicContext {
  db: Database
  /** Who acts. Only `accounts/guard.ts` decides what they may do. */
  actor: Actor
  /** When the request is judged; rules read no other clock. */
  now: Date
  mail: Mailer
  /** Links event rows to the log lines of the request. */
  requestId: string
  /** Sign cookies, cursors and whatever else comes back to the Worker. */
  secrets: Secrets
  /** Of the session in which a person acts: SHA-256 of its token, in hexadecimal. */
  sessionHash?: string
  /** Where the request came from; unknown for our own jobs. */
  source?: Source
  /** From a client that may retry the request. */
  idempotency?: Idempotency
  /** The browser that holds slots on the pages, signed in or not. */
  browser?: Browser
  /** Verbs call it after their commit, once for each thing they changed. It never throws, and verbs do not wait. */
  tell: (happening: Happening) => void
}

/** The id in a browser's cookie, and a keyed hash of its network address. */
interface Browser {
  id: string
  addressHash: string
}

/** Nothing in it names a person; the security log and the list of sessions keep it. */
export interface Source {
  /** A keyed hash of what one household or company shares of its network address. */
  networkHash: string
  /** A keyed hash of the wider IPv6 network around it; null for IPv4. */
  widerHash: string | null
  /** As Cloudflare knows it, such as `Bandung, ID`. */
  place: string | null
  /** From `User-Agent`, such as `Firefox on Windows`. */
  device: string | null
}

/** How a retry is recognised (draft-ietf-httpapi-idempotency-key-header-07). */
interface Idempotency {
  /** Chosen by the client: 1 to 255 characters, unique within the account. */
  key: string
  /** SHA-256 of the whole request, in hexadecimal. */
  fingerprint: string
}

/** A signed-in person, by role. */
export type Person =
  | { kind: 'patient'; accountId: number; patientIds: number[] }
  /** It may be bound to locations; left out or null, it works at all of them. */
  | { kind: 'front_desk'; accountId: number; locationIds?: number[] | null }
  | { kind: 'doctor'; accountId: number; doctorId: number }
  | { kind: 'admin'; accountId: number }

export type Actor =
  | Person
  /** Another system that acts for a person, within its scopes. */
  | { kind: 'api_client'; keyId: number; scopes: Scope[]; actsFor: Person }
  /** Our own jobs. */
  | { kind: 'system' }
  | { kind: 'anonymous' }

/** The person behind the actor; null for strangers and for our own jobs. */
export function personOf(actor: Actor): Person | null {
  if (actor.kind === 'anonymous' || actor.kind === 'system') return null
  return actor.kind === 'api_client' ? actor.actsFor : actor
}

/** The locations that a person is bound to; null for all. */
export function locationsOf(person: Person | null): number[] | null {
  return (person?.kind === 'front_desk' && person.locationIds) || null
}

/** What a happening says of who acted, and when. */
export function deedOf({ actor, now }: Pick<ClinicContext, 'actor' | 'now'>): Deed {
  const person = personOf(actor)
  if (person) return { at: now, actorKind: person.kind }
  return { at: now, actorKind: actor.kind === 'system' ? 'system' : 'anonymous' }
}

/** Turns an account's row into its person; `patientIds` begins with the account's own patient. */
export function toPerson(row: {
  accountId: number
  role: Role
  doctorId: number | null
  patientIds: number[]
  /** Null when it is bound to none. */
  locationIds?: number[] | null
}): Person {
  const { accountId, role, doctorId, patientIds, locationIds = null } = row
  if (role === 'patient') return { kind: role, accountId, patientIds }
  if (role === 'front_desk') return { kind: role, accountId, locationIds }
  if (role !== 'doctor') return { kind: role, accountId }
  if (doctorId === null) throw new Error('A constraint requires a doctor on every doctor account.')
  return { kind: role, accountId, doctorId }
}
