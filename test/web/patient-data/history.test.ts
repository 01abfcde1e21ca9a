import { beforeAll, expect, it } from 'vitest'
import { asking, pagesFrom } from '../../support/api.ts'
import { openClinic } from '../../support/clinic.ts'
import { giveKey, hireDoctor, openAccount, openSession, registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
let kept: number
let merged: number
let desk: number
let ask: ReturnType<typeof asking>

beforeAll(async () => {
  kept = await registerPatient(sql, 'Siti Rahayu')
  merged = await registerPatient(sql, 'Siti R.')
  desk = await openAccount(sql, { role: 'front_desk', name: 'Dewi of the desk' })
  ask = asking(origin, await giveKey(sql, desk, { role: 'front_desk' }))
  await ask('PATCH', `/patients/${kept}`, { patient: { phone: '+6281234567890' } })
  await ask('POST', `/patients/${merged}/merge`, { merge: { into_id: kept, reason: 'Registered twice' } })
})

async function page(cookie: string, id = kept) {
  const response = await fetch(`${origin}/patients/${id}/history`, { headers: { Cookie: cookie } })
  return { status: response.status, html: await response.text() }
}

it('shows staff who changed what, with what it was and is', async () => {
  const { status, html } = await page(await openSession(sql, desk))
  expect(status).toBe(200)
  expect(html).toMatch(/Corrected.*<bdi>Dewi of the desk<\/bdi> · Front desk/s)
  expect(html).toMatch(/Phone<\/dt><dd><bdi>\+6281234567890/s)
  expect(html).toContain('Registered twice')
  expect(html).toContain(`of record ${merged}`)
})

it('is listed by the API, newest first and under both numbers', async () => {
  const events = []
  for await (const { body } of pagesFrom(ask, `/patients/${kept}/events?limit=1`)) {
    expect(body.patient_events).toHaveLength(1)
    events.push(...body.patient_events)
  }
  const kinds = events.map(({ patient_id, kind }) => [patient_id, kind])
  expect(kinds).toEqual([
    [kept, 'patient.merged'],
    [merged, 'patient.merged'],
    [kept, 'patient.corrected'],
  ])
  expect(events.at(-1)).toMatchObject({ before: { phone: null }, after: { phone: '+6281234567890' } })
  expect((await ask('GET', `/patients/${merged}/events`)).body.patient_events).toEqual(events)
})

it('is recorded as opened, and shown to no other doctor', async () => {
  const before = await accesses()
  await page(await openSession(sql, desk))
  expect(await accesses()).toBe(before + 1)
  const doctorId = await hireDoctor(sql)
  const doctor = await openSession(sql, await openAccount(sql, { role: 'doctor', doctorId }))
  expect((await page(doctor)).status).toBe(404)
  expect(await accesses()).toBe(before + 1)
})

async function accesses(): Promise<number> {
  const { rows } = await sql.query(
    `select count(*)::int from patient_accesses where patient_id = $1 and what = 'history'`,
    [kept],
  )
  return rows[0].count
}
