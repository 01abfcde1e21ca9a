import type { Scope } from '../../../drizzle/schema/api-keys.ts'
import type { Actor, Person } from '../context.ts'
import { Forbidden, NotSignedIn } from '../errors.ts'

/** Everything that needs a right, and who has it. A patient's right covers only their own patients. */
const rights = {
  'see appointments': { scope: 'appointments:read', kinds: ['patient', 'front_desk', 'doctor', 'admin'] },
  'book appointments': { scope: 'appointments:write', kinds: ['patient', 'front_desk', 'admin'] },
  'register patients': { scope: 'appointments:write', kinds: ['patient', 'front_desk', 'admin'] },
  'manage doctors': { scope: 'clinic:manage', kinds: ['admin'] },
  'manage accounts': { scope: 'clinic:manage', kinds: ['admin', 'system'] },
} as const satisfies Record<string, { scope: Scope; kinds: (Person['kind'] | 'system')[] }>

type Right = keyof typeof rights
type Holder<R extends Right> = Extract<Actor, { kind: (typeof rights)[R]['kinds'][number] }>

/**
 * The one place that decides who may do what. Answers in whose name it is done.
 *
 * @throws NotSignedIn when nobody is signed in, Forbidden when the role or the key's scopes do not allow it.
 */
export function requireRight<R extends Right>(actor: Actor, right: R): Holder<R> {
  const { scope, kinds } = rights[right]
  if (actor.kind === 'anonymous') throw new NotSignedIn()
  const isInScope = actor.kind !== 'api_client' || actor.scopes.includes(scope)
  const holder = actor.kind === 'api_client' ? actor.actsFor : actor
  if (!isInScope || !(kinds as readonly string[]).includes(holder.kind))
    throw new Forbidden(`May not ${right}.`)
  return holder as Holder<R>
}
