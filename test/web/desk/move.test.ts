import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { openClinic } from '../../support/clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  locationOf,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
let desk: Record<string, string>
let doctor: number
let other: number
let location: number
let consultation: number
let rizky: number
let siti: number

beforeAll(async () => {
  const account = await openAccount(sql, { role: 'front_desk' })
  desk = { Cookie: await openSession(sql, account), Origin: clinic.origin }
  consultation = await defineVisitType(sql)
  const hours = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '12:00' }]
  doctor = await hireDoctor(sql, { hours, visitTypes: [consultation] })
  location = await locationOf(sql, doctor)
  other = await hireDoctor(sql, { hours, visitTypes: [consultation] })
  await sql.query(`update doctors set name = 'Dr. Sari' where id = $1`, [doctor])
  await sql.query('insert into doctor_locations (doctor_id, location_id) values ($1, $2)', [other, location])
  await sql.query('update weekly_hours set location_id = $2 where doctor_id = $1', [other, location])
  rizky = await registerPatient(sql, 'Rizky Pratama')
  siti = await registerPatient(sql, 'Siti Aminah')
  await open('/desk/book')
})

let weeks = 0
/** A Monday that no other test uses. */
const newMonday = () => new Date(Date.UTC(2030, 0, 7 * ++weeks)).toISOString().slice(0, 10)

interface Wish {
  who?: number
  withDoctor?: number
  minutes?: number
}

/** Of Rizky and Dr. Sari, unless others are named; without a visit type it has a length. */
async function bookAt(on: string, time: string, wish: Wish = {}): Promise<number> {
  const { who = rizky, withDoctor = doctor, minutes } = wish
  const startAt = `${on}T${time}`
  const endAt = minutes && new Date(Date.parse(`${startAt}Z`) + minutes * 60_000).toISOString().slice(0, 16)
  const length = endAt ? { endAt } : { visitTypeId: consultation }
  const booked = await bookAppointment(clinic.context(), {
    doctorId: withDoctor,
    patientId: who,
    startAt,
    ...length,
  })
  if (!booked.ok) throw new Error(booked.refusal)
  return booked.appointment.id
}

