import { expect, it } from 'vitest'
import { changeRole } from '../../../src/clinic/accounts/manage-accounts.ts'
import { tally } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { giveKey, openAccount } from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic

async function countAdmins(): Promise<number> {
  const { rows } = await sql.query("select count(*)::int as many from accounts where role = 'admin'")
  return rows[0].many
}

async function dismissAll(): Promise<void> {
  await sql.query("update accounts set role = 'patient' where role = 'admin'")
}

async function demote(key: string, account: number): Promise<string> {
  const response = await fetch(`${clinic.origin}/api/v1/accounts/${account}`, {
    method: 'PATCH',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', 'If-Match': '*' },
    body: JSON.stringify({ account: { role: 'patient' } }),
  })
  // Seen by a client that has just been answered, while others are still at it.
  expect(await countAdmins()).toBeGreaterThan(0)
  return String(response.status)
}

it.each([2, 16])(
  '64 clients of %i admins demote one another at once: an admin always remains',
  async (many) => {
    await dismissAll()
    const admins = await atOnce(many, () => openAccount(sql, { role: 'admin' }))
    const clients = await atOnce(64, async (n) => ({
      key: await giveKey(sql, admins[n % many] as number, { role: 'admin' }),
      other: admins[(n + 1 + (n % (many - 1))) % many] as number,
    }))
    // The isolate knows every key before the storm.
    await Promise.all(
      clients.map(({ key }) =>
        fetch(`${clinic.origin}/api/v1/accounts`, { headers: { Authorization: `Bearer ${key}` } }),
      ),
    )
    const answers = await Promise.all(clients.map(({ key, other }) => demote(key, other)))
    // So many changes raise an alarm.
    clinic.takeLines()
    expect(
      Object.keys(tally(answers, (status) => status)).filter(
        (status) => !['200', '401', '403'].includes(status),
      ),
    ).toEqual([])
    expect(await countAdmins()).toBeGreaterThan(0)
  },
)

it('an operator who demotes every admin at once is refused the last one', async () => {
  await dismissAll()
  const admins = await atOnce(16, () => openAccount(sql, { role: 'admin' }))
  const operator = clinic.context({ actor: { kind: 'system' } })
  const answers = await Promise.all(
    admins.map((account) => changeRole(operator, account, { role: 'front_desk' })),
  )
  expect(answers.filter(({ ok }) => !ok)).toEqual([{ ok: false, refusal: 'last_admin' }])
  expect(await countAdmins()).toBe(1)
})
