import { beforeAll, describe, expect, it } from 'vitest'
import { writeDayNote } from '../../../src/clinic/day-notes/write.ts'
import { bookSeries } from '../../../src/clinic/series/book.ts'
import { addWalkIn } from '../../../src/clinic/walk-ins/add.ts'
import { openClinic } from '../../support/clinic.ts'
import { textOf } from '../../support/desk-pages.ts'
import {
  defineVisitType,
  hireDoctor,
  insertAppointment,
  openAccount,
  openLocation,
  openSession,
  registerPatient,
} from '../../support/people.ts'

// The pages of a front desk account that is bound to one location.

const clinic = await openClinic()
const { sql, origin } = clinic
let headers: Record<string, string>
let visitTypeId = 0
let here = 0
let there = 0
let ownDoctor = 0
let doctorThere = 0
let patientId = 0

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql)
  ownDoctor = await hireDoctor(sql, { visitTypes: [visitTypeId] })
  doctorThere = await hireDoctor(sql, { visitTypes: [visitTypeId] })
  ;[here, there] = [await openLocation(sql), await openLocation(sql)]
  for (const [doctor, location, name] of [
    [ownDoctor, here, 'Menteng'],
    [doctorThere, there, 'Kemang'],
  ] as const) {
    await sql.query('update locations set name = $2 where id = $1', [location, name])
    await sql.query('delete from doctor_locations where doctor_id = $1 and location_id <> $2', [
      doctor,
      location,
    ])
    await sql.query('insert into doctor_locations values ($1, $2) on conflict do nothing', [doctor, location])
    await sql.query('update weekly_hours set location_id = $2 where doctor_id = $1', [doctor, location])
    await sql.query('update doctors set location_id = $2 where id = $1', [doctor, location])
  }
  patientId = await registerPatient(sql, 'Nadia Putri')
  const account = await openAccount(sql, { role: 'front_desk' })
  await sql.query('insert into account_locations values ($1, $2)', [account, here])
  headers = { Cookie: await openSession(sql, account), Origin: origin }
})

const open = (path: string) => fetch(origin + path, { headers, redirect: 'manual' })
const send = (path: string, fields: Record<string, string> = {}) =>
  fetch(origin + path, { method: 'POST', headers, body: new URLSearchParams(fields), redirect: 'manual' })
const many = async (table: string) => {
  const { rows } = await sql.query(`select count(*)::int as many from ${table} where location_id = $1`, [
    there,
  ])
  return rows[0].many
}

