import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { fieldsOf, openFrontDesk, textOf } from '../../support/desk-pages.ts'
import {
  addResource,
  defineVisitType,
  hireDoctor,
  insertAppointment,
  locationOf,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
const day = '2031-01-06'
let desk: Awaited<ReturnType<typeof openFrontDesk>>
let visitTypeId: number

beforeAll(async () => {
  desk = await openFrontDesk(clinic)
  visitTypeId = await defineVisitType(sql)
  await desk.open('/desk/blocks')
})

async function openPlace() {
  const doctorId = await hireDoctor(sql, { visitTypes: [visitTypeId] })
  const locationId = await locationOf(sql, doctorId)
  const patientId = await registerPatient(sql, 'Putri Maharani')
  await sql.query(`update patients set phone = '+6281200007730' where id = $1`, [patientId])
  const appointmentId = await insertAppointment(sql, {
    doctorId,
    patientId,
    visitTypeId,
    startAt: `${day}T10:00+07:00`,
  })
  const form = {
    location_id: String(locationId),
    on: day,
    whose: `doctor:${doctorId}`,
    ...{ kind: 'block', reason: 'Case review', start_local: `${day}T09:30`, end_local: `${day}T10:30` },
  }
  const week = `/desk/blocks?location=${locationId}&on=${day}`
  return { doctorId, locationId, appointmentId, form, week }
}

describe('a block', () => {
  it('says whom it affects before it is saved, and after', async () => {
    const { form, week } = await openPlace()
    const preview = await (await desk.send('/desk/blocks/preview', form)).text()
    expect(textOf(preview)).toMatch(/Not saved yet Affects 1 patient.*Putri Maharani.*7730/)
    expect(await desk.read(week)).toContain('Nothing is blocked')
    const saved = await desk.send('/desk/blocks', fieldsOf(preview, '/desk/blocks"'))
    expect(saved.status).toBe(303)
    expect(await desk.read(saved.headers.get('Location') ?? '')).toMatch(
      /Case review.*Saved.*Affects 1 patient.*Putri Maharani/,
    )
  })

  it('is changed, removed, and put back', async () => {
    const { form, week, doctorId } = await openPlace()
    await desk.send('/desk/blocks', form)
    const [{ id }] = (await sql.query('select id from time_off where doctor_id = $1', [doctorId])).rows
    const changing = await (await desk.open(`${week}&change=doctor-${id}`)).text()
    expect(textOf(changing)).toContain('Change Case review')
    await desk.send('/desk/blocks', { ...form, replaces: String(id), end_local: `${day}T10:00` })
    expect(await desk.read(week)).toMatch(/Case review.*Affects no patients/)
    await desk.send(`/desk/blocks/${id}/removal`, { ...form, end_local: `${day}T10:00` })
    const removed = await (await desk.open(week)).text()
    expect(textOf(removed)).toMatch(/Removed.*Undo.*Nothing is blocked/)
    await desk.send('/desk/blocks', fieldsOf(removed, '/desk/blocks"'))
    expect(await desk.read(week)).toContain('Case review')
  })

  it('is found from the day by its number', async () => {
    const { form, week, doctorId } = await openPlace()
    await desk.send('/desk/blocks', form)
    const [{ id }] = (await sql.query('select id from time_off where doctor_id = $1', [doctorId])).rows
    const response = await desk.open(`/desk/blocks/${id}`)
    expect(response.headers.get('Location')).toBe(`${week}#doctor-${id}`)
  })

  it('that ends before it begins is asked for again', async () => {
    const { form } = await openPlace()
    const response = await desk.send('/desk/blocks/preview', { ...form, end_local: `${day}T09:00` })
    expect(response.status).toBe(422)
  })

  it('can be a room out of order, or a closure', async () => {
    const { form, week, locationId } = await openPlace()
    const room = await addResource(sql, locationId, { name: 'Room 7' })
    await desk.send('/desk/blocks', { ...form, whose: `resource:${room}`, reason: '' })
    await desk.send('/desk/blocks', { ...form, whose: `location:${locationId}`, reason: 'Holiday' })
    expect(await desk.read(week)).toMatch(
      /Holiday.*Affects 1 patient.*Out of order.*Affects no patients|Out of order.*Holiday/,
    )
  })
})

describe('an emergency reserve', () => {
  it('is open to the front desk without a reason, and closed to patients', async () => {
    const { form, doctorId, locationId } = await openPlace()
    await desk.send('/desk/blocks', {
      ...form,
      kind: 'reserve',
      reason: '',
      start_local: `${day}T13:00`,
      end_local: `${day}T14:00`,
    })
    const patientId = await registerPatient(sql)
    const account = await openAccount(sql, { patientIds: [patientId] })
    const wish = {
      doctor_id: String(doctorId),
      visit_type_id: String(visitTypeId),
      start_at: `${day}T13:00:00+07:00`,
    }
    const refused = await fetch(`${clinic.origin}/booking/holds`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Cookie: await openSession(sql, account), Origin: clinic.origin },
      body: new URLSearchParams({
        visit_type_id: wish.visit_type_id,
        slot: `${wish.doctor_id}/${wish.start_at}`,
      }),
    })
    expect(refused.status).toBe(409)
    const booked = await desk.send('/desk/book', {
      ...wish,
      start_at: `${day}T13:00`,
      location_id: String(locationId),
      patient_id: String(patientId),
    })
    expect(booked.status).toBe(303)
  })
})

