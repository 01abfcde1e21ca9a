import { Hono } from 'hono'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppointmentFailure } from '../../src/clinic/health/count-failures.ts'
import type { AppEnv } from '../../src/http/app-env.ts'
import { countAppointmentFailures } from '../../src/observability/appointment-failures.ts'
import { traced } from '../../src/observability/trace.ts'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { atOnce } from '../support/concurrency.ts'
import {
  defineVisitType,
  giveKey,
  hireDoctor,
  openAccount,
  openSession,
  registerPatient,
} from '../support/people.ts'

const clinic = await openClinic()
const { origin, sql } = clinic
let doctor: number
let visitType: number
let patient: number
let account: number

beforeAll(async () => {
  visitType = await defineVisitType(sql)
  doctor = await hireDoctor(sql, { visitTypes: [visitType] })
  patient = await registerPatient(sql, 'Siti Rahayu')
  account = await openAccount(sql, { patientIds: [patient] })
})
beforeEach(async () => void (await sql.query('delete from appointment_failures')))

/** The counts once they add up to `many`: failures are counted after the answer. */
function counted(many: number) {
  return vi.waitFor(
    async () => {
      const { rows } = await sql.query(
        'select door, code, doctor_id::int as doctor, failures from appointment_failures order by 1, 2, 3',
      )
      expect(rows.reduce((sum, { failures }) => sum + failures, 0)).toBe(many)
      return rows
    },
    { timeout: 15_000, interval: 50 },
  )
}

const form = (fields: Record<string, string>, cookie = '') => ({
  method: 'POST',
  redirect: 'manual' as const,
  headers: { Origin: origin, ...(cookie && { Cookie: cookie }) },
  body: new URLSearchParams(fields),
})

describe('in the Worker', () => {
  it('every refusal about an appointment is counted, by the API and the pages', async () => {
    const ask = asking(origin, await giveKey(sql, account))
    const slot = (hour: string) => ({
      visit_type_id: visitType,
      doctor_id: doctor,
      start_at: `2030-01-07T${hour}:00Z`,
    })
    const booked = await ask('POST', '/appointments', { appointment: slot('09') })
    expect(booked.status).toBe(201)
    await ask('POST', '/appointments', { appointment: slot('09') })
    await ask('POST', '/holds', { hold: { ...slot('10'), doctor_id: 999_999 } })
    const { appointment } = booked.body
    await ask('DELETE', `/holds/${appointment.id}`)
    await ask('POST', `/appointments/${appointment.id}/cancellation`, { cancellation: { reason: 7 } })
    await ask('POST', '/walk-ins', { walk_in: slot('12') })
    const cookie = await openSession(sql, account)
    await fetch(
      `${origin}/booking/holds`,
      form({ visit_type_id: String(visitType), slot: `${doctor}/2030-01-07T09:00:00Z` }),
    )
    await fetch(`${origin}/appointments/${appointment.id}/times`, form({ slot: 'nonsense' }, cookie))
    await fetch(
      `${origin}/booking/holds`,
      form({ visit_type_id: String(visitType), slot: `${doctor}/2020-01-07T09:00:00Z` }, cookie),
    )
    expect(await counted(8)).toEqual([
      { door: 'api', code: 'forbidden', doctor, failures: 1 },
      { door: 'api', code: 'invalid', doctor, failures: 1 },
      { door: 'api', code: 'not_found', doctor: null, failures: 1 },
      { door: 'api', code: 'slot_taken', doctor, failures: 1 },
      { door: 'api', code: 'wrong_status', doctor, failures: 1 },
      { door: 'web', code: 'in_the_past', doctor, failures: 1 },
      { door: 'web', code: 'invalid', doctor, failures: 1 },
      { door: 'web', code: 'slot_taken', doctor, failures: 1 },
    ])
  })

  it('reads and refusals about anything else are not', async () => {
    await asking(origin, 'unknown-key')('GET', '/appointments/7')
    await fetch(`${origin}/booking/holds/7`, { redirect: 'manual' })
    await fetch(`${origin}/sign-in`, form({ email: 'no address' }))
    // If the others were counted, they would be counted together with this one.
    await fetch(`${origin}/booking/holds`, form({ slot: 'nonsense' }))
    expect(await counted(1)).toMatchObject([{ code: 'invalid', door: 'web' }])
  })
})

describe('counting', () => {
  /** A door that refuses everything; each pause ends in `settle`. */
  function openDoor(count: (failures: AppointmentFailure[]) => Promise<void>, writeDataPoint = vi.fn()) {
    const pauses: (() => void)[] = []
    const work: Promise<unknown>[] = []
    const app = new Hono<AppEnv>()
    app.use((c, next) => {
      const about = () => ({ route: c.req.path, doctor_id: 7 })
      const waitUntil = (promise: Promise<unknown>) => work.push(promise)
      const trace = {
        requestId: 'test',
        spent: { trips: 0, tripMs: 0 },
        isRepeatable: false,
        about,
        waitUntil,
      }
      return traced({ ...trace, door: 'api' }, next)
    })
    const pause = () => new Promise<void>((resolve) => pauses.push(resolve))
    app.use(countAppointmentFailures({ count, points: { writeDataPoint }, pause }))
    app.post('*', (c) => {
      c.set('clinic', clinic.context())
      c.set('refusal', 'slot_taken')
      return c.text('', 409)
    })
    const refuse = async () => (await app.request('/api/v1/appointments', { method: 'POST' })).status
    const settle = async () => {
      for (const end of pauses.splice(0)) end()
      await Promise.all(work.splice(0))
    }
    return { refuse, settle, writeDataPoint }
  }

  it('takes one trip for a storm of refusals', async () => {
    const trips: number[] = []
    const door = openDoor(async (failures) => void trips.push(failures.length))
    await atOnce(500, door.refuse)
    expect(trips).toEqual([])
    await door.settle()
    expect(trips).toEqual([500])
  })

  it('keeps uncounted failures for the next trip, and never changes the answer', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const trips: number[] = []
    let isAway = true
    const door = openDoor(async (failures) => {
      if (isAway) throw new Error('away')
      trips.push(failures.length)
    })
    expect(await door.refuse()).toBe(409)
    await door.settle()
    expect(warn.mock.calls.join()).toContain('failures not counted')
    isAway = false
    expect(await door.refuse()).toBe(409)
    await door.settle()
    expect(trips).toEqual([2])
    warn.mockRestore()
  })

  it('never delays an answer', async () => {
    const door = openDoor(() => new Promise(() => {}))
    expect(await door.refuse()).toBe(409)
    void door.settle()
    expect(await door.refuse()).toBe(409)
  })

  it('sends Analytics Engine one point each', async () => {
    const door = openDoor(async () => {})
    await door.refuse()
    expect(door.writeDataPoint.mock.calls).toEqual([
      [
        {
          indexes: ['slot_taken'],
          blobs: ['slot_taken', 'api', '7', 'POST /api/v1/appointments'],
          doubles: [1],
        },
      ],
    ])
  })

  it('does not change the answer when Analytics Engine fails', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const door = openDoor(
      async () => {},
      vi.fn(() => {
        throw new Error('full')
      }),
    )
    expect(await door.refuse()).toBe(409)
    expect(warn.mock.calls.join()).toContain('Analytics Engine not notified')
    warn.mockRestore()
  })
})
