import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { CannotStart } from '../local/cannot-start.ts'
import { type Connection, openConnection } from '../local/connection.ts'
import { findDatabase } from '../local/data-directory.ts'
import { readAuthSecret } from '../local/dev-vars.ts'
import { openSession } from '../local/open-session.ts'

type Cookies = Parameters<BrowserContext['addCookies']>[0]

/** Who looks at the pages; `await using` removes what signing in has written. */
export interface People extends AsyncDisposable {
  /** The cookies of that person's browser; none for a visitor who is not signed in. */
  cookiesOf(who: string, origin: string): Promise<Cookies>
}

const emails: Record<string, string> = {
  zero: 'zero@example.com',
  desk: 'desk@example.com',
  strange: 'strange@example.com',
  admin: 'admin@example.com',
}

/** Signs people in through the stack's database. Through the page, the limit on codes would allow only a few runs an hour. */
export async function signInPeople(): Promise<People> {
  const url = process.env.DATABASE_URL ?? (await findDatabase(resolve(process.env.DATA_DIR || '.data')))
  if (!url) throw new CannotStart('No stack is running here. Set DATA_DIR to its directory, or DATABASE_URL.')
  await using opening = new AsyncDisposableStack()
  const sql = opening.use(await openConnection(url))
  const mark = `Screenshots ${randomUUID()}`
  const [newcomer, keyed] = [`newcomer-${randomUUID()}@example.com`, `keyed-${randomUUID()}@example.com`]
  opening.defer(async () => {
    await sql.query('delete from sessions where user_agent = $1', [mark])
    await sql.query('delete from accounts where email = any($1)', [[newcomer, keyed]])
  })
  await sql.query('insert into accounts (email) values ($1)', [newcomer])
  await openAccountWithPasskeys(sql, keyed)
  const authSecret = await readAuthSecret()
  const opened = opening.move()
  return {
    async cookiesOf(who, origin) {
      const email = { ...emails, newcomer, keyed }[who]
      if (!email) return []
      const accountId = await findAccount(sql, email)
      const [name = '', value = ''] = (
        await openSession(sql, { accountId, authSecret, userAgent: mark })
      ).split('=')
      if (who === 'keyed') await useItsPasskey(sql, accountId)
      // Chromium takes a Secure cookie for https only; localhost may then send it, too.
      const secureOrigin = origin.replace('http:', 'https:')
      return [{ name, value, url: secureOrigin, secure: true, httpOnly: true, sameSite: 'Lax' }]
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

async function findAccount(sql: Connection, email: string): Promise<number> {
  const { rows } = await sql.query('select id from accounts where email = $1', [email])
  if (!rows[0]) throw new CannotStart(`The database has no account ${email}: it needs the sample data.`)
  return rows[0].id
}

async function openAccountWithPasskeys(sql: Connection, email: string): Promise<void> {
  await sql.query(
    `with keyed as (
       insert into accounts (email, name, terms_accepted_at) values ($1, 'Siti', now()) returning id
     )
     insert into passkeys (account_id, credential_id, public_key, is_backed_up, name, created_at, last_used_at)
     select id, email || name, '', is_backed_up, name, now() - interval '9 days', now() - interval '1 hour'
     from keyed, (values ($1, 'Chrome, Android', true), ($1, 'Spare key', false)) passkey (email, name, is_backed_up)`,
    [email],
  )
}

/** Only such a session may change the account's passkeys. */
async function useItsPasskey(sql: Connection, accountId: number): Promise<void> {
  await sql.query(`update sessions set signed_in_with = 'code_and_passkey' where account_id = $1`, [
    accountId,
  ])
}
