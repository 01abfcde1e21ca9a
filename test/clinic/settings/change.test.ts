import { beforeEach, expect, it } from 'vitest'
import { changeClinicSettings } from '../../../src/clinic/settings/change.ts'
import { findClinicSettings } from '../../../src/clinic/settings/find.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const as = () => clinic.context({ actor: { kind: 'admin', accountId: 1 } })
const events = async () =>
  (await sql.query('select kind, account_id, by_account_id::int, details from security_events order by id'))
    .rows

beforeEach(async () => {
  await sql.query('delete from security_events')
  // The admin of these tests has no passkey.
  await sql.query('update clinic_settings set staff_need_passkeys = false')
})

it('changes what is named, in one trip, and records what it was and is', async () => {
  const before = await findClinicSettings(as())
  expect(before).toMatchObject({ mostOpenAppointments: 4, staffNeedPasskeys: false })
  clinic.takeTrips()
  const wish = { mostOpenAppointments: 6, mostHolds: before.mostHolds, staffNeedPasskeys: true }
  const changed = await changeClinicSettings(as(), { ...wish, version: before.version })
  expect(clinic.takeTrips()).toHaveLength(1)
  const settings = { ...before, ...wish, version: before.version + 1 }
  expect(changed).toEqual({ ok: true, settings })
  expect(await findClinicSettings(as())).toEqual(settings)
  expect(await events()).toEqual([
    {
      kind: 'settings.changed',
      account_id: null,
      by_account_id: 1,
      details: {
        before: { most_open_appointments: 4, staff_need_passkeys: false },
        after: { most_open_appointments: 6, staff_need_passkeys: true },
      },
    },
  ])
})

it('keeps the version and records nothing when nothing changes', async () => {
  const { mostDependants, version } = await findClinicSettings(as())
  expect(await changeClinicSettings(as(), { mostDependants })).toMatchObject({ settings: { version } })
  expect(await events()).toEqual([])
})

it('of 16 who saw the same version, one changes it', async () => {
  const { version } = await findClinicSettings(as())
  const answers = await atOnce(16, (n) => changeClinicSettings(as(), { mostDependants: 10 + n, version }))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(answers.filter((answer) => !answer.ok && answer.refusal === 'stale')).toHaveLength(15)
  expect(await events()).toHaveLength(1)
})

it('repeats its answer for the same idempotency key', async () => {
  const { rows } = await sql.query(
    `insert into accounts (email, role) values ('admin@example.com', 'admin') returning id::int`,
  )
  const ctx = clinic.context({
    actor: { kind: 'admin', accountId: rows[0].id },
    idempotency: { key: 'once', fingerprint: '00' },
  })
  const first = await changeClinicSettings(ctx, { mostHolds: 5 })
  expect(await changeClinicSettings(ctx, { mostHolds: 5 })).toEqual(first)
  expect(await events()).toHaveLength(1)
})
