import { beforeEach, expect, it } from 'vitest'
import { endAllSessions, endSession, signOut } from '../../../src/clinic/accounts/end-sessions.ts'
import { hashKey } from '../../../src/clinic/accounts/hash-key.ts'
import { readAccountPage } from '../../../src/clinic/accounts/read-account-page.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { Forbidden, NoLongerSignedIn, NotFound, NotSignedIn } from '../../../src/clinic/errors.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { openAccount } from '../../support/people.ts'
import { morning } from '../../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
let own: number
let other: number

beforeEach(async () => {
  await sql.query('delete from sessions')
  await sql.query('truncate security_events')
  own = await openAccount(sql, { name: 'Nina', email: `nina-${crypto.randomUUID()}@example.com` })
  other = await openAccount(sql)
})

async function open(account: number, token: string, hoursAgo = 0): Promise<number> {
  const { rows } = await sql.query(
    `insert into sessions (account_id, token_hash, created_at, last_seen_at, expires_at, device, place)
     values ($1, $2, $3, $3, $3::timestamptz + interval '30 days', $4, 'Bandung, ID') returning id::int`,
    [account, hashKey(token), new Date(morning.getTime() - hoursAgo * 3_600_000), `The device of ${token}`],
  )
  return rows[0].id
}

const as = (accountId: number, token = 'none', kind: 'patient' | 'admin' = 'patient') =>
  clinic.context({
    actor: kind === 'admin' ? { kind, accountId } : { kind, accountId, patientIds: [] },
    now: morning,
    sessionHash: hashKey(token),
    source: { networkHash: 'a network', widerHash: 'a wider network', place: 'Jakarta, ID', device: null },
  })

const openTokens = async () => {
  const { rows } = await sql.query('select device from sessions order by id')
  return rows.map(({ device }) => device.replace('The device of ', ''))
}

const recorded = async () => {
  const { rows } = await sql.query(
    'select kind, account_id::int, by_account_id::int, place, details from security_events order by id',
  )
  return rows
}

it('lists the open sessions of the account: this one, then the last used, in one trip', async () => {
  const [tablet, phone, laptop] = [
    await open(own, 'tablet', 5),
    await open(own, 'phone', 2),
    await open(own, 'laptop', 9),
  ]
  await open(own, 'expired', 31 * 24)
  await open(other, 'stranger')
  clinic.takeTrips()
  const { name, sessions } = await readAccountPage(as(own, 'laptop'))
  expect(clinic.takeTrips()).toHaveLength(1)
  expect(name).toBe('Nina')
  expect(sessions.map(({ id, isCurrent }) => [id, isCurrent])).toEqual([
    [laptop, true],
    [phone, false],
    [tablet, false],
  ])
  expect(sessions[1]).toMatchObject({
    device: 'The device of phone',
    place: 'Bandung, ID',
    lastSeenAt: new Date(morning.getTime() - 2 * 3_600_000),
  })
})

it('lists no session that the idle limit of staff has ended', async () => {
  await sql.query(`update accounts set role = 'admin' where id = $1`, [own])
  await open(own, 'idle', 13)
  await open(own, 'used', 11)
  const { sessions } = await readAccountPage(as(own, 'used', 'admin'))
  expect(sessions.map(({ device }) => device)).toEqual(['The device of used'])
})

it('ends one of one’s own sessions, in one trip, and records it', async () => {
  const phone = await open(own, 'phone')
  await open(own, 'laptop')
  clinic.takeTrips()
  expect(await endSession(as(own, 'laptop'), phone)).toEqual([hashKey('phone')])
  expect(clinic.takeTrips()).toHaveLength(1)
  expect(await openTokens()).toEqual(['laptop'])
  expect(await recorded()).toEqual([
    {
      kind: 'session.ended',
      account_id: own,
      by_account_id: own,
      place: 'Jakarta, ID',
      details: { reason: 'ended_by_owner', session_id: phone },
    },
  ])
})

it('another account’s session looks like an unknown one and stays open', async () => {
  const session = await open(other, 'stranger')
  await open(own, 'phone')
  for (const id of [session, session + 1_000])
    await expect(endSession(as(own, 'phone'), id)).rejects.toThrow(NotFound)
  expect(await openTokens()).toEqual(['stranger', 'phone'])
  expect(await recorded()).toEqual([])
})

it('a session that has ended ends no other', async () => {
  const phone = await open(own, 'phone')
  await expect(endSession(as(own, 'laptop'), phone)).rejects.toThrow(NoLongerSignedIn)
  await expect(endAllSessions(as(own, 'laptop'))).rejects.toThrow(NoLongerSignedIn)
  expect(await openTokens()).toEqual(['phone'])
})

it('ends all sessions of the account and no other, and records each', async () => {
  for (const token of ['phone', 'laptop']) await open(own, token)
  await open(other, 'stranger')
  const ended = await endAllSessions(as(own, 'laptop'))
  expect(ended.toSorted()).toEqual([hashKey('phone'), hashKey('laptop')].toSorted())
  expect(await openTokens()).toEqual(['stranger'])
  expect((await recorded()).map(({ details }) => details.reason)).toEqual(['everywhere', 'everywhere'])
})

it('signing out ends one session, and ending it again records nothing more', async () => {
  await open(own, 'phone')
  const ended = await atOnce(8, () => signOut(as(own, 'phone'), 'phone'))
  expect(ended.flat()).toEqual([hashKey('phone')])
  expect((await recorded()).map(({ details }) => details.reason)).toEqual(['signed_out'])
})

it.each([
  ['nobody', { kind: 'anonymous' }, NotSignedIn],
  [
    'an API key without the scope',
    { kind: 'api_client', keyId: 1, scopes: ['clinic:manage'], actsFor: { kind: 'admin', accountId: 1 } },
    Forbidden,
  ],
] satisfies [string, Actor, unknown][])('%s sees and ends no sessions', async (_who, actor, refusal) => {
  const ctx = clinic.context({ actor })
  await expect(readAccountPage(ctx)).rejects.toThrow(refusal)
  await expect(endSession(ctx, 1)).rejects.toThrow(refusal)
  await expect((async () => endAllSessions(ctx))()).rejects.toThrow(refusal)
})
