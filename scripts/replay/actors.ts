import { createHash, randomBytes } from 'node:crypto'
import { generateSignedCookie } from 'hono/cookie'
import pg from 'pg'
import type { LoggedRequest } from './read-log.ts'

export interface Actors {
  /** What makes a request the same person's as it was; nothing for a stranger. */
  headersFor(request: LoggedRequest): Promise<Record<string, string>>
  /** How many accounts of the log are not in the database, so that another of their role stood in for them. */
  standIns(): number
  close(): Promise<void>
}

/** To everyone the same key, whoever they were; without one everybody is a stranger. The pages know no keys. */
export function actAsKey(key: string | undefined): Actors {
  return {
    headersFor: async ({ door }) => (key && door === 'api' ? { Authorization: `Bearer ${key}` } : {}),
    standIns: () => 0,
    close: async () => {},
  }
}

/**
 * Acts as each account itself: gives it a key with the scopes that it used, or signs it in, straight in the database of a
 * local stack, and takes both back at the end.
 *
 * @param authSecret what the stack signs its cookies with.
 */
export async function actAsAccounts(databaseUrl: string, authSecret: string): Promise<Actors> {
  const sql = new pg.Client(databaseUrl)
  await sql.connect()
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
    const token = randomBytes(32).toString('hex')
    await sql.query(
      `insert into sessions (account_id, token_hash, expires_at, user_agent)
       values ($1, $2, now() + interval '1 day', $3)`,
      [account.id, createHash('sha256').update(token).digest('hex'), mark],
    )
    const cookie = await generateSignedCookie('__Host-session', `session:${token}`, authSecret, {
      path: '/',
      secure: true,
    })
    return { Cookie: cookie.split(';')[0] as string }
  }

  async function giveKey(account: { id: string; role: string }, actor: LoggedRequest['actor']) {
    const key = randomBytes(32).toString('hex')
    await sql.query(
      `insert into api_keys (name, key_hash, owner_id, role, scopes)
       values ($1, $2, $3, $4, coalesce(
         (select scopes from api_keys where id = $5), '{appointments:read,appointments:write,clinic:manage}'))`,
      [
        mark,
        createHash('sha256').update(key).digest('hex'),
        account.id,
        actor.role ?? account.role,
        actor.key_id,
      ],
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
    async close() {
      await sql.query('delete from api_keys where name = $1', [mark])
      await sql.query('delete from sessions where user_agent = $1', [mark])
      await sql.end()
    },
  }
}
