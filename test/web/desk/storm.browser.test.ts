import fc from 'fast-check'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { asking } from '../../support/api.ts'
import { openClinic } from '../../support/clinic.ts'
import { openDeskDay } from '../../support/desk-day.ts'
import { openAccount, openDesk, openSession, registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
const operations = 400
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it('after a storm of two front desks against API clients, both screens show what the database says', async () => {
  const day = await openDeskDay(clinic, ['Dr. Ayu', 'Dr. Bima', 'Dr. Citra'])
  const screens = [await day.sitDown(browser), await day.sitDown(browser)]
  const patients = await Promise.all(
    Array.from({ length: 30 }, (_, n) => registerPatient(sql, `Patient ${String.fromCharCode(65 + n)}x`)),
  )
  const pick = draws(patients.length)
  const times = Array.from({ length: 36 }, (_, n) =>
    new Date(Date.UTC(2000, 0, 1, 8, 15 * n)).toISOString().slice(11, 16),
  )
  const anyClockTime = () => times[pick(times.length)] ?? ''
  const anyInstant = () => day.instant(anyClockTime())
  const anyDoctor = () => day.doctors[pick(day.doctors.length)]
  const anyAppointment = async () => {
    const { rows } = await sql.query('select id, event_count from appointments order by id')
    return rows[pick(Math.max(rows.length, 1))] as { id: number; event_count: number } | undefined
  }

  /** A client of the API, which acts for its own front desk account. */
  const apiClient = async () => {
    const ask = asking(origin, await openDesk(sql))
    return async () => {
      const one = await anyAppointment()
      const at = one ? `/appointments/${one.id}` : ''
      const book = () => ask('POST', '/appointments', wish())
      const acts = [
        book,
        book,
        book,
        book,
        () => ask('POST', `${at}/arrival`),
        () => ask('POST', `${at}/cancellation`, { cancellation: { reason: 'The patient asked' } }),
        () => ask('PATCH', at, { appointment: { start_at: anyInstant(), override_reason: 'Storm' } }),
        () => ask('POST', `${at}/start`),
        () => ask('POST', `${at}/completion`),
      ]
      const answer = (await acts[pick(acts.length)]?.()) ?? { status: 0 }
      const { status } = answer
      expect(status).toBeLessThan(500)
    }
  }
  const wish = () => ({
    appointment: {
      doctor_id: anyDoctor(),
      patient_id: patients[pick(patients.length)],
      visit_type_id: day.visitTypes[0],
      start_at: anyInstant(),
      override_reason: 'Storm',
    },
  })

  /** A front desk that presses what its pages offer, with the version it saw, which may be old. */
  const frontDesk = async () => {
    const session = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
    const headers = { Cookie: session, Origin: origin }
    return async () => {
      const one = await anyAppointment()
      if (!one) return
      const version = String(one.event_count - (pick(4) === 0 ? 1 : 0))
      const fields = { version, form_key: crypto.randomUUID(), return_to: day.address, reason: 'Storm' }
      const what = ['arrival', 'start', 'completion', 'no-show', 'undo', 'cancellation', 'move'][pick(7)]
      const move = {
        doctor_id: String(anyDoctor()),
        start_at: `${day.on}T${anyClockTime()}`,
        override_reason: 'Storm',
      }
      const body = new URLSearchParams({ ...fields, ...(what === 'move' && move) })
      const address = `${origin}/desk/appointments/${one.id}/${what}`
      const { status } = await fetch(address, { method: 'POST', redirect: 'manual', headers, body })
      expect(status).toBeLessThan(500)
    }
  }

  const clients = await Promise.all(
    [apiClient, apiClient, apiClient, frontDesk, frontDesk].map((open) => open()),
  )
  await Promise.all(
    clients.map(async (act) => {
      for (let n = 0; n < operations / clients.length; n++) await act()
    }),
  )
  const truth = await inDatabase(day.on)
  expect(Object.keys(truth).length).toBeGreaterThan(10)
  for (const screen of screens) await expect.poll(() => onScreen(screen), { timeout: 10_000 }).toEqual(truth)
  const { rows } = await sql.query('select kind from events where account_id is null')
  expect(rows).toEqual([])
}, 300_000)

/** Numbers below a bound, the same in every run. */
function draws(seed: number): (below: number) => number {
  const numbers = fc.sample(fc.nat(1_000_000), { numRuns: 20_000, seed })
  let at = 0
  return (below) => (numbers[at++ % numbers.length] ?? 0) % below
}

/** Where each appointment that takes time stands. */
async function inDatabase(on: string): Promise<Record<string, string>> {
  const { rows } = await sql.query(
    `select appointments.id, status, started_at is not null as is_started, doctor_id,
       to_char(start_at at time zone location.time_zone, 'YYYY-MM-DD"T"HH24:MI') as start
     from appointments join locations location on location.id = location_id
     where status <> 'cancelled' and (start_at at time zone location.time_zone)::date = $1`,
    [on],
  )
  return Object.fromEntries(
    rows.map(({ id, status, is_started, doctor_id, start }) => [
      id,
      `${status === 'arrived' && is_started ? 'with_doctor' : status} ${doctor_id} ${start}`,
    ]),
  )
}

function onScreen(page: Page): Promise<Record<string, string>> {
  return page.locator('#day [data-id]:not(.is-cancelled)').evaluateAll((entries) =>
    Object.fromEntries(
      entries.map((entry) => {
        const { id = '', status = '', doctor, start } = (entry as HTMLElement).dataset
        return [id, `${status === 'late' ? 'booked' : status} ${doctor} ${start}`]
      }),
    ),
  )
}
