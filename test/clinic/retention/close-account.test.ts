import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../src/clinic/context.ts'
import { closeAccount } from '../../../src/clinic/retention/close-account.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import {
  beginSession,
  defineVisitType,
  giveKey,
  givePasskey,
  hireDoctor,
  insertAppointment,
  openAccount,
  openPatient,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const now = new Date('2030-01-07T03:00:00Z')
const doctorId = await hireDoctor(sql)

async function openFamily() {
  const patientIds = [await registerPatient(sql, 'Siti'), await registerPatient(sql, 'Budi')]
  const actor = (await openPatient(sql, patientIds)) as Extract<Actor, { kind: 'patient' }>
  const { sessionHash } = await beginSession(sql, actor.accountId, new Date('2030-02-01'))
  return { ...actor, patientIds, ctx: clinic.context({ actor, now, sessionHash }) }
}

async function rowsOf(table: string, account: number): Promise<number> {
  const owner = table === 'api_keys' ? 'revoked_at is null and owner_id' : 'account_id'
  const { rows } = await sql.query(`select count(*)::int as many from ${table} where ${owner} = $1`, [
    account,
  ])
  return rows[0].many
}

const statusOf = async (id: number) =>
  (await sql.query('select status from appointments where id = $1', [id])).rows[0].status

const eventsOf = async (patient: number) =>
  (await sql.query('select kind, before from patient_events where patient_id = $1 order by id', [patient]))
    .rows

describe('closing one’s account', () => {
  it('ends sessions, keys and links in one trip, records it, and keeps the appointments', async () => {
    const { accountId, patientIds, ctx } = await openFamily()
    await giveKey(sql, accountId)
    await sql.query(`insert into account_links values ('link of ${accountId}', $1, now())`, [accountId])
    await sql.query(
      `with change as (
         insert into email_changes (account_id, new_email, session_hash, stop_hash, asked_at, expires_at)
         values ($1, 'new@example.com', 'x', 'stop of ${accountId}', $2, $2)
       )
       insert into sign_in_codes (email, browser_hash, network_hash, code_hash, sent_at, expires_at)
       select email, 'x', 'x', 'x', $2, $2 from accounts where id = $1`,
      [accountId, now],
    )
    const appointment = await insertAppointment(sql, {
      doctorId,
      patientId: patientIds[1] as number,
      startAt: '2030-01-09T03:00:00Z',
    })
    clinic.takeTrips()
    expect(await closeAccount(ctx, { cancelsAppointments: false })).toEqual({
      ok: true,
      ended: [ctx.sessionHash],
    })
    expect(clinic.takeTrips()).toHaveLength(1)
    for (const table of ['sessions', 'api_keys', 'account_patients', 'account_links', 'email_changes'])
      expect([table, await rowsOf(table, accountId)]).toEqual([table, 0])
    const { rows } = await sql.query('select email, name, closed_at from accounts where id = $1', [accountId])
    expect(rows).toEqual([{ email: `closed-${accountId}@account.invalid`, name: '', closed_at: now }])
    expect((await sql.query('select from sign_in_codes')).rowCount).toBe(0)
    expect(await statusOf(appointment)).toBe('booked')
    expect(await eventsOf(patientIds[0] as number)).toEqual([
      { kind: 'patient.unlinked', before: { account_id: accountId, relation: 'self' } },
    ])
    const log = await sql.query('select kind from security_events where account_id = $1 order by id', [
      accountId,
    ])
    expect(log.rows.map(({ kind }) => kind)).toEqual(['session.ended', 'api_key.revoked', 'account.closed'])
  })

  it('cancels what is still to come, if asked, except for patients whom another account books for', async () => {
    const { accountId, patientIds, ctx } = await openFamily()
    const [own, shared] = patientIds as [number, number]
    const other = await openPatient(sql, [await registerPatient(sql), shared])
    expect(other).toBeTruthy()
    const visitTypeId = await defineVisitType(sql)
    const at = (startAt: string, patientId: number, status = 'booked') =>
      insertAppointment(sql, { doctorId, patientId, visitTypeId, startAt, status })
    const ids = {
      past: await at('2030-01-06T03:00:00Z', own),
      next: await at('2030-01-10T03:00:00Z', own),
      held: await at('2030-01-10T04:00:00Z', own, 'pending'),
      shared: await at('2030-01-10T05:00:00Z', shared),
    }
    clinic.takeHappenings()
    expect(await closeAccount(ctx, { cancelsAppointments: true })).toMatchObject({ ok: true })
    expect(await Promise.all(Object.values(ids).map(statusOf))).toEqual([
      'booked',
      'cancelled',
      'cancelled',
      'booked',
    ])
    expect(clinic.takeHappenings()).toMatchObject([
      { kind: 'appointment.cancelled', appointmentId: ids.next, after: { occupies: false } },
      { kind: 'appointment.released', appointmentId: ids.held },
      { kind: 'account.changed', accountId },
    ])
  })

  it('lets sixteen at once close it once', async () => {
    const { ctx, accountId } = await openFamily()
    const outcomes = await atOnce(16, () =>
      closeAccount(ctx, { cancelsAppointments: true }).catch((e) => e.name),
    )
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    const log = await sql.query(
      `select from security_events where kind = 'account.closed' and account_id = $1`,
      [accountId],
    )
    expect(log.rowCount).toBe(1)
  })

  it('needs the passkey of an account that has one', async () => {
    const { ctx, accountId } = await openFamily()
    await givePasskey(sql, accountId)
    expect(await closeAccount(ctx, { cancelsAppointments: false })).toEqual({
      ok: false,
      refusal: 'not_confirmed',
    })
    await sql.query(`update sessions set signed_in_with = 'passkey' where account_id = $1`, [accountId])
    expect(await closeAccount(ctx, { cancelsAppointments: false })).toMatchObject({ ok: true })
    expect(await rowsOf('passkeys', accountId)).toBe(0)
  })

  it('is refused to the last admin, also after others closed theirs', async () => {
    const former = await openAccount(sql, { role: 'admin' })
    await sql.query('update accounts set closed_at = $2 where id = $1', [former, now])
    const accountId = await openAccount(sql, { role: 'admin' })
    const { sessionHash } = await beginSession(sql, accountId, new Date('2030-02-01'))
    await sql.query('update sessions set last_seen_at = $1, created_at = $1 where token_hash = $2', [
      now,
      sessionHash,
    ])
    const ctx = clinic.context({ actor: { kind: 'admin', accountId }, now, sessionHash })
    expect(await closeAccount(ctx, { cancelsAppointments: false })).toEqual({
      ok: false,
      refusal: 'last_admin',
    })
  })

  it('gives a closed account no link any more', async () => {
    const { ctx, accountId } = await openFamily()
    await closeAccount(ctx, { cancelsAppointments: false })
    const patient = await registerPatient(sql)
    await sql.query(`insert into account_patients values ($1, $2, 'self')`, [accountId, patient])
    expect(await rowsOf('account_patients', accountId)).toBe(0)
  })
})