const open = (path: string) => fetch(`${clinic.origin}${path}`, { headers: desk, redirect: 'manual' })
const send = (id: number, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${clinic.origin}/desk/appointments/${id}/move`, {
    method: 'POST',
    headers: { ...desk, ...headers },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
const asJson = { Accept: 'application/json' }
const pageOf = async (id: number, query = '') => (await open(`/desk/appointments/${id}/move${query}`)).text()
const textOf = (page: string) => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
const targetsIn = (page: string) =>
  [...page.matchAll(/<li class="to[^>]*><button[^>]*name="slot" value="([^"]+)"/g)].map(([, value]) => value)

async function timeOf(id: number): Promise<string> {
  const { rows } = await sql.query(
    `select doctor_id || ' ' || to_char(start_at at time zone 'Asia/Jakarta', 'YYYY-MM-DD HH24:MI') as time
     from appointments where id = $1`,
    [id],
  )
  return rows[0].time
}

describe('the page', () => {
  it('names the patient, in one trip, and what and when it is now', async () => {
    const on = newMonday()
    const id = await bookAt(on, '10:00')
    clinic.takeTrips()
    const page = await pageOf(id)
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(page).toMatch(/<h1><span data-i="Moving R. P.">Moving Rizky Pratama<\/span><\/h1>/)
    expect(textOf(page)).toContain('Consultation, 30 min · now Mon, 7 Jan 2030, 10:00 with Dr. Sari')
    expect(textOf(page)).toContain('Moving from here')
  })

  it('offers each start at which the whole length fits, and says how short the rest is', async () => {
    const on = newMonday()
    const id = await bookAt(on, '09:00')
    await bookAt(on, '09:45', { who: siti })
    const page = await pageOf(id)
    const own = targetsIn(page).filter((value) => value?.startsWith(`${doctor}/`))
    expect(own).toEqual(
      ['09:15', '10:15', '10:30', '10:45', '11:00', '11:15', '11:30'].map(
        (time) => `${doctor}/${on}T${time}`,
      ),
    )
    expect(textOf(page)).toContain('11:45 · only 15 min')
    expect(targetsIn(page)).toContain(`${other}/${on}T09:00`)
    expect(textOf(page)).toContain('Siti Aminah')
  })

  it('leaves out times at which the patient is somewhere else', async () => {
    const on = newMonday()
    const id = await bookAt(on, '09:00')
    await bookAt(on, '10:00', { withDoctor: other })
    expect(targetsIn(await pageOf(id))).not.toContain(`${doctor}/${on}T10:00`)
  })

  it('offers places to an appointment without a visit type, by its length', async () => {
    const on = newMonday()
    const id = await bookAt(on, '09:00', { minutes: 90 })
    const page = await pageOf(id)
    expect(textOf(page)).toContain('No visit type, 90 min')
    expect(targetsIn(page)).toContain(`${doctor}/${on}T10:30`)
    expect(targetsIn(page)).not.toContain(`${doctor}/${on}T10:45`)
  })

  it('is led to from the appointment, with a visit type and without', async () => {
    const on = newMonday()
    for (const id of [await bookAt(on, '09:00'), await bookAt(on, '10:00', { minutes: 45, who: siti })]) {
      const page = await (await open(`/desk/appointments/${id}`)).text()
      expect(page).toMatch(
        new RegExp(`<a class="btn" href="/desk/appointments/${id}/move[^"]*" data-key="m">`),
      )
    }
  })

  it('shows other days, and leads to the next free one', async () => {
    const id = await bookAt(newMonday(), '09:00')
    expect(targetsIn(await pageOf(id, '?on=2031-02-04'))).toContain(`${doctor}/2031-02-04T09:00`)
    const next = await open(`/desk/appointments/${id}/move?after=2031-02-07&location=${location}`)
    expect(next.headers.get('Location')).toContain(`/desk/appointments/${id}/move?on=2031-02-10`)
  })

  it('leads a group to its session, and is not there for patients and doctors', async () => {
    const id = await bookAt(newMonday(), '09:00')
    const ask = async (account: number) =>
      (
        await fetch(`${clinic.origin}/desk/appointments/${id}/move`, {
          headers: { Cookie: await openSession(sql, account) },
        })
      ).status
    expect(await ask(await openAccount(sql, { patientIds: [rizky] }))).toBe(404)
    expect(await ask(await openAccount(sql, { role: 'doctor', doctorId: doctor }))).toBe(403)
  })
})

