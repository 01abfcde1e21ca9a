import { expect, it } from 'vitest'
import { roles } from '../../../drizzle/schema/accounts.ts'
import { findVisitor } from '../../../src/clinic/accounts/find-actor.ts'
import { hashKey } from '../../../src/clinic/accounts/hash-key.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, openAccount } from '../../support/people.ts'
import { morning } from '../../support/sending.ts'

const clinic = await openClinic({ worker: false })
const hour = 3_600_000
const day = 24 * hour
const before = (milliseconds: number) => new Date(morning.getTime() - milliseconds)

const cases = [
  { what: 'just used', seen: 0, opened: 29 * day, letsIn: ['patient'] },
  { what: 'used 12 hours ago, less a second', seen: 12 * hour - 1_000, opened: day, letsIn: [...roles] },
  { what: 'used 12 hours ago', seen: 12 * hour, opened: day, letsIn: ['patient'] },
  { what: 'opened 7 days ago, less a second', seen: hour, opened: 7 * day - 1_000, letsIn: [...roles] },
  { what: 'opened 7 days ago', seen: hour, opened: 7 * day, letsIn: ['patient'] },
  { what: 'opened 30 days ago', seen: hour, opened: 30 * day, letsIn: [] },
]

it.each(cases)('a session $what lets in: $letsIn', async ({ seen, opened, letsIn }) => {
  const doctorId = await hireDoctor(clinic.sql)
  const actual: string[] = []
  for (const role of roles) {
    const account = await openAccount(clinic.sql, { role, ...(role === 'doctor' && { doctorId }) })
    const token = `a session of ${account}`
    await clinic.sql.query(
      `insert into sessions (account_id, token_hash, created_at, last_seen_at, expires_at)
       values ($1, encode(sha256($2::bytea), 'hex'), $3, $4, $3::timestamptz + interval '30 days')`,
      [account, token, before(opened), before(seen)],
    )
    if (await findVisitor(clinic.context().db, hashKey(token), morning)) actual.push(role)
  }
  expect(actual).toEqual(letsIn)
})
