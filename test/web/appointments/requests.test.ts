import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import {
  defineVisitType,
  hireDoctor,
  insertAppointment,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
let [doctor, short, long, patient] = [0, 0, 0, 0]
let own: Record<string, string>
let desk: Record<string, string>
let theirs: Record<string, string>

beforeAll(async () => {
  short = await defineVisitType(sql, { name: 'Short' })
  long = await defineVisitType(sql, { name: 'Long', minutes: 60 })
  const group = await defineVisitType(sql, { name: 'Class', capacity: 4 })
  const hours = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt: '09:00', closesAt: '17:00' }]
  doctor = await hireDoctor(sql, { hours, visitTypes: [short, long, group] })
  patient = await registerPatient(sql, 'Patient Right')
  const signIn = async (account: number) => ({ Cookie: await openSession(sql, account), Origin: origin })
  own = await signIn(await openAccount(sql, { patientIds: [patient] }))
  desk = await signIn(await openAccount(sql, { role: 'front_desk' }))
  theirs = await signIn(await openAccount(sql, { role: 'doctor', doctorId: doctor }))
})

let day = 0
async function book(time = '10:00', status = 'booked') {
  if (time === '10:00') day += 1
  const startAt = `${new Date(Date.UTC(2030, 0, day)).toISOString().slice(0, 10)}T${time}+07:00`
  const ids = { doctorId: doctor, patientId: patient, visitTypeId: short }
  return insertAppointment(sql, { ...ids, status, startAt })
}
async function request() {
  const id = await book('10:00', 'pending')
  await sql.query(
    'update appointments set awaits_approval = true, hold_expires_at = start_at where id = $1',
    [id],
  )
  return id
}

const read = async (path: string, headers: Record<string, string>) =>
  (await fetch(`${origin}${path}`, { headers })).text()
const open = (id: number) => read(`/appointments/${id}`, own)
const openAtDesk = (id: number, headers = desk) => read(`/desk/appointments/${id}`, headers)
const post = (path: string, fields: Record<string, string>) =>
  send(`/desk/appointments/${path}`, fields, desk)
async function send(path: string, fields: Record<string, string>, headers: Record<string, string>) {
  const body = new URLSearchParams(fields)
  const sent = { method: 'POST', headers, body, redirect: 'manual' } as const
  const response = await fetch(`${origin}${path}`, sent)
  return { status: response.status, html: await response.text() }
}
const rowOf = async (id: number) =>
  (
    await sql.query(
      `select status, visit_type_id::int as kind, extract(epoch from end_at - start_at)::int / 60 as minutes
       from appointments where id = $1`,
      [id],
    )
  ).rows[0]

describe('the form for another visit type', () => {
  it('offers the front desk the other types of the doctor, in one trip', async () => {
    const id = await book()
    await openAtDesk(id)
    clinic.takeTrips()
    const html = await openAtDesk(id)
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(html).toContain('Change visit type')
    const offered = [...html.matchAll(/<option value="\d+">([^<]*, \d+ min)/g)].map(([, name]) => name)
    expect(offered).toEqual([expect.stringMatching(/Long.*, 60 min/)])
    for (const other of [await openAtDesk(id, theirs), await open(id)])
      expect(other).not.toContain('Change visit type')
  })

  it('changes it, but not from a page that is out of date', async () => {
    const id = await book()
    const change = (type: number, version?: string) =>
      post(`${id}/visit-type`, { visit_type_id: String(type), ...(version && { version }) })
    expect(await change(long)).toMatchObject({ status: 303 })
    expect(await rowOf(id)).toMatchObject({ kind: long, minutes: 60 })
    expect(await openAtDesk(id)).toContain('<input type="hidden" name="version" value="1"')
    expect(await change(short, '1')).toMatchObject({ status: 303 })
    const again = await change(long, '1')
    expect(again.status).toBe(409)
    expect(again.html).toContain('This changed in the meantime')
    expect(await rowOf(id)).toMatchObject({ kind: short, minutes: 30 })
  })

  it('says why not, and what is missing', async () => {
    const id = await book()
    const ids = { doctorId: doctor, patientId: await registerPatient(sql), visitTypeId: short }
    const date = new Date(Date.UTC(2030, 0, day)).toISOString().slice(0, 10)
    await insertAppointment(sql, { ...ids, startAt: `${date}T10:30+07:00` })
    const refused = await post(`${id}/visit-type`, { visit_type_id: String(long) })
    expect(refused.status).toBe(409)
    expect(refused.html).toContain('Visit type not changed')
    expect(refused.html).toContain('The doctor is taken before it would end.')
    expect(refused.html).toContain(`<option value="${long}" selected`)
    const empty = await post(`${id}/visit-type`, { visit_type_id: '' })
    expect(empty.status).toBe(422)
    expect(empty.html).toContain('id="visit_type_id-problem"')
    expect(await rowOf(id)).toMatchObject({ kind: short, minutes: 30 })
  })

  it('is not there once the appointment is over', async () => {
    expect(await openAtDesk(await book('10:00', 'fulfilled'))).not.toContain('Change visit type')
  })
})

describe('the page of a request', () => {
  it('lets the patient move or cancel it, and says until when the clinic decides', async () => {
    const id = await request()
    const html = await open(id)
    expect(html).toContain('The clinic has not confirmed this yet.')
    expect(html).toContain('Reschedule')
    expect(html).toContain('Yes, cancel it')
    expect(html).not.toContain('Decline')
  })

  it('moves it to the time that the patient chose, where it waits on', async () => {
    const id = await request()
    const times = await fetch(`${origin}/appointments/${id}/times`, { headers: own })
    const slot = /name="slot" value="([^"]+)"/.exec(await times.text())?.[1] ?? ''
    expect(await send(`/appointments/${id}/times`, { slot }, own)).toMatchObject({ status: 303 })
    const { rows } = await sql.query(
      'select status, awaits_approval, doctor_id, start_at from appointments where id = $1',
      [id],
    )
    expect(rows).toMatchObject([{ status: 'pending', awaits_approval: true }])
    expect(`${rows[0].doctor_id}`).toBe(slot.split('/')[0])
    expect(rows[0].start_at).toEqual(new Date(slot.split('/')[1] ?? ''))
  })

  it('lets staff decide, and the front desk move it, too', async () => {
    const id = await request()
    const html = await openAtDesk(id)
    for (const words of ['Waits for approval', 'Decide by', 'Confirm request', 'Decline request'])
      expect(html).toContain(words)
    for (const words of ['Reschedule', 'Change visit type']) expect(html).toContain(words)
    expect(html).not.toContain('Cancel appointment')
    const forDoctor = await openAtDesk(id, theirs)
    expect(forDoctor).toContain('Decline request')
    expect(forDoctor).not.toContain('Reschedule')
  })

  it('confirms it, and says so when it was decided already', async () => {
    const id = await request()
    expect(await post(`${id}/confirmation`, {})).toMatchObject({ status: 303 })
    expect(await rowOf(id)).toMatchObject({ status: 'booked' })
    const declined = await post(`${id}/decline`, { reason: 'Full' })
    expect(declined.status).toBe(409)
    expect(declined.html).toContain('The status it has now doesn’t allow this.')
  })

  it('declines it with a reason that the patient reads', async () => {
    const id = await request()
    expect(await post(`${id}/decline`, { reason: '' })).toMatchObject({ status: 422 })
    expect(await post(`${id}/decline`, { reason: 'Bring a referral' })).toMatchObject({ status: 303 })
    const page = await open(id)
    expect(page).toContain('The clinic declined this appointment: Bring a referral')
    expect(page).not.toContain('calendar.ics')
  })
})