it('doctors enter their own time off, and see no one else’s', async () => {
  const { form, doctorId, week } = await openPlace()
  const account = await openAccount(sql, { role: 'doctor', doctorId })
  const headers = { Cookie: await openSession(sql, account), Origin: clinic.origin }
  const send = (fields: Record<string, string>) =>
    fetch(`${clinic.origin}/desk/blocks`, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: new URLSearchParams(fields),
    })
  expect((await send({ ...form, kind: 'away' })).status).toBe(303)
  expect((await send({ ...form, whose: `doctor:${await hireDoctor(sql)}` })).status).toBe(403)
  const page = await (await fetch(`${clinic.origin}${week}`, { headers })).text()
  expect(textOf(page)).toContain('Case review')
  expect(page).not.toContain('The whole location')
})

describe('the list to work through', () => {
  it('names whom to call and why, and offers times that move the appointment in one press', async () => {
    const { form, locationId, appointmentId } = await openPlace()
    const path = `/desk/to-work-through?location=${locationId}`
    expect(await desk.read(path)).toContain('Nothing to work through')
    await desk.send('/desk/blocks', form)
    const page = await (await desk.open(path)).text()
    expect(textOf(page)).toMatch(/Putri Maharani.*7730.*Block: Case review, until.*Nearest free times/)
    const move = `/desk/appointments/${appointmentId}/move`
    const fields = fieldsOf(page, move)
    expect(fields).toMatchObject({
      version: expect.any(String),
      start_at: expect.stringMatching(/^2031-01-06T/),
    })
    const moved = await desk.send(move, fields)
    expect(moved.status).toBe(303)
    expect(await desk.read(path)).toContain('Nothing to work through')
  })

  it('opens a message that offers the nearest times, in the patient’s language', async () => {
    const { form, locationId, appointmentId } = await openPlace()
    await sql.query(
      `update patients set languages = '{id}', contact_email = 'putri@example.com'
       where id = (select patient_id from appointments where id = $1)`,
      [appointmentId],
    )
    await desk.send('/desk/blocks', form)
    const page = await (await desk.open(`/desk/to-work-through?location=${locationId}`)).text()
    const links = [...page.matchAll(/href="((?:https:..wa.me|sms|mailto)[^"]*)"/g)].map(([, link = '']) =>
      decodeURIComponent(link.replaceAll('&amp;', '&')),
    )
    expect(links.map((link) => link.slice(0, 20))).toEqual([
      'https://wa.me/628120',
      'sms:+6281200007730?b',
      'mailto:putri@example',
    ])
    for (const link of links) {
      expect(link).toContain('Halo Putri Maharani, mohon maaf: janji temu Anda pada Sen, 6 Jan 2031')
      expect(link).toMatch(/\n1\. .*\n2\. .*\n3\. .*\nSilakan balas/)
    }
  })

  it('remembers that an appointment stays, until something else gets in its way', async () => {
    const { form, locationId, appointmentId, doctorId } = await openPlace()
    const path = `/desk/to-work-through?location=${locationId}`
    await desk.send('/desk/blocks', form)
    await desk.send(`/desk/to-work-through/${appointmentId}/stay`, {})
    expect(await desk.read(path)).toMatch(/Nothing to work through.*Stay as they are \(1\).*Undo/)
    await desk.send(`/desk/to-work-through/${appointmentId}/reopening`, {})
    expect(await desk.read(path)).toContain('1 appointment')
    await desk.send(`/desk/to-work-through/${appointmentId}/stay`, {})
    await desk.send('/desk/blocks', { ...form, kind: 'away', start_local: `${day}T08:00` })
    expect(await desk.read(path)).toContain('1 appointment')
    expect(doctorId).toBeGreaterThan(0)
  })
})
