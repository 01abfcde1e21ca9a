import { describe, expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import {
  addResource,
  defineVisitType,
  hireDoctor,
  openAdmin,
  openDesk,
  registerPatient,
} from '../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
const ask = asking(clinic.origin, await openAdmin(sql))
const desk = await openDesk(sql)

const start_at = '2030-01-07T03:00:00.000Z'
const asShown = (id: number) => ({ id, start_at, start_local: '2030-01-07T10:00', time_zone: 'Asia/Jakarta' })

/** A doctor, a location, a visit type and a room, with one appointment ahead that takes all four. */
async function openPractice() {
  const visit_type = await defineVisitType(sql, { name: `Visit ${Math.random()}`, horizonDays: 3650 })
  const doctor = await hireDoctor(sql, { visitTypes: [visit_type] })
  const location = Number(
    (await sql.query('select location_id from doctors where id = $1', [doctor])).rows[0].location_id,
  )
  const resource = await addResource(sql, location)
  const needs = [{ type: 'room', kinds: ['consultation'] }]
  expect((await ask('PATCH', `/visit-types/${visit_type}`, { visit_type: { needs } })).status).toBe(200)
  const booked = await ask('POST', '/appointments', {
    appointment: {
      doctor_id: doctor,
      patient_id: await registerPatient(sql),
      visit_type_id: visit_type,
      start_at,
    },
  })
  expect(booked).toMatchObject({ status: 201 })
  return { doctor, location, visit_type, resource, appointment: booked.body.appointment.id as number }
}

type Kind = 'doctor' | 'location' | 'visit_type' | 'resource'
const kinds = ['doctor', 'location', 'visit_type', 'resource'] as const
const pathOf = (kind: Kind, id: number) => `/${kind.replace('_', '-')}s/${id}`

describe.each(kinds)('retiring a %s', (kind) => {
  it('is refused while appointments are ahead, and lists them', async () => {
    const practice = await openPractice()
    const path = pathOf(kind, practice[kind])
    const before = (await ask('GET', path)).body
    const refused = await ask('PATCH', path, { [kind]: { is_active: false } })
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'would_strand', stranded: [asShown(practice.appointment)] },
    })
    const another = await ask('PATCH', path, { [kind]: { is_active: false, may_strand: [999_999] } })
    expect(another.status).toBe(409)
    expect((await ask('GET', path)).body).toEqual(before)
  })

  it('leaves behind the appointments that were named, which stay booked', async () => {
    const practice = await openPractice()
    const path = pathOf(kind, practice[kind])
    const may_strand = [practice.appointment]
    const retired = await ask('PATCH', path, { [kind]: { is_active: false, may_strand } })
    expect(retired).toMatchObject({
      status: 200,
      body: { [kind]: { is_active: false, version: expect.any(Number) }, appointment_ids: may_strand },
    })
    expect((await ask('GET', `/appointments/${practice.appointment}`)).body.appointment.status).toBe('booked')
    // What is retired can still be corrected, and is not asked about again.
    expect((await ask('PATCH', path, { [kind]: { is_active: false, name: 'Corrected' } })).status).toBe(200)
  })

  it('keeps it, with its history, and can be taken back', async () => {
    const practice = await openPractice()
    const path = pathOf(kind, practice[kind])
    await ask('POST', `/appointments/${practice.appointment}/cancellation`, {
      cancellation: { reason: 'Moved away' },
    })
    expect((await ask('PATCH', path, { [kind]: { is_active: false } })).status).toBe(200)
    expect((await ask('GET', path)).body).toMatchObject({ [kind]: { is_active: false } })
    expect((await ask('DELETE', path)).status).toBe(405)
    const reinstated = await ask('PATCH', path, { [kind]: { is_active: true } })
    expect(reinstated.body).toMatchObject({ [kind]: { is_active: true }, appointment_ids: [] })
    const { rows } = await sql.query(
      `select before->'is_active' as was, after->'is_active' as is
       from settings_events where subject = $1 and key = $2 order by version desc limit 2`,
      [kind, String(practice[kind])],
    )
    expect(rows).toEqual([
      { was: false, is: true },
      { was: kind === 'visit_type' ? true : null, is: false },
    ])
  })

  it('is refused to the front desk', async () => {
    const practice = await openPractice()
    const path = pathOf(kind, practice[kind])
    const { status } = await ask('PATCH', path, { [kind]: { is_active: false } }, desk)
    expect(status).toBe(403)
  })
})
