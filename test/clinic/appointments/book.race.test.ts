import { beforeAll, describe, expect, it } from 'vitest'
import { tally } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce, countDeadlocks, untilBlocked } from '../../support/concurrency.ts'
import { findOverlaps } from '../../support/overlaps.ts'
import { hireDoctor, openDesk, registerPatient } from '../../support/people.ts'

const rivals = 64
const rounds = 8
/** Of the Worker to PostgreSQL, at most. */
const connections = 32
const clinic = await openClinic()
let key: string

beforeAll(async () => {
  key = await openDesk(clinic.sql)
})

interface Wish {
  doctorId: number
  patientId: number
  /** Minutes after the round's own hour. */
  startsAfter?: number
}

/** Sends every request at once, over HTTP. */
function storm(round: number, wishes: Wish[]): Promise<{ status: number; code: string | undefined }[]> {
  const hour = Date.parse('2030-01-07T00:00:00Z') + round * 3_600_000
  return Promise.all(
    wishes.map(async ({ doctorId, patientId, startsAfter = 0 }) => {
      const start = hour + startsAfter * 60_000
      const appointment = {
        doctor_id: doctorId,
        patient_id: patientId,
        start_at: new Date(start).toISOString(),
        end_at: new Date(start + 30 * 60_000).toISOString(),
      }
      const response = await fetch(`${clinic.origin}/api/v1/appointments`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
        body: JSON.stringify({ appointment }),
      })
      const { code } = (await response.json()) as { code?: string }
      return { status: response.status, code }
    }),
  )
}

const count = (answers: Awaited<ReturnType<typeof storm>>) =>
  tally(answers, ({ status, code }) => (code ? `${status} ${code}` : String(status)))

const crowd = () => atOnce(rivals, (n) => registerPatient(clinic.sql, `Patient ${n}`))
const team = () => atOnce(rivals, () => hireDoctor(clinic.sql))

describe('64 requests at once', () => {
  it('for one time of one doctor: one is booked and 63 get slot_taken', async () => {
    const doctorId = await hireDoctor(clinic.sql)
    const wishes = (await crowd()).map((patientId) => ({ doctorId, patientId }))
    for (let round = 0; round < rounds; round++) {
      expect(count(await storm(round, wishes))).toEqual({ '201': 1, '409 slot_taken': rivals - 1 })
    }
    expect(await findOverlaps(clinic.sql, 'doctor')).toEqual([])
  })

  it('for times that overlap by minutes: no overlapping pair is booked', async () => {
    const doctorId = await hireDoctor(clinic.sql)
    const wishes = (await crowd()).map((patientId, n) => ({ doctorId, patientId, startsAfter: n % 60 }))
    for (let round = 0; round < rounds; round += 2) {
      const { '201': booked = 0, '409 slot_taken': taken = 0 } = count(await storm(round, wishes))
      // At most three half hours fit between minutes 0 and 59, and the first one booked leaves room for another.
      expect(booked).toBeGreaterThanOrEqual(1)
      expect(booked).toBeLessThanOrEqual(3)
      expect(taken).toBe(rivals - booked)
    }
    expect(await findOverlaps(clinic.sql, 'doctor')).toEqual([])
  })

  it('for 64 doctors: all are booked', async () => {
    const [doctors, patients] = await Promise.all([team(), crowd()])
    const wishes = doctors.map((doctorId, n) => ({ doctorId, patientId: patients[n] as number }))
    for (let round = 0; round < rounds; round += 2)
      expect(count(await storm(round, wishes))).toEqual({ '201': rivals })
  })

  it('for one patient with 64 doctors: one is booked and 63 get patient_busy', async () => {
    const patientId = await registerPatient(clinic.sql)
    const wishes = (await team()).map((doctorId) => ({ doctorId, patientId }))
    for (let round = 0; round < rounds; round += 2) {
      expect(count(await storm(round, wishes))).toEqual({ '201': 1, '409 patient_busy': rivals - 1 })
    }
    expect(await findOverlaps(clinic.sql, 'patient')).toEqual([])
  })

  it('cause no deadlock', async () => {
    expect(await countDeadlocks(clinic.sql)).toBe(0)
  })
})

/** The same, and as many as have a connection find the time free before any of them takes it. */
async function stormPastChecks(round: number, wishes: Wish[]) {
  const holder = await clinic.sql.connect()
  await holder.query('begin; lock table claims in share mode')
  const answers = storm(round, wishes)
  await untilBlocked(clinic.sql, connections)
  await holder.query('rollback')
  holder.release()
  return await answers
}

it('of those who all find the time free, one is booked', async () => {
  const doctorId = await hireDoctor(clinic.sql)
  const wishes = (await crowd()).map((patientId) => ({ doctorId, patientId }))
  expect(count(await stormPastChecks(0, wishes))).toEqual({ '201': 1, '409 slot_taken': rivals - 1 })
})

it('without the constraint, as many are booked as find the time free', async () => {
  const doctorId = await hireDoctor(clinic.sql)
  const wishes = (await crowd()).map((patientId) => ({ doctorId, patientId }))
  await clinic.sql.query('alter table claims drop constraint claims_never_twice')
  const { '201': booked } = count(await stormPastChecks(0, wishes))
  expect(booked).toBeGreaterThanOrEqual(connections)
  expect((await findOverlaps(clinic.sql, 'doctor')).length).toBeGreaterThan(1)
})
