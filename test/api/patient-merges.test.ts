import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../support/clinic.ts'
import { hireDoctor, insertAppointment, openDesk, registerPatient } from '../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
let key = ''
let doctor = 0

beforeAll(async () => {
  key = await openDesk(sql)
  doctor = await hireDoctor(sql)
})

async function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${clinic.origin}/api/v1${path}`, {
    method,
    redirect: 'manual',
    headers: {
      Authorization: `Bearer ${key}`,
      ...(body && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

const merge = (from: number, intoId: number, confirmed?: boolean) =>
  ask('POST', `/patients/${from}/merge`, { merge: { into_id: intoId, ...(confirmed && { confirmed }) } })

async function openTwo() {
  return [await registerPatient(sql), await registerPatient(sql)] as const
}

describe('a merged record', () => {
  it('answers 301 with the one that took its place, until the merge is undone', async () => {
    const [from, into] = await openTwo()
    const merged = await merge(from, into)
    expect(merged).toMatchObject({
      status: 200,
      body: { merge: { from_id: from, into_id: into, undone_at: null, appointment_ids: [], filled: [] } },
    })
    const { merged_at, undo_until } = merged.body.merge
    expect(Date.parse(undo_until) - Date.parse(merged_at)).toBe(30 * 86_400_000)
    const moved = await ask('GET', `/patients/${from}`)
    expect(moved).toMatchObject({ status: 301, body: { moved_to: into } })
    expect(moved.headers.get('Location')).toBe(`/api/v1/patients/${into}`)
    expect(moved.headers.get('Cache-Control')).toBe('private, no-store')
    const undone = await ask('DELETE', `/patients/${from}/merge`)
    expect(undone).toMatchObject({ status: 200, body: { merge: { undone_at: expect.any(String) } } })
    expect(await ask('GET', `/patients/${from}`)).toMatchObject({
      status: 200,
      body: { patient: { id: from } },
    })
  })

  it('is the person in a list of appointments', async () => {
    const [from, into] = await openTwo()
    const id = await insertAppointment(sql, {
      doctorId: doctor,
      patientId: from,
      startAt: '2031-03-03T02:00:00Z',
    })
    await merge(from, into)
    for (const patient of [from, into]) {
      const { body } = await ask('GET', `/appointments?patient_id=${patient}`)
      expect(body.appointments).toMatchObject([{ id, patient_id: into }])
    }
    const { body } = await ask('GET', `/appointments/${id}/events`)
    expect(body.events).toMatchObject([{ kind: 'appointment.reassigned', before: { patient_id: from } }])
  })
})

describe('a refusal', () => {
  it('names the two appointments that overlap', async () => {
    const [from, into] = await openTwo()
    const startAt = '2031-03-04T02:00:00Z'
    const one = await insertAppointment(sql, { doctorId: doctor, patientId: from, startAt })
    const other = await insertAppointment(sql, { doctorId: await hireDoctor(sql), patientId: into, startAt })
    expect(await merge(from, into)).toMatchObject({
      status: 409,
      body: { code: 'appointments_overlap', overlap: [{ id: one, doctor_id: doctor }, { id: other }] },
    })
    const { body } = await ask(
      'POST',
      `/appointments/${one}/reassignment`,
      { reassignment: { patient_id: into, reason: 'Wrong person' } },
      { 'If-Match': '*' },
    )
    expect(body).toMatchObject({ code: 'patient_busy', overlap: [{ id: other }] })
  })

  it('names the fields that differ, and where a record went', async () => {
    const [from, into] = await openTwo()
    const third = await registerPatient(sql)
    await sql.query(`update patients set birth_date = date '1990-01-01' + id::int where id in ($1, $2)`, [
      from,
      into,
    ])
    expect(await merge(from, into)).toMatchObject({
      status: 409,
      body: { code: 'records_differ', differing: ['birth_date'] },
    })
    await merge(from, into, true)
    expect(await merge(from, third)).toMatchObject({
      status: 409,
      body: { code: 'already_merged', moved_to: into },
    })
    expect(await merge(into, into)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/merge/into_id', detail: 'must be another one' }] },
    })
    expect(await ask('DELETE', `/patients/${third}/merge`)).toMatchObject({ status: 404 })
  })
})

it('a reassignment needs the version that was seen', async () => {
  const [from, into] = await openTwo()
  const id = await insertAppointment(sql, {
    doctorId: doctor,
    patientId: from,
    startAt: '2031-03-05T02:00:00Z',
  })
  const give = (headers?: Record<string, string>) =>
    ask(
      'POST',
      `/appointments/${id}/reassignment`,
      { reassignment: { patient_id: into, reason: 'Wrong person' } },
      headers,
    )
  expect((await give()).status).toBe(428)
  expect((await give({ 'If-Match': '"7"' })).status).toBe(412)
  const given = await give({ 'If-Match': '"0"' })
  expect(given).toMatchObject({ status: 200, body: { appointment: { id, patient_id: into } } })
  expect(given.headers.get('ETag')).toBe('"1"')
})
