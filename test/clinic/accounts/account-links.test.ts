import { expect, it } from 'vitest'
import { findVisitor } from '../../../src/clinic/accounts/find-actor.ts'
import { hashKey } from '../../../src/clinic/accounts/hash-key.ts'
import { makeAccountLink } from '../../../src/clinic/accounts/make-account-link.ts'
import { signInWithLink } from '../../../src/clinic/accounts/sign-in-with-link.ts'
import { Forbidden } from '../../../src/clinic/errors.ts'
import { desk } from '../../support/actors.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { openAccount } from '../../support/people.ts'
import { morning } from '../../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const day = 86_400_000
const context = (now = morning) => clinic.context({ actor: { kind: 'anonymous' }, now })

const makeLink = (email: string) =>
  makeAccountLink(clinic.context({ actor: { kind: 'system' }, now: morning }), { email })

const follow = (token: string, now = morning, replaces: string | null = null) =>
  signInWithLink(context(now), { token, replaces })

const refused = { ok: false, refusal: 'link_expired' }

it('a link for a new address makes its account, lets it in once and is kept as a hash', async () => {
  const { token, accountId, isNew } = await makeLink('new@example.com')
  expect(isNew).toBe(true)
  const { rows } = await sql.query('select token_hash from account_links where account_id = $1', [accountId])
  expect(rows).toEqual([{ token_hash: hashKey(token) }])
  clinic.takeTrips()
  const signedIn = await follow(token)
  expect(clinic.takeTrips()).toHaveLength(1)
  if (!signedIn.ok) throw new Error(signedIn.refusal)
  expect(signedIn.visitor).toMatchObject({ accountId, isComplete: false, actor: { kind: 'anonymous' } })
  expect(await findVisitor(clinic.context().db, hashKey(signedIn.token), morning)).toMatchObject(
    signedIn.visitor,
  )
  expect(await follow(token)).toEqual(refused)
})

it('works once when it is followed four times at once, and both outcomes are recorded', async () => {
  await openAccount(sql, { email: 'four@example.com' })
  const { token, isNew } = await makeLink('four@example.com')
  expect(isNew).toBe(false)
  await sql.query('delete from security_events')
  const answers = await atOnce(4, () => follow(token))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  const { rows } = await sql.query(
    "select kind, details->>'with' as by, details->>'why' as why, count(*)::int from security_events group by 1, 2, 3 order by 1",
  )
  expect(rows).toEqual([
    { kind: 'sign_in.refused', by: null, why: 'link_expired', count: 3 },
    { kind: 'sign_in.succeeded', by: 'link', why: null, count: 1 },
  ])
})

it('works for 24 hours, and not after another was made', async () => {
  await openAccount(sql, { email: 'late@example.com' })
  const first = await makeLink('late@example.com')
  const second = await makeLink('late@example.com')
  expect(await follow(first.token)).toEqual(refused)
  expect(await follow(second.token, new Date(morning.getTime() + day))).toEqual(refused)
  expect(await follow(second.token, new Date(morning.getTime() + day - 1))).toMatchObject({ ok: true })
})

it('counts refusals as it counts wrong codes: for the network, with an alarm, within the cap of the log', async () => {
  await sql.query('truncate security_counts, security_events')
  await sql.query(
    "insert into security_counts (kind, subject, since, times) values ('sign_in.refused', 'logged', date_bin('1 hour', $1, 'epoch'), 1999)",
    [morning],
  )
  clinic.takeHappenings()
  const source = { networkHash: 'a network', widerHash: 'a wider one', place: null, device: null }
  let requests = 0
  await atOnce(20, () => {
    const ctx = clinic.context({
      actor: { kind: 'anonymous' },
      now: morning,
      source,
      requestId: `${++requests}`,
    })
    return signInWithLink(ctx, { token: 'unknown', replaces: null })
  })
  const { rows: counts } = await sql.query('select subject, times from security_counts order by 1')
  expect(counts).toEqual([
    { subject: 'everyone', times: 20 },
    { subject: 'logged', times: 2000 },
    { subject: 'network:a network', times: 20 },
    { subject: 'wider:a wider one', times: 20 },
  ])
  expect((await sql.query('select from security_events')).rowCount).toBe(1)
  expect(clinic.takeHappenings()).toMatchObject([
    { kind: 'alarm.raised', what: 'sign_in.refused', by: 'network', times: 20 },
  ])
})

it('ends the session that the browser had', async () => {
  await openAccount(sql, { email: 'again@example.com' })
  const before = await follow((await makeLink('again@example.com')).token)
  if (!before.ok) throw new Error(before.refusal)
  expect(await follow((await makeLink('again@example.com')).token, morning, before.token)).toMatchObject({
    ok: true,
  })
  expect(await findVisitor(clinic.context().db, hashKey(before.token), morning)).toBeNull()
})

it('is made by nobody but the operator', async () => {
  for (const actor of [desk, { kind: 'admin', accountId: 1 } as const])
    await expect(makeAccountLink(clinic.context({ actor }), { email: 'x@example.com' })).rejects.toThrow(
      Forbidden,
    )
})
