import { randomBytes } from 'node:crypto'
import { scopes } from '../../drizzle/schema/api-keys.ts'
import { hashKey } from '../../src/clinic/accounts/hash-key.ts'
import { openConnection } from '../local/connection.ts'
import { openSession } from '../local/open-session.ts'
import type { LoggedRequest } from './read-log.ts'

/** Gives requests the identity they had; `await using` removes what it added to the database. */
export interface Actors extends AsyncDisposable {
  /** The headers that identify the same person; none for a visitor who was not signed in. */
  headersFor(request: LoggedRequest): Promise<Record<string, string>>
  /** How many of the log's accounts are missing from the database and were replaced by one of the same role. */
  standIns(): number
}

/** Sends the same key with every API request, or none. Pages take no keys. */
export function actAsKey(key: string | undefined): Actors {
  return {
    headersFor: async ({ door }) => (key && door === 'api' ? { Authorization: `Bearer ${key}` } : {}),
    standIns: () => 0,
    [Symbol.asyncDispose]: async () => {},
  }
}

/**
 * Acts as the same accounts: writes a key with the scopes that were used, or a session, into the database of a local stack,
 * and removes both at the end.
 *
 * @param authSecret the secret with which the stack signs its cookies.
 */
export async function actAsAccounts(databaseUrl: string, authSecret: string): Promise<Actors> {
  const sql = await openConnection(databaseUrl)
  const known = new Map<string, Promise<Record<string, string>>>()
  const mark = `Replay ${randomBytes(6).toString('hex')}`
  let standIns = 0

  async function admit({ door, actor }: LoggedRequest): Promise<Record<string, string>> {
    const role = actor.role ?? actor.kind
    const { rows } = await sql.query(
      `select id, role, id = $1 as is_same from accounts where id = $1 or role = $2
       order by id = $1 desc, email like '%@example.com' desc, id limit 1`,
      [actor.account_id, role],
    )
    const [account] = rows
    if (!account?.is_same) standIns += 1
    if (!account) return {}
    if (door === 'api') return giveKey(account, actor)
    return { Cookie: await openSession(sql, { accountId: account.id, authSecret, userAgent: mark }) }
  }

  async function giveKey(account: { id: string; role: string }, actor: LoggedRequest['actor']) {
    const key = randomBytes(32).toString('hex')
    await sql.query(
      `insert into api_keys (name, key_hash, owner_id, role, scopes)
       values ($1, $2, $3, $4, coalesce(
         (select scopes from api_keys where id = $5), $6))`,
      [mark, hashKey(key), account.id, actor.role ?? account.role, actor.key_id, scopes],
    )
    return { Authorization: `Bearer ${key}` }
  }

  return {
    headersFor(request) {
      const { kind, account_id, key_id, role } = request.actor
      if (!account_id && ['anonymous', 'system'].includes(kind)) return Promise.resolve({})
      const who = [request.door, account_id, key_id, role ?? kind].join()
      const headers = known.get(who) ?? admit(request)
      known.set(who, headers)
      return headers
    },
    standIns: () => standIns,
    async [Symbol.asyncDispose]() {
      await using _connection = sql
      await sql.query('delete from api_keys where name = $1', [mark])
      await sql.query('delete from sessions where user_agent = $1', [mark])
    },
  }
}
