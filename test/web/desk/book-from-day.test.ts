import { beforeAll, describe, expect, it } from 'vitest'
import { beginSession } from '../../../src/clinic/appointments/begin-session.ts'
import { openClinic } from '../../support/clinic.ts'
import { openDeskDay } from '../../support/desk-day.ts'
import {
  addResource,
  defineVisitType,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
let desk: Awaited<ReturnType<typeof openDeskDay>>
let patient = ''
let rina: Awaited<ReturnType<typeof sitDown>>
let sari: Awaited<ReturnType<typeof sitDown>>

beforeAll(async () => {
  desk = await openDeskDay(clinic)
  patient = String(await registerPatient(sql, 'Nadia Putri'))
  rina = await sitDown({ role: 'front_desk' })
  sari = await sitDown({ role: 'doctor', doctorId: desk.sari })
})

async function sitDown(who: Parameters<typeof openAccount>[1]) {
  const headers = { Cookie: await openSession(sql, await openAccount(sql, who)), Origin: origin }
  return {
    open: async (path: string) => (await fetch(origin + path, { headers })).text(),
    send: (path: string, fields: Record<string, string>) =>
      fetch(origin + path, {
        method: 'POST',
        headers,
        body: new URLSearchParams(fields),
        redirect: 'manual',
      }),
  }
}

const booking = (doctor: number, time: string, others: Record<string, string> = {}) => ({
  ...{ patient_id: patient, doctor_id: String(doctor), start_at: `${desk.on}T${time}` },
  ...{ location_id: String(desk.location), visit_type_id: String(desk.visitTypes[0]) },
  ...others,
})

/** The first address of a page that has all these in it. */
const linkOn = (page: string, ...parts: string[]) =>
  [...page.matchAll(/(?:href|action)="([^"]*)"/g)]
    .map(([, path = '']) => path.replaceAll('&amp;', '&'))
    .find((path) => parts.every((part) => decodeURIComponent(path).includes(part)))

it('a free minute of a room books that room', async () => {
  const room = await addResource(sql, desk.location, { name: 'Room 7' })
  const day = await rina.open(`/desk?location=${desk.location}&view=grid&by=rooms`)
  const link = linkOn(day, '/desk/book', `resource_id=${room}`, 'T15:00')
  expect(link).toBeDefined()
  const page = await rina.open(link ?? '')
  expect(page).toContain(`<option value="${room}" selected="">Room 7</option>`)
  expect(page).toContain(`value="${desk.on}T15:00"`)
  const fields = booking(desk.sari, '15:00', { resource_id: String(room) })
  expect((await rina.send('/desk/book', fields)).status).toBe(303)
  const { rows } = await sql.query('select part from claims where resource_id = $1', [room])
  expect(rows).toEqual([{ part: 'room' }])
})

describe('a doctor', () => {
  it('books in their own column', async () => {
    const day = await sari.open(`/desk?location=${desk.location}&view=grid`)
    const link = linkOn(day, '/desk/book', `doctor_id=${desk.sari}`, 'T11:00')
    expect(await sari.open(link ?? '')).toContain(`value="${desk.on}T11:00"`)
    const booked = await sari.send('/desk/book', booking(desk.sari, '11:00'))
    const id = Number(/#a(\d+)/.exec(booked.headers.get('Location') ?? '')?.[1])
    expect([booked.status, await desk.timeOf(id)]).toEqual([303, '11:00 Dr. Sari'])
  })

  it('books in nobody else’s, and is not offered to', async () => {
    await sql.query('update clinic_settings set doctors_see_one_another = true')
    const day = await sari.open(`/desk?location=${desk.location}&view=grid`)
    expect(day).toContain('Dr. Strange')
    expect(linkOn(day, '/desk/book', `doctor_id=${desk.strange}`)).toBeUndefined()
    expect((await sari.send('/desk/book', booking(desk.strange, '12:00'))).status).toBe(403)
    const { rows } = await sql.query('select id from appointments where doctor_id = $1', [desk.strange])
    expect(rows).toEqual([])
  })
})

it('a group session has a way to add a patient, until it is full', async () => {
  const yoga = await defineVisitType(sql, { name: 'Yoga', minutes: 60, capacity: 1 })
  await sql.query('insert into doctor_visit_types (doctor_id, visit_type_id) values ($1, $2)', [
    desk.strange,
    yoga,
  ])
  const begun = await beginSession(clinic.context(), {
    ...{ doctorId: desk.strange, visitTypeId: yoga, startAt: desk.instant('16:00') },
  })
  if (!begun.ok) throw new Error(begun.refusal)
  const { id } = begun.appointment
  for (const view of ['grid', 'list']) {
    const day = await rina.open(`/desk?location=${desk.location}&view=${view}`)
    expect(day).toMatch(
      new RegExp(
        `action="/sessions/${id}"><input type="hidden" name="add" value="1"/><button[^>]*>Add a patient`,
      ),
    )
  }
  const page = await rina.open(`/sessions/${id}?add=1`)
  expect(page).toMatch(/<details open=""><summary>Add participant</)
  // What has no undo says so before it is pressed.
  expect(page).toContain('There is no Undo for this: to take it back, move the session again.')
  expect(page).toContain('It can’t be undone.')
  expect((await rina.send(`/sessions/${id}/participants`, { patient_id: patient })).status).toBe(303)
  const full = await rina.open(`/desk?location=${desk.location}&view=grid`)
  expect(full).toContain('1 of 1 places')
  expect(full).not.toContain(`action="/sessions/${id}"`)
})
