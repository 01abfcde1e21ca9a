import { expect, it, vi } from 'vitest'
import { openClinic } from '../support/clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  openAccount,
  openDesk,
  openSession,
  registerPatient,
} from '../support/people.ts'

const clinic = await openClinic({ sendsMessages: true })
const { sql, origin } = clinic
const doctor = await hireDoctor(sql)
const patient = await registerPatient(sql, 'Budi Santoso')
const account = await openAccount(sql, {
  patientIds: [patient],
  email: 'budi@example.com',
  name: 'Budi Santoso',
})
const key = await openDesk(sql)

/** The calendar entries of the newest mail. */
const entries = () =>
  (clinic.mails[0]?.attachments ?? []).map(({ content }) => Buffer.from(content, 'base64').toString())

/** Waits for the queue, which gathers for a second. */
const arrived = (many: number) =>
  vi.waitFor(() => expect(clinic.mails).toHaveLength(many), { timeout: 20_000, interval: 50 })

it('a patient who books gets one confirmation at once, through the queue', async () => {
  const session = await openSession(sql, account)
  const send = (path: string, cookies: string[], fields: Record<string, string>) =>
    fetch(origin + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { Cookie: [session, ...cookies].join('; '), Origin: origin },
      body: new URLSearchParams(fields),
    })
  const slot = { visit_type_id: String(await defineVisitType(sql)), slot: `${doctor}/2031-01-06T02:00:00Z` }
  const held = await send('/booking/holds', [], slot)
  const cookies = held.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')
  const booked = await send(held.headers.get('Location') ?? '', cookies, { patient_id: String(patient) })
  expect(booked.status).toBe(303)
  await arrived(1)
  expect(clinic.mails[0]).toMatchObject({ to: 'budi@example.com' })
  expect(clinic.mails[0]?.text).toContain('Budi')
  expect(entries()).toEqual([expect.stringContaining('METHOD:REQUEST')])
  // It is marked a moment after it has arrived.
  const marked = () => sql.query('select kind, state, attempts, provider from messages')
  await expect
    .poll(async () => (await marked()).rows)
    .toEqual([{ kind: 'booked', state: 'sent', attempts: 1, provider: 'resend' }])
  expect((await sql.query('select from outbox')).rowCount).toBe(0)
})

it('what the clinic does is told after the grace period, without another request', async () => {
  await sql.query("update clinic_settings set grace_seconds = 2, quiet_from = '00:00', quiet_until = '00:00'")
  const { rows } = await sql.query('select id from appointments')
  const cancelled = await fetch(`${origin}/api/v1/appointments/${rows[0].id}/cancellation`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ cancellation: { reason: 'The doctor is ill' } }),
  })
  expect(cancelled.status).toBeLessThan(300)
  await arrived(2)
  const marked = () => sql.query('select kind, state from messages order by id')
  await expect
    .poll(async () => (await marked()).rows)
    .toEqual([
      { kind: 'booked', state: 'sent' },
      { kind: 'cancelled', state: 'sent' },
    ])
  const [{ id } = { id: 0 }] = rows
  expect(entries()).toEqual([expect.stringMatching(new RegExp(`METHOD:CANCEL[^]+UID:appointment-${id}@`))])
})
