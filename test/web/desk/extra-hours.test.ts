import { beforeAll, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { fieldsOf, openFrontDesk, textOf } from '../../support/desk-pages.ts'
import {
  defineVisitType,
  hireDoctor,
  insertAppointment,
  locationOf,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
const day = '2031-01-06'
let desk: Awaited<ReturnType<typeof openFrontDesk>>
let visitTypeId: number

beforeAll(async () => {
  desk = await openFrontDesk(clinic)
  visitTypeId = await defineVisitType(sql)
})

async function openPlace() {
  const doctorId = await hireDoctor(sql, {
    visitTypes: [visitTypeId],
    hours: [{ weekdays: [1], opensAt: '09:00', closesAt: '17:00' }],
  })
  const locationId = await locationOf(sql, doctorId)
  const form = {
    ...{ location_id: String(locationId), on: day, whose: `doctor:${doctorId}`, kind: 'hours' },
    ...{ reason: '', start_local: `${day}T18:00`, end_local: `${day}T20:00` },
  }
  return { doctorId, locationId, form, week: `/desk/blocks?location=${locationId}&on=${day}` }
}

/** As a patient on the clinic's own page. */
async function hold(doctorId: number, clock: string) {
  const account = await openAccount(sql, { patientIds: [await registerPatient(sql)] })
  const response = await fetch(`${origin}/booking/holds`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: await openSession(sql, account), Origin: origin },
    body: new URLSearchParams({
      visit_type_id: String(visitTypeId),
      slot: `${doctorId}/${day}T${clock}:00+07:00`,
    }),
  })
  return response.status
}

it('extra hours are shown before they are saved, and then patients book in them', async () => {
  const { form, week, doctorId } = await openPlace()
  expect(await desk.read(week)).toMatch(
    /Extra hours: patients can also book.*To shorten a day, enter time off/,
  )
  const preview = await (await desk.send('/desk/blocks/preview', form)).text()
  expect(textOf(preview)).toMatch(/Not saved yet.*Patients can book these times as soon as you save/)
  expect(await hold(doctorId, '18:00')).toBe(409)
  const saved = await desk.send('/desk/blocks', fieldsOf(preview, '/desk/blocks"'))
  expect(saved.status).toBe(303)
  const page = await desk.read(saved.headers.get('Location') ?? '')
  expect(page).toMatch(/Extra hours.*Saved.*18:00–20:00 · Extra hours.*No patients are booked in them/)
  expect(await hold(doctorId, '18:00')).toBe(303)
})

it('extra hours say who is booked in them, are removed with a list to work through, and put back', async () => {
  const { form, week, doctorId, locationId } = await openPlace()
  await desk.send('/desk/blocks', form)
  await insertAppointment(sql, {
    ...{ doctorId, visitTypeId, startAt: `${day}T18:00+07:00` },
    patientId: await registerPatient(sql, 'Putri Maharani'),
  })
  const listed = await (await desk.open(week)).text()
  expect(textOf(listed)).toMatch(/1 patient is booked in them.*If you remove these hours.*Putri Maharani/)
  expect(listed).not.toContain('change=hours')
  const [, removal = ''] = /action="(\/desk\/blocks\/\d+\/removal)"/.exec(listed) ?? []
  expect((await desk.send(removal, fieldsOf(listed, removal))).status).toBe(303)
  const removed = await (await desk.open(week)).text()
  expect(textOf(removed)).toMatch(/Removed 1 patient is now booked outside the hours.*Putri Maharani.*Undo/)
  const toWorkThrough = `/desk/to-work-through?location=${locationId}`
  expect(await desk.read(toWorkThrough)).toContain('Putri Maharani')
  await desk.send('/desk/blocks', fieldsOf(removed, '/desk/blocks"'))
  expect(await desk.read(week)).toContain('1 patient is booked in them')
  expect(await desk.read(toWorkThrough)).toContain('Nothing to work through')
})

it('extra hours that overlap others are not saved, and the page says which', async () => {
  const { form, doctorId } = await openPlace()
  const response = await desk.send('/desk/blocks', { ...form, start_local: `${day}T16:00` })
  expect(response.status).toBe(409)
  expect(textOf(await response.text())).toMatch(/Not saved.*already has hours from 09:00 to 17:00 that day/)
  const { rows } = await sql.query('select from weekly_hours where doctor_id = $1', [doctorId])
  expect(rows).toHaveLength(1)
})

it.each([
  ['of a location', { whose: 'location' }, 'only doctors have extra hours'],
  ['over two days', { end_local: '2031-01-07T01:00' }, 'end on the day on which they begin'],
  ['that end before they begin', { end_local: `${day}T17:00` }, 'Not saved'],
])('extra hours %s are asked for again', async (_, change, words) => {
  const { form, locationId } = await openPlace()
  const whose = 'whose' in change ? `location:${locationId}` : form.whose
  for (const path of ['/desk/blocks/preview', '/desk/blocks']) {
    const response = await desk.send(path, { ...form, ...change, whose })
    expect(response.status).toBe(422)
    expect(textOf(await response.text())).toContain(words)
  }
})

it('extra hours are removed as those of their doctor only', async () => {
  const { form, doctorId } = await openPlace()
  await desk.send('/desk/blocks', form)
  const { rows } = await sql.query('select max(id) as id from weekly_hours where doctor_id = $1', [doctorId])
  for (const whose of [`location:${doctorId}`, `doctor:${await hireDoctor(sql)}`])
    expect((await desk.send(`/desk/blocks/${rows[0].id}/removal`, { ...form, whose })).status).toBe(404)
})

it('a block does not become extra hours', async () => {
  const { form } = await openPlace()
  expect((await desk.send('/desk/blocks', { ...form, replaces: '1' })).status).toBe(422)
})

it('the day and the doctor’s own page lead to them, and doctors enter only their own', async () => {
  const { form, doctorId, locationId } = await openPlace()
  const onDay = await (await desk.open(`/desk?location=${locationId}&on=${day}`)).text()
  expect(onDay).toContain(`href="/desk/blocks?location=${locationId}&amp;on=${day}&amp;return_to=`)
  const account = await openAccount(sql, { role: 'doctor', doctorId })
  const headers = { Cookie: await openSession(sql, account), Origin: origin }
  expect(await (await fetch(`${origin}/desk/mine`, { headers })).text()).toContain('href="/desk/blocks"')
  const send = (whose: string) =>
    fetch(`${origin}/desk/blocks`, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: new URLSearchParams({ ...form, whose }),
    })
  expect((await send(form.whose)).status).toBe(303)
  expect((await send(`doctor:${await hireDoctor(sql)}`)).status).toBe(403)
})

it('speaks Indonesian', async () => {
  const { week } = await openPlace()
  expect(await desk.read(`${week}&lang=id`)).toContain('Jam praktik tambahan')
})