describe('a front desk that is bound to a location', () => {
  it('adds, books and removes no walk-in elsewhere', async () => {
    expect((await open(`/desk/walk-ins/new?location=${there}`)).status).toBe(404)
    const wish = { patient_id: String(patientId), visit_type_id: String(visitTypeId), doctor_id: '' }
    expect((await send('/desk/walk-ins', { ...wish, location_id: String(there) })).status).toBe(404)
    expect(await many('walk_ins')).toBe(0)
    const theirs = await addWalkIn(clinic.context(), { locationId: there, visitTypeId, patientId })
    if (!theirs.ok) throw new Error(theirs.refusal)
    const path = `/desk/walk-ins/${theirs.walkIn.id}`
    expect((await open(path)).status).toBe(404)
    for (const noun of ['booking', 'removal', 'return'])
      expect((await send(`${path}/${noun}`, { doctor_id: '', start_at: '2030-01-07T09:00' })).status).toBe(
        404,
      )
    const { rows } = await sql.query('select left_at, appointment_id from walk_ins where id = $1', [
      theirs.walkIn.id,
    ])
    expect(rows).toEqual([{ left_at: null, appointment_id: null }])
  })

  it('writes and clears no note elsewhere', async () => {
    expect((await send('/desk/notes', { location_id: String(there), text: 'Water is off' })).status).toBe(404)
    expect(await many('day_notes')).toBe(0)
    const note = await writeDayNote(clinic.context(), { locationId: there, text: 'Water is off' })
    if (!note.ok) throw new Error(note.refusal)
    expect((await send(`/desk/notes/${note.dayNoteId}/clearing`)).status).toBe(404)
    const { rows } = await sql.query('select cleared_at from day_notes where id = $1', [note.dayNoteId])
    expect(rows).toEqual([{ cleared_at: null }])
  })

  it('sees and makes no block elsewhere', async () => {
    expect((await open(`/desk/blocks?location=${there}`)).status).toBe(404)
    const block = { whose: `location:${there}`, kind: 'block', reason: 'Meeting', location_id: String(there) }
    const times = { on: '2031-01-06', start_local: '2031-01-06T09:00', end_local: '2031-01-06T10:00' }
    expect((await send('/desk/blocks', { ...block, ...times })).status).toBe(404)
    expect(await many('closures')).toBe(0)
    const hours = { ...block, ...times, whose: `doctor:${doctorThere}`, kind: 'hours', reason: '' }
    const before = await many('weekly_hours')
    const evening = { start_local: '2031-01-06T22:00', end_local: '2031-01-06T23:00' }
    expect((await send('/desk/blocks', { ...hours, ...evening })).status).toBe(404)
    expect(await many('weekly_hours')).toBe(before)
  })

  it('undoes, moves and flags nothing elsewhere', async () => {
    const startAt = new Date(Date.now() + 3_600_000).toISOString()
    const id = await insertAppointment(sql, { doctorId: doctorThere, patientId, visitTypeId, startAt })
    for (const [noun, fields] of Object.entries({
      undo: {},
      arrival: {},
      move: { slot: `${ownDoctor}/2031-01-06T09:00`, location: String(here) },
      flag: { flag: 'interpreter', is_set: '1' },
    }))
      expect([
        noun,
        (await send(`/desk/appointments/${id}/${noun}`, fields as Record<string, string>)).status,
      ]).toEqual([noun, 404])
    const { rows } = await sql.query('select flag from patient_flags where patient_id = $1', [patientId])
    expect(rows).toEqual([])
  })

  it('is offered only its own locations when it books and moves', async () => {
    const startAt = '2031-01-06T02:00:00Z'
    const id = await insertAppointment(sql, { doctorId: ownDoctor, patientId, visitTypeId, startAt })
    for (const path of [`/desk/appointments/${id}/move`, `/desk/book?location=${here}`]) {
      const text = textOf(await (await open(path)).text())
      expect([path, text.includes('Menteng'), text.includes('Kemang')]).toEqual([path, true, false])
    }
    const elsewhere = { doctor_id: String(doctorThere), start_at: '2031-01-06T09:00' }
    for (const path of [
      `/desk/appointments/${id}/move?location=${there}`,
      `/desk/book?location=${there}`,
      `/desk/book?${new URLSearchParams(elsewhere)}`,
    ])
      expect([path, (await open(path)).status]).toEqual([path, 404])
  })

  it('is told what to do about a series that goes on elsewhere', async () => {
    const booked = await bookSeries(clinic.context(), {
      ...{ doctorId: ownDoctor, patientId, visitTypeId, startAt: '2031-02-03T09:00' },
      ...{ rule: { every: 1, unit: 'week', count: 3 } },
    })
    if (!booked.ok) throw new Error(booked.refusal)
    const [first, , last] = booked.series.appointments
    await sql.query('update appointments set location_id = $2 where id = $1', [last?.id, there])
    const path = `/series/${booked.series.id}`
    const asked = { from: String(first?.id), scope: 'following' }
    for (const answer of [
      await send(`${path}/cancellation`, { ...asked, reason: 'Ill' }),
      await send(`${path}/rescheduling`, { ...asked, start_at: '2031-02-03T10:00' }),
    ]) {
      expect(answer.status).toBe(409)
      expect(textOf(await answer.text())).toContain('Change yours one by one')
    }
    const { rows } = await sql.query('select distinct status from appointments where series_id = $1', [
      booked.series.id,
    ])
    expect(rows).toEqual([{ status: 'booked' }])
    expect((await send(`${path}/cancellation`, { ...asked, scope: 'this', reason: 'Ill' })).status).toBe(303)
  })
})
