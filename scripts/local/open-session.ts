import { randomBytes } from 'node:crypto'
import { generateSignedCookie } from 'hono/cookie'
import type pg from 'pg'
import { hashKey } from '../../src/clinic/accounts/hash-key.ts'

interface NewSession {
  accountId: number | string
  /** The secret with which the stack signs its cookies. */
  authSecret: string
  /** Marks the sessions to delete later. */
  userAgent?: string
}

/** Signs an account in for a day by writing a session into the database. Returns what its browser sends as `Cookie`. */
export async function openSession(
  sql: pg.ClientBase | pg.Pool,
  { accountId, authSecret, userAgent }: NewSession,
): Promise<string> {
  const token = randomBytes(32).toString('hex')
  await sql.query(
    `insert into sessions (account_id, token_hash, expires_at, user_agent)
     values ($1, $2, now() + interval '1 day', $3)`,
    [accountId, hashKey(token), userAgent],
  )
  const options = { path: '/', secure: true }
  const cookie = await generateSignedCookie('__Host-session', `session:${token}`, authSecret, options)
  return cookie.split(';')[0] as string
}
