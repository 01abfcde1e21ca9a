import { beforeAll, describe, expect, it } from 'vitest'
import { en } from '../../../src/i18n/en.ts'
import { asking, pagesFrom } from '../../support/api.ts'
import { openClinic } from '../../support/clinic.ts'
import { openAccount, openAdmin, openSession } from '../../support/people.ts'

const clinic = await openClinic()
const { origin, sql } = clinic
let cookie: string
let siti: number
let budi: number

const record = (kind: string, about: number | null, details: object, minutes: number) =>
  sql.query(
    `insert into security_events (at, kind, account_id, actor_kind, by_account_id, place, network_hash, details)
     values (timestamptz '2026-11-28 08:00Z' + $1 * interval '1 minute', $2, $3, 'admin', $4, 'Bandung, ID', 'n', $5)`,
    [minutes, kind, about, budi, details],
  )

beforeAll(async () => {
  siti = await openAccount(sql, { name: 'Siti' })
  budi = await openAccount(sql, { name: 'Budi', role: 'admin' })
  cookie = await openSession(sql, budi)
  await record('sign_in.code_sent', null, {}, 0)
  await record('sign_in.refused', siti, { why: 'wrong_code' }, 1)
  await record('sign_in.succeeded', siti, { with: 'code' }, 2)
  await record('session.ended', siti, { reason: 'everywhere' }, 3)
  await record('passkey.added', siti, {}, 4)
  await record('passkey.removed', siti, {}, 5)
  await record('role.changed', siti, { from: 'patient', to: 'front_desk' }, 6)
  await record('api_key.issued', siti, {}, 7)
  await record('api_key.revoked', siti, {}, 8)
  await record('data.exported', siti, {}, 9)
  await record('data.erased', siti, {}, 10)
  await record('settings.changed', null, {}, 11)
})

async function look(query = '') {
  const response = await fetch(`${origin}/admin/security${query}`, { headers: { Cookie: cookie } })
  const [, main = ''] = (await response.text()).split('<main')
  const rows = [...main.matchAll(/<td>([^<]+)<p/g)].map(([, sentence]) => sentence)
  return { status: response.status, main, rows }
}

describe('the page of the security log', () => {
  it('tells every kind of event in a sentence, newest first, in two trips', async () => {
    clinic.takeTrips()
    const { status, rows } = await look()
    expect(clinic.takeTrips().length).toBeLessThanOrEqual(2)
    expect(status).toBe(200)
    expect(rows).toEqual([
      'Clinic settings changed by Budi',
      'Data of Siti erased by Budi',
      'Data of Siti exported by Budi',
      'API key of Siti revoked by Budi',
      'API key issued for Siti by Budi',
      'Role of Siti changed from patient to front desk by Budi',
      'Siti removed a passkey',
      'Siti added a passkey',
      'Session of Siti ended: signed out everywhere',
      'Siti signed in with a code',
      'Sign-in refused for Siti: wrong code',
      'Sign-in code sent to an address without an account',
    ])
  })

  it('speaks Indonesian', async () => {
    const { main } = await look('?lang=id')
    expect(main).toContain('Peran Siti diubah dari pasien menjadi resepsionis oleh Budi')
  })

  it.each([
    ['?kind=role.changed', 1],
    ['?from=2026-11-28&to=2026-11-28', 12],
    ['?from=2026-11-29', 0],
    ['?to=2026-11-27', 0],
    ['?kind=', 12],
  ])('filters by %s', async (query, many) => {
    const { rows, main } = await look(query)
    expect(rows).toHaveLength(many)
    expect(main.includes(en.securityLog.none)).toBe(many === 0)
  })

  it('filters by account, and links to those of one', async () => {
    expect((await look(`?account_id=${siti}`)).rows).toHaveLength(10)
    expect((await look()).main).toContain(`href="/admin/security?account_id=${siti}"`)
  })

  it('says what is wrong with a filter', async () => {
    expect((await look('?account_id=x')).main).toContain('aria-invalid="true"')
    expect((await look('?from=2026-11-29&to=2026-11-28')).main).toContain('id="to-problem"')
  })

  it('shows fifty at a time', async () => {
    await sql.query(
      `insert into security_events (at, kind, actor_kind)
       select '2026-11-01Z'::timestamptz, 'role.changed', 'system' from generate_series(1, 45)`,
    )
    const { rows, main } = await look()
    expect(rows).toHaveLength(50)
    const [, next = ''] =
      /rel="next" href="([^"]+)"/.exec(main) ?? /href="([^"]+)" rel="next"/.exec(main) ?? []
    const second = await look(next.replaceAll('&amp;', '&').replace('/admin/security', ''))
    expect(second.rows).toHaveLength(7)
    expect(second.main).not.toContain('rel="next"')
    await sql.query("delete from security_events where at < '2026-11-02Z'")
  })

  it('shows the alarms of the last week on top', async () => {
    expect((await look()).main).not.toContain(en.securityLog.alarms)
    await sql.query(
      `insert into security_counts (kind, subject, since, times, alarm_request_id)
       values ('sign_in.refused', 'network:hash', now(), 25, 'x'), ('role.changed', 'everyone', now() - interval '8 days', 20, 'x')`,
    )
    const { main } = await look()
    expect(main).toContain('Refused sign-ins: 25 from one network,')
    expect(main).not.toContain('Changed roles: 20')
  })
})

describe('GET /api/v1/security-events', () => {
  it('lists the same events, with ids instead of names, in pages', async () => {
    const ask = asking(origin, await openAdmin(sql))
    const { body } = await ask('GET', '/security-events?kind=role.changed')
    expect(body).toMatchObject({
      security_events: [
        { account_id: siti, by_account_id: budi, details: { from: 'patient', to: 'front_desk' } },
      ],
    })
    expect(JSON.stringify(body)).not.toMatch(/Siti|Budi|@/)
    const ids: number[] = []
    for await (const page of pagesFrom(ask, '/security-events?limit=5'))
      ids.push(...page.body.security_events.map(({ id }: { id: number }) => id))
    expect(ids).toHaveLength(12)
    expect(ids).toEqual(ids.toSorted((one, other) => other - one))
  })
})
