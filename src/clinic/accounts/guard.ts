import { type SQL, sql } from 'drizzle-orm'
import type { Scope } from '../../../drizzle/schema/api-keys.ts'
import { type Actor, type Person, personOf } from '../context.ts'
import { Forbidden, NotSignedIn } from '../errors.ts'

/** Everything that needs a right, and who has it. A patient's covers their own patients, a doctor's themselves. */
export const rights = {
  'see appointments': { scope: 'appointments:read', kinds: ['patient', 'front_desk', 'doctor', 'admin'] },
  'hold slots': { scope: 'appointments:write', kinds: ['anonymous', 'patient', 'front_desk', 'admin'] },
  'book appointments': { scope: 'appointments:write', kinds: ['patient', 'front_desk', 'doctor', 'admin'] },
  'change appointments': { scope: 'appointments:write', kinds: ['patient', 'front_desk', 'admin'] },
  'manage sessions': { scope: 'appointments:write', kinds: ['front_desk', 'admin'] },
  'see participants': { scope: 'appointments:read', kinds: ['front_desk', 'doctor', 'admin'] },
  'take walk-ins': { scope: 'appointments:write', kinds: ['front_desk', 'admin'] },
  'plan series': { scope: 'appointments:write', kinds: ['front_desk', 'admin'] },
  'run the day': { scope: 'appointments:write', kinds: ['front_desk', 'doctor', 'admin'] },
  'see what happened': { scope: 'appointments:read', kinds: ['front_desk', 'doctor', 'admin'] },
  'see patients': { scope: 'appointments:read', kinds: ['patient', 'front_desk', 'doctor', 'admin'] },
  'reassign appointments': { scope: 'appointments:write', kinds: ['front_desk', 'admin'] },
  'merge patients': { scope: 'appointments:write', kinds: ['front_desk', 'admin'] },
  'unlink patients': { scope: 'appointments:write', kinds: ['patient', 'front_desk', 'admin'] },
  'register patients': { scope: 'appointments:write', kinds: ['patient', 'front_desk', 'admin'] },
  'correct patients': { scope: 'appointments:write', kinds: ['patient', 'front_desk', 'admin'] },
  'flag patients': { scope: 'appointments:write', kinds: ['front_desk', 'doctor', 'admin'] },
  'decide corrections': { scope: 'appointments:write', kinds: ['front_desk', 'admin'] },
  'erase patients': { scope: 'accounts:manage', kinds: ['front_desk', 'admin'] },
  'erase own data': { scope: 'accounts:manage', kinds: ['patient'] },
  'hold patients': { scope: 'accounts:manage', kinds: ['admin'] },
  'see who opened records': { scope: 'appointments:read', kinds: ['patient', 'front_desk', 'admin'] },
  'export patients': { scope: 'accounts:manage', kinds: ['front_desk', 'admin'] },
  'export own data': { scope: 'accounts:manage', kinds: ['patient'] },
  'invite people': { scope: 'appointments:write', kinds: ['patient', 'front_desk', 'admin'] },
  'accept invitations': { scope: 'appointments:write', kinds: ['patient'] },
  'link accounts': { scope: 'appointments:write', kinds: ['front_desk', 'admin'] },
  'explain free times': { scope: 'appointments:read', kinds: ['front_desk', 'doctor', 'admin'] },
  'see what is out of use': { scope: 'appointments:read', kinds: ['front_desk', 'doctor', 'admin'] },
  'see resources': { scope: 'appointments:read', kinds: ['front_desk', 'doctor', 'admin'] },
  'manage resources': { scope: 'clinic:manage', kinds: ['admin'] },
  'manage doctors': { scope: 'clinic:manage', kinds: ['admin'] },
  'manage locations': { scope: 'clinic:manage', kinds: ['admin'] },
  'manage visit types': { scope: 'clinic:manage', kinds: ['admin'] },
  'manage time off': { scope: 'clinic:manage', kinds: ['front_desk', 'doctor', 'admin'] },
  'manage closures': { scope: 'clinic:manage', kinds: ['front_desk', 'admin'] },
  'manage settings': { scope: 'clinic:manage', kinds: ['admin'] },
  'change message texts': { scope: 'clinic:manage', kinds: ['admin'] },
  'see health': { scope: 'clinic:manage', kinds: ['admin'] },
  'count failures': { scope: 'clinic:manage', kinds: ['system'] },
  'lapse requests': { scope: 'appointments:write', kinds: ['system'] },
  'send messages': { scope: 'clinic:manage', kinds: ['system'] },
  'see messages': { scope: 'appointments:read', kinds: ['front_desk', 'admin'] },
  'manage messages': { scope: 'appointments:write', kinds: ['front_desk', 'admin'] },
  'see what waits': { scope: 'clinic:manage', kinds: ['admin', 'system'] },
  forget: { scope: 'clinic:manage', kinds: ['system'] },
  'manage accounts': { scope: 'accounts:manage', kinds: ['admin', 'system'] },
  'make account links': { scope: 'accounts:manage', kinds: ['system'] },
  'see security log': { scope: 'accounts:manage', kinds: ['admin'] },
  'restore access': { scope: 'accounts:manage', kinds: ['front_desk', 'admin'] },
  'close own account': { scope: 'accounts:manage', kinds: ['patient', 'front_desk', 'doctor', 'admin'] },
  'choose messages': { scope: 'accounts:manage', kinds: ['patient', 'front_desk', 'doctor', 'admin'] },
  'manage own sessions': { scope: 'accounts:manage', kinds: ['patient', 'front_desk', 'doctor', 'admin'] },
} as const satisfies Record<string, { scope: Scope; kinds: (Person['kind'] | 'system' | 'anonymous')[] }>

export type Right = keyof typeof rights
type Holder<R extends Right> = Extract<Actor, { kind: (typeof rights)[R]['kinds'][number] }>

/**
 * The one place that decides who may do what. Answers in whose name it is done.
 *
 * @throws NotSignedIn when no one is signed in, Forbidden when the role or the key's scopes do not allow it.
 */
export function requireRight<R extends Right>(actor: Actor, right: R): Holder<R> {
  const { scope, kinds } = rights[right]
  const isInScope = actor.kind !== 'api_client' || actor.scopes.includes(scope)
  const holder = actor.kind === 'api_client' ? actor.actsFor : actor
  const hasRight = (kinds as readonly string[]).includes(holder.kind)
  if (holder.kind === 'anonymous' && !hasRight) throw new NotSignedIn()
  if (!isInScope || !hasRight) throw new Forbidden(`You may not ${right}.`)
  return holder as Holder<R>
}

/**
 * The first statement of every verb that changes roles or keys: they wait for one another, so that each judges what the
 * one before has left. Two admins who demote each other at once would otherwise both succeed.
 */
export const lockAuthority: SQL = sql`select pg_advisory_xact_lock(hashtext('authority'))`

/** Whether this is the front desk or an admin: the rules for online booking do not bind them. */
export function isDesk(actor: Actor): boolean {
  const kind = personOf(actor)?.kind
  return kind === 'front_desk' || kind === 'admin'
}

/** Whether one of the clinic's own people asks, a doctor among them. */
export function isStaff(actor: Actor): boolean {
  return isDesk(actor) || personOf(actor)?.kind === 'doctor'
}
