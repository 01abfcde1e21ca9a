import { expect, it } from 'vitest'
import { issueApiKey } from '../../../src/clinic/accounts/api-keys.ts'
import { changeRole } from '../../../src/clinic/accounts/manage-accounts.ts'
import { Forbidden, NotFound } from '../../../src/clinic/errors.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { giveKey, hireDoctor, openAccount, openSession } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const admin = await openAccount(clinic.sql, { role: 'admin' })
const asAdmin = () => clinic.context({ actor: { kind: 'admin', accountId: admin } })

async function readAccount(account: number) {
  const { rows } = await clinic.sql.query(
    `select role, (select count(*)::int from sessions where account_id = accounts.id) as sessions,
       (select count(*)::int from api_keys where owner_id = accounts.id and revoked_at is null) as keys
     from accounts where id = $1`,
    [account],
  )
  return rows[0]
}

async function openDeskAccount() {
  const account = await openAccount(clinic.sql, { role: 'front_desk' })
  await openSession(clinic.sql, account)
  await giveKey(clinic.sql, account, { role: 'front_desk' })
  return account
}

it('a new role signs out everywhere and revokes keys, in one trip', async () => {
  const account = await openDeskAccount()
  clinic.takeTrips()
  const doctorId = await hireDoctor(clinic.sql)
  expect(await changeRole(asAdmin(), account, { role: 'doctor', doctorId })).toMatchObject({
    ok: true,
    account: { role: 'doctor', doctorId },
  })
  expect(clinic.takeTrips()).toHaveLength(1)
  expect(await readAccount(account)).toEqual({ role: 'doctor', sessions: 0, keys: 0 })
})

it('an unknown doctor is refused and nothing changes', async () => {
  const account = await openDeskAccount()
  const changing = changeRole(asAdmin(), account, { role: 'doctor', doctorId: 999_999 })
  await expect(changing).rejects.toEqual(new NotFound('doctor'))
  expect(await readAccount(account)).toEqual({ role: 'front_desk', sessions: 1, keys: 1 })
})

it('admins cannot change their own role or an unknown account’s', async () => {
  await expect(changeRole(asAdmin(), admin, { role: 'patient' })).rejects.toThrow(Forbidden)
  await expect(changeRole(asAdmin(), 999_999, { role: 'patient' })).rejects.toEqual(new NotFound('account'))
})

it.each(['role.changed', 'api_key.issued'])(
  'the tenth %s of an hour tells of an alarm, once',
  async (kind) => {
    const account = await openDeskAccount()
    const now = new Date('2030-03-04T05:06:07Z')
    const key = {
      name: 'A ward',
      ownerId: account,
      role: 'front_desk',
      scopes: ['appointments:read'],
    } as const
    let requests = 0
    const act = async () => {
      const first = `request ${++requests}`
      const idempotency = { key: `${kind} ${first}`, fingerprint: '00' }
      for (const requestId of [first, `${first} again`]) {
        const ctx = clinic.context({
          actor: { kind: 'admin', accountId: admin },
          now,
          requestId,
          idempotency,
        })
        if (kind === 'role.changed') await changeRole(ctx, account, { role: 'front_desk' })
        else await issueApiKey(ctx, { ...key, scopes: [...key.scopes] })
      }
    }
    const alarms = () => clinic.takeHappenings().filter((told) => told.kind === 'alarm.raised')
    await atOnce(9, act)
    expect(alarms()).toEqual([])
    await atOnce(3, act)
    expect(alarms()).toMatchObject([{ what: kind, by: 'everyone', times: 10 }])
  },
)
