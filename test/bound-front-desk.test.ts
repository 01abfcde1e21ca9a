import { beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../src/api/description/registry.ts'
import { sampleCall, samplePath } from '../src/api/description/sample.ts'
import { rights } from '../src/clinic/accounts/guard.ts'
import { asking } from './support/api.ts'
import { openClinic } from './support/clinic.ts'
import {
  defineVisitType,
  giveKey,
  hireDoctor,
  openAccount,
  openLocation,
  openSession,
  registerPatient,
} from './support/people.ts'
import { allRoutes } from './support/routes.ts'
import { openSampleClinic } from './support/sample-clinic.ts'

// A front desk account that is bound to a location, in a clinic where most things are elsewhere.

const clinic = await openClinic()
const { sql, origin } = clinic

/** An account that is bound to these locations, with a key and a session. */
async function openBound(...locationIds: number[]) {
  const account = await openAccount(sql, { role: 'front_desk' })
  await bind(account, ...locationIds)
  const key = await giveKey(sql, account, { role: 'front_desk' })
  return { account, key, ask: asking(origin, key) }
}

async function bind(account: number, ...locationIds: number[]) {
  await sql.query('delete from account_locations where account_id = $1', [account])
  for (const id of locationIds)
    await sql.query('insert into account_locations values ($1, $2)', [account, id])
}

const locationOf = async (doctor: number): Promise<number> =>
  Number((await sql.query('select location_id from doctors where id = $1', [doctor])).rows[0].location_id)

/** They show or change a patient's record, which belongs to the whole clinic. */
const ofWholeClinic = /\/(patients|correction-requests)(\/|$)|^\w+ \/api\/v1\/accounts\/:id\/email$/

function isFine(route: string, { ok, status }: Response, text: string): boolean {
  if (ofWholeClinic.test(route)) return ok
  return status === 404 || (ok && /^\{"\w+":\[\]\}$/.test(text))
}

describe('about things at another location, every operation of the API', () => {
  it('answers as if there were none', async () => {
    const { key } = await openBound(await openLocation(sql))
    const sample = openSampleClinic(clinic)
    const wrong: string[] = []
    for (const operation of operations) {
      const { right, route } = operation
      if (!right || !(rights[right].kinds as readonly string[]).includes('front_desk')) continue
      const { method, path, headers, body } = await sampleCall(operation, sample)
      const answer = await fetch(origin + path, {
        method,
        body,
        headers: { ...headers, Authorization: `Bearer ${key}` },
      })
      const text = await answer.text()
      if (!isFine(route, answer, text)) wrong.push(`${answer.status} ${route} ${text.slice(0, 200)}`)
    }
    expect(wrong).toEqual([])
  })
})

describe('about things at another location, every page', () => {
  it('answers as if there were none', async () => {
    const { account } = await openBound(await openLocation(sql))
    const cookie = await openSession(sql, account)
    const sample = openSampleClinic(clinic)
    const named = /^\/(appointments|sessions|series|booking\/holds|booking\/confirmation)\/:id|^\/desk\/.*:id/
    // They lead to another page, and read nothing.
    const leading = /patient-search$|^\/desk\/walk-ins\/:id\/booking$/
    const wrong: string[] = []
    for (const { method, path: pattern } of allRoutes()) {
      if (method !== 'GET' || !named.test(pattern) || leading.test(pattern)) continue
      const path = await samplePath(pattern, sample)
      // Staff are led from the patients' pages to the desk, and from a form's address to its page.
      const { status } = await fetch(origin + path, { headers: { Cookie: cookie } })
      if (status !== 404) wrong.push(`${status} ${pattern}`)
    }
    expect(wrong).toEqual([])
  })
})

describe('at its own location', () => {
  let here: number
  let doctor: number
  let elsewhere: number
  let patient: number
  let visitType: number
  let hour = 0

  beforeAll(async () => {
    visitType = await defineVisitType(sql)
    doctor = await hireDoctor(sql, { visitTypes: [visitType] })
    elsewhere = await hireDoctor(sql, { visitTypes: [visitType] })
    here = await locationOf(doctor)
  })

  async function wish(of = doctor) {
    patient = await registerPatient(sql)
    const start_at = new Date(Date.UTC(2033, 0, 1, hour++)).toISOString()
    return { appointment: { doctor_id: of, patient_id: patient, visit_type_id: visitType, start_at } }
  }

  const admin = async () =>
    asking(origin, await giveKey(sql, await openAccount(sql, { role: 'admin' }), { role: 'admin' }))

  it('books, sees, moves and cancels', async () => {
    const { ask } = await openBound(here)
    const { status, body } = await ask('POST', '/appointments', await wish())
    expect(status).toBe(201)
    const path = `/appointments/${body.appointment.id}`
    expect((await ask('GET', path)).status).toBe(200)
    const start_at = new Date(Date.UTC(2033, 0, 2, hour++)).toISOString()
    expect((await ask('PATCH', path, { appointment: { start_at } })).status).toBe(200)
    expect((await ask('POST', `${path}/cancellation`, { cancellation: { reason: 'Snow' } })).status).toBe(200)
    const listed = await ask('GET', `/appointments?patient_id=${patient}&from=2033-01-01T00:00:00Z`)
    expect(listed.body.appointments).toHaveLength(1)
  })

  it('moves nothing to another location, nor from there', async () => {
    const { ask } = await openBound(here)
    const [own, others] = [
      await ask('POST', '/appointments', await wish()),
      await (await admin())('POST', '/appointments', await wish(elsewhere)),
    ]
    const start_at = new Date(Date.UTC(2033, 0, 3, hour++)).toISOString()
    const out = await ask('PATCH', `/appointments/${own.body.appointment.id}`, {
      appointment: { start_at, doctor_id: elsewhere },
    })
    expect([out.status, out.body.detail]).toEqual([404, expect.stringContaining('No such location')])
    const back = await ask('PATCH', `/appointments/${others.body.appointment.id}`, {
      appointment: { start_at, doctor_id: doctor },
    })
    expect(back.status).toBe(404)
    const { rows } = await sql.query('select distinct event_count from appointments where id = any ($1)', [
      [own.body.appointment.id, others.body.appointment.id],
    ])
    expect(rows).toEqual([{ event_count: 1 }])
  })

  it('is told only of what a doctor does here, and enters time off only for here', async () => {
    const { ask } = await openBound(here)
    const other = await openLocation(sql)
    await sql.query('insert into doctor_locations values ($1, $2)', [doctor, other])
    const off = { start_local: '2033-05-01T00:00', end_local: '2033-05-02T00:00' }
    const enter = (location_id: number | null) =>
      ask('POST', `/doctors/${doctor}/time-off`, { time_off: { ...off, location_id } })
    expect((await enter(null)).status).toBe(404)
    expect((await enter(other)).status).toBe(404)
    expect((await enter(here)).status).toBe(201)
    const everywhere = await (await admin())('POST', `/doctors/${doctor}/time-off`, {
      time_off: { start_local: '2033-06-01T00:00', end_local: '2033-06-02T00:00' },
    })
    const there = await (await admin())('POST', `/doctors/${doctor}/time-off`, {
      time_off: { start_local: '2033-07-01T00:00', end_local: '2033-07-02T00:00', location_id: other },
    })
    const { body } = await ask('GET', `/doctors/${doctor}/time-off`)
    expect(body.time_off.map((one: { location_id: number | null }) => one.location_id)).toEqual([here, null])
    for (const { body: entered } of [everywhere, there])
      expect((await ask('DELETE', `/doctors/${doctor}/time-off/${entered.time_off.id}`)).status).toBe(404)
    await sql.query('delete from time_off where doctor_id = $1', [doctor])
    await sql.query('delete from doctor_locations where location_id = $1', [other])
  })

  it('a key and a session that are bound elsewhere meanwhile change nothing more', async () => {
    const { account, ask } = await openBound(here)
    const cookie = await openSession(sql, account)
    const booked = (await ask('POST', '/appointments', await wish())).body.appointment
    const read = () =>
      fetch(`${origin}/desk/appointments/${booked.id}`, { headers: { Cookie: cookie }, redirect: 'manual' })
    expect((await read()).status).toBe(200)
    await bind(account, await locationOf(elsewhere))
    const cancel = () =>
      ask('POST', `/appointments/${booked.id}/cancellation`, { cancellation: { reason: 'Snow' } })
    const first = await cancel()
    expect([first.status, first.body.code]).toEqual([403, 'forbidden'])
    expect((await cancel()).status).toBe(404)
    const form = {
      method: 'POST',
      body: new URLSearchParams({ reason: 'Snow' }),
      redirect: 'manual',
    } as const
    const headers = { Cookie: cookie, Origin: origin }
    const cancelOnPage = () =>
      fetch(`${origin}/desk/appointments/${booked.id}/cancellation`, { ...form, headers })
    expect((await cancelOnPage()).status).toBe(403)
    expect((await cancelOnPage()).status).toBe(404)
    const { rows } = await sql.query('select status from appointments where id = $1', [booked.id])
    expect(rows).toEqual([{ status: 'booked' }])
  })

  it('an admin binds and unbinds an account, and the log says so', async () => {
    const { account } = await openBound()
    const ask = await admin()
    const change = async (wanted: Record<string, unknown>) => {
      const { status, body } = await ask('PATCH', `/accounts/${account}`, { account: wanted })
      return [status, body.account?.location_ids]
    }
    const there = await locationOf(elsewhere)
    expect(await change({ role: 'front_desk', location_ids: [there, here, here] })).toEqual([
      200,
      [here, there].toSorted((a, b) => a - b),
    ])
    expect(await change({ role: 'front_desk' })).toEqual([200, [here, there].toSorted((a, b) => a - b)])
    expect(await change({ role: 'front_desk', location_ids: [999_999] })).toEqual([404, undefined])
    expect(await change({ role: 'admin', location_ids: [here] })).toEqual([422, undefined])
    expect(await change({ role: 'front_desk', location_ids: [here] })).toEqual([200, [here]])
    expect(await change({ role: 'patient' })).toEqual([200, null])
    expect(await change({ role: 'front_desk' })).toEqual([200, null])
    const { rows } = await sql.query(
      "select details -> 'to_locations' as bound from security_events where account_id = $1 and details ? 'to_locations' order by id",
      [account],
    )
    expect(rows.map(({ bound }) => bound)).toEqual([[here, there].toSorted((a, b) => a - b), [here], null])
  })

  it('merges and erases records, wherever their appointments are', async () => {
    const { ask } = await openBound(here)
    const [from, into] = [await registerPatient(sql), await registerPatient(sql)]
    const { appointment } = await wish(elsewhere)
    await (await admin())('POST', '/appointments', { appointment: { ...appointment, patient_id: from } })
    const merged = await ask('POST', `/patients/${from}/merge`, { merge: { into_id: into, confirmed: true } })
    expect([merged.status, merged.body.merge?.appointment_ids]).toEqual([200, [expect.any(Number)]])
    expect((await ask('DELETE', `/patients/${from}/merge`, {})).status).toBe(200)
    const erased = await ask('POST', `/patients/${from}/erasure`, { erasure: { cancel_appointments: true } })
    expect([erased.status, erased.body.erasure?.cancelled_appointment_ids]).toEqual([
      200,
      [expect.any(Number)],
    ])
  })
})