describe('a move', () => {
  it('to a place of the grid takes one trip and leads back to the day', async () => {
    const on = newMonday()
    const id = await bookAt(on, '09:00')
    clinic.takeTrips()
    const response = await send(id, {
      slot: `${other}/${on}T10:15`,
      version: '1',
      return_to: `/desk?on=${on}`,
    })
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(response.status).toBe(303)
    expect(response.headers.get('Location')).toBe(`/desk?on=${on}#a${id}`)
    expect(await timeOf(id)).toBe(`${other} ${on} 10:15`)
  })

  it('keeps the appointment without a visit type as long as it was', async () => {
    const on = newMonday()
    const id = await bookAt(on, '09:00', { minutes: 50 })
    await send(id, { slot: `${doctor}/${on}T10:00`, version: '1' })
    const { rows } = await sql.query(
      `select end_at - start_at = '50 min' as same from appointments where id = $1`,
      [id],
    )
    expect(rows[0].same).toBe(true)
  })

  it('outside the hours needs a reason, which is kept', async () => {
    const on = newMonday()
    const id = await bookAt(on, '09:00')
    const fields = { doctor_id: String(doctor), start_at: `${on}T18:00`, version: '1' }
    const refused = await send(id, fields)
    expect(refused.status).toBe(409)
    expect(textOf(await refused.text())).toContain('To move it there anyway, give a reason.')
    expect(await timeOf(id)).toBe(`${doctor} ${on} 09:00`)
    expect((await send(id, { ...fields, override_reason: 'Urgent' })).status).toBe(303)
    const { rows } = await sql.query('select override_reason from appointments where id = $1', [id])
    expect(rows).toEqual([{ override_reason: 'Urgent' }])
  })

  it('to a taken time is refused with whose it is, until when, and the nearest free times', async () => {
    const on = newMonday()
    const id = await bookAt(on, '09:00')
    await bookAt(on, '10:00', { who: siti })
    const page = await (await send(id, { slot: `${doctor}/${on}T09:45`, version: '1', on })).text()
    expect(page).toMatch(/<section class="say bad" id="refused" role="alert" tabindex="-1" autofocus/)
    expect(textOf(page)).toContain('Dr. Sari is taken until 10:30')
    expect(textOf(page)).toContain(
      'Siti Aminah (Consultation) has 10:00–10:30. The appointment stays at 09:00.',
    )
    expect(textOf(page)).toContain('Move to 09:30 Dr. Sari')
    expect(await timeOf(id)).toBe(`${doctor} ${on} 09:00`)
  })

  it('of something that changed meanwhile shows how it is now beside what was wanted', async () => {
    const on = newMonday()
    const id = await bookAt(on, '09:00')
    await send(id, { slot: `${doctor}/${on}T09:30`, version: '1' })
    const response = await send(id, { slot: `${doctor}/${on}T11:00`, version: '1', on })
    expect(response.status).toBe(409)
    const page = await response.text()
    expect(textOf(page)).toContain('This changed in the meantime')
    expect(textOf(page)).toMatch(/Now Mon[^N]*09:30 with Dr. Sari You wanted Mon[^N]*11:00 with Dr. Sari/)
    expect(page).toContain('name="version" value="2"')
    expect(await timeOf(id)).toBe(`${doctor} ${on} 09:30`)
  })

  it('sent twice happens once', async () => {
    const on = newMonday()
    const id = await bookAt(on, '09:00')
    const fields = { slot: `${doctor}/${on}T10:00`, version: '1', form_key: crypto.randomUUID() }
    const answers = [await send(id, fields), await send(id, fields)]
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    const { rows } = await sql.query('select event_count from appointments where id = $1', [id])
    expect(rows[0].event_count).toBe(2)
  })

  it('without a time asks for one', async () => {
    const id = await bookAt(newMonday(), '09:00')
    expect((await send(id, { version: '1' })).status).toBe(422)
  })
})

describe('a script that drags', () => {
  it('gets the appointment as it is now', async () => {
    const on = newMonday()
    const id = await bookAt(on, '09:00')
    const response = await send(
      id,
      { doctor_id: String(doctor), start_at: `${on}T10:15`, version: '1' },
      asJson,
    )
    expect(await response.json()).toEqual({
      ok: true,
      appointment: {
        id,
        version: 2,
        start_local: `${on}T10:15`,
        end_local: `${on}T10:45`,
        doctor_id: doctor,
      },
    })
  })

  it('gets the reason and the nearest times when it is refused', async () => {
    const on = newMonday()
    const id = await bookAt(on, '09:00')
    await bookAt(on, '10:00', { who: siti })
    const fields = { doctor_id: String(doctor), start_at: `${on}T10:15`, version: '1', on }
    const response = await send(id, fields, asJson)
    expect(response.status).toBe(409)
    const answer = (await response.json()) as { nearest: object[] }
    expect(answer).toMatchObject({
      ok: false,
      refusal: 'slot_taken',
      title: 'Dr. Sari is taken until 10:30',
      detail: 'Siti Aminah (Consultation) has 10:00–10:30. The appointment stays at 09:00.',
    })
    expect(answer.nearest[0]).toEqual({
      start_at: `${on}T10:30+07:00`,
      local: `${on}T10:30`,
      doctor_id: doctor,
      label: '10:30 with Dr. Sari',
    })
  })
})
