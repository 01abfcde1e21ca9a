import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { findVisitor } from '../../../src/clinic/accounts/find-actor.ts'
import { hashKey } from '../../../src/clinic/accounts/hash-key.ts'
import { openClinic } from '../../support/clinic.ts'
import { openAccount } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic

async function migrate(isWanted: (file: string) => boolean): Promise<void> {
  const files = readdirSync('migrations').filter((file) => file.endsWith('.sql'))
  for (const file of files.filter(isWanted).sort())
    await sql.query(readFileSync(`migrations/${file}`, 'utf8'))
}

it('a session that was open at the migration to hashed tokens stays open', async () => {
  await sql.query('drop schema public cascade; create schema public')
  await migrate((file) => file < '0024')
  const account = await openAccount(sql, { name: 'Nina' })
  const open = 'insert into sessions (account_id, token, expires_at) values ($1, $2, $3)'
  await sql.query(open, [account, 'w5Kq-Ö\\x', new Date('2031-01-01')])
  await migrate((file) => file >= '0024')
  await sql.query(
    'grant usage on schema public to public; grant all on all tables in schema public to public',
  )
  const { db } = clinic.context()
  expect(await findVisitor(db, hashKey('w5Kq-Ö\\x'), new Date())).toMatchObject({ name: 'Nina' })
  // The previous release's Worker keeps opening sessions until it is replaced.
  await sql.query(open, [account, 'another', new Date('2031-01-01')])
})
