import { beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { fieldsOf, openFrontDesk, textOf } from '../../support/desk-pages.ts'
import { defineVisitType, hireDoctor, locationOf, registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
let desk: Awaited<ReturnType<typeof openFrontDesk>>
let visitTypeId: number

beforeAll(async () => {
  desk = await openFrontDesk(clinic)
  visitTypeId = await defineVisitType(sql)
  await desk.open('/desk/walk-ins/new')
})

/** Where it is about noon now, so that the day has free times left. */
function zoneAtNoon(): string {
  const ahead = 12 - new Date().getUTCHours()
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}

async function openPlace() {
  const doctorId = await hireDoctor(sql, { visitTypes: [visitTypeId], timeZone: zoneAtNoon() })
  return { doctorId, locationId: await locationOf(sql, doctorId) }
}

async function come(locationId: number, name = 'Hasan Basri') {
  const response = await desk.send('/desk/walk-ins', {
    location_id: String(locationId),
    patient_id: String(await registerPatient(sql, name)),
    visit_type_id: String(visitTypeId),
    doctor_id: '',
  })
  return response.headers.get('Location') ?? ''
}

describe('a walk-in', () => {
  it('is found, gets a number, and has a slip with an address', async () => {
    const { locationId } = await openPlace()
    await registerPatient(sql, 'Ratna Melati')
    const form = { location_id: String(locationId), patient: 'Ratna Mel' }
    const found = await (await desk.send('/desk/walk-ins/patient-search', form)).text()
    expect(textOf(found)).toContain('1 found.')
    const [, patient_id = ''] = /name="patient_id" value="(\d+)"/.exec(found) ?? []
    const added = await desk.send('/desk/walk-ins', {
      ...form,
      ...{ patient: '', patient_id, visit_type_id: String(visitTypeId), return_to: '/desk?view=list' },
    })
    expect(added.status).toBe(303)
    const page = await (await desk.open(added.headers.get('Location') ?? '')).text()
    expect(textOf(page)).toContain('Walk-in 1')
    expect(textOf(page)).toContain('Ratna Melati')
    const [, token = ''] = /\/w\/(\d+-[\w-]{16})/.exec(page) ?? []
    const theirs = await fetch(`${clinic.origin}/w/${token}`)
    const text = textOf(await theirs.text())
    expect([theirs.status, theirs.headers.get('Refresh')]).toEqual([200, '60'])
    expect(text).toContain('Number 1')
    expect(text).toContain('You are next')
    expect(text).not.toContain('Ratna')
    expect(theirs.headers.get('X-Robots-Tag')).toContain('noindex')
  })

  it('is asked for once more when nobody was chosen', async () => {
    const { locationId } = await openPlace()
    const response = await desk.send('/desk/walk-ins', { location_id: String(locationId) })
    expect(response.status).toBe(422)
    expect(textOf(await response.text())).toContain('Find the patient and choose them')
  })

  it('is booked in one press, and one who waits already keeps their number', async () => {
    const { locationId, doctorId } = await openPlace()
    const path = await come(locationId)
    const page = await (await desk.open(path)).text()
    const fields = fieldsOf(page, `${path}/booking`)
    expect(fields).toMatchObject({ doctor_id: String(doctorId) })
    const booked = await desk.send(`${path}/booking`, fields)
    expect(booked.headers.get('Location')).toMatch(/^\/desk\?.*#a\d+$/)
    expect(await desk.read(path)).toContain('Has an appointment')
    const again = await desk.send(`${path}/booking`, { ...fields, form_key: crypto.randomUUID() })
    expect(again.status).toBe(409)
    expect(textOf(await again.text())).toMatch(/not waiting any more|taken|busy|already has/i)
  })

  it('who left can come back, with the same number', async () => {
    const { locationId } = await openPlace()
    const path = await come(locationId)
    await desk.send(`${path}/removal`, {})
    expect(await desk.read(path)).toMatch(/Left.*Undo/)
    await desk.send(`${path}/return`, {})
    expect(await desk.read(path)).toContain('Waiting')
  })

  it('has an address that nobody else can guess', async () => {
    const { locationId } = await openPlace()
    const [, id] = /(\d+)$/.exec(await come(locationId)) ?? []
    const response = await fetch(`${clinic.origin}/w/${id}-aaaaaaaaaaaaaaaa`)
    expect(response.status).toBe(404)
  })
})

describe('a note', () => {
  const notes = async (locationId: number) =>
    (
      await sql.query('select id, text, cleared_at from day_notes where location_id = $1 order by id', [
        locationId,
      ])
    ).rows

  it('is added, cleared and put up again', async () => {
    const { locationId } = await openPlace()
    const form = { location_id: String(locationId), text: 'Lift is out of order', return_to: '/desk?days=3' }
    const added = await desk.send('/desk/notes', form)
    expect([added.status, added.headers.get('Location')]).toEqual([303, '/desk?days=3'])
    const [{ id }] = await notes(locationId)
    await desk.send(`/desk/notes/${id}/clearing`, form)
    expect(await notes(locationId)).toMatchObject([{ cleared_at: expect.any(Date) }])
    await desk.send(`/desk/notes/${id}/restoration`, form)
    expect(await notes(locationId)).toMatchObject([{ cleared_at: null }])
  })

  it('ends tonight, at the end of a chosen day, or at a time on it', async () => {
    const { locationId } = await openPlace()
    const write = (fields: Record<string, string>) =>
      desk.send('/desk/notes', {
        location_id: String(locationId),
        text: 'Lift',
        until_on: '2040-01-02',
        ...fields,
      })
    for (const fields of [{ until: 'tonight' }, { until: 'date' }, { until: 'date', until_at: '11:30' }])
      expect((await write(fields)).status).toBe(303)
    const { rows } = await sql.query(
      `select (expires_at at time zone time_zone)::text as ends, expires_at < now() + interval '25 hours' as is_soon
       from day_notes join locations on locations.id = location_id where location_id = $1 order by day_notes.id`,
      [locationId],
    )
    expect(rows).toEqual([
      { ends: expect.stringMatching(/ 00:00:00$/), is_soon: true },
      { ends: '2040-01-03 00:00:00', is_soon: false },
      { ends: '2040-01-02 11:30:00', is_soon: false },
    ])
    expect(await desk.read(`/desk?location=${locationId}`)).toMatch(
      /Until tonight .*Until Mon 2 Jan 11:30 .*Until the end of Mon 2 Jan|Until tonight .*Until the end of Mon 2 Jan .*Until Mon 2 Jan 11:30/,
    )
    const undated = await write({ until: 'date', until_on: '' })
    expect([undated.status, await undated.text()]).toEqual([
      422,
      expect.stringContaining('note-until_on-problem'),
    ])
  })

  it('that would end before now is asked for again, with what was typed', async () => {
    const { locationId } = await openPlace()
    const form = { location_id: String(locationId), text: 'Lift', until_on: '2020-01-01' }
    const response = await desk.send('/desk/notes', form)
    expect(response.status).toBe(422)
    expect(textOf(await response.text())).toMatch(/Choose a time that is still to come.*|Lift/)
    expect(await notes(locationId)).toEqual([])
  })
})
