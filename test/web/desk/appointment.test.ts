import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { checkIn } from '../../../src/clinic/appointments/check-in.ts'
import { leaveNote } from '../../../src/clinic/appointments/note.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, openAccount, openSession, registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
let desk: Record<string, string>
let rina = 0
let dimas = 0
let doctorId = 0
let patientId = 0
let id = 0

beforeAll(async () => {
  rina = await openAccount(sql, { role: 'front_desk', name: 'Rina Aulia' })
  dimas = await openAccount(sql, { role: 'front_desk', name: 'Dimas Hartono' })
  desk = { Cookie: await openSession(sql, rina), Origin: clinic.origin }
})

beforeEach(async () => {
  doctorId = await hireDoctor(sql)
  patientId = await registerPatient(sql, 'Rizky Pratama')
  await sql.query(
    `update patients set birth_date = '1984-03-14', phone = '+6281255504821', contact_email = 'rizky@example.com',
       languages = '{id}', desk_note = 'Prefers calls after 16:00.' where id = $1`,
    [patientId],
  )
  const startAt = soon()
  id = (
    await appointmentOf(
      bookAppointment(as(dimas), {
        ...{ doctorId, patientId, startAt, overrideReason: 'Works mornings', reasonForVisit: 'Cough' },
        endAt: new Date(Date.parse(startAt) + 1_800_000).toISOString(),
      }),
    )
  ).id
})

/** Later today in Jakarta, or in its last minutes. */
function soon(): string {
  return new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 60_000).toISOString()
}
const as = (accountId: number) => clinic.context({ actor: { kind: 'front_desk', accountId } })
const open = (path = '') =>
  fetch(`${clinic.origin}/desk/appointments/${id}${path}`, { headers: desk, redirect: 'manual' })
const press = (noun: string, fields: Record<string, string> = {}) =>
  fetch(`${clinic.origin}/desk/appointments/${id}/${noun}`, {
    method: 'POST',
    headers: desk,
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
const textOf = (page: string) =>
  page
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, '’')
    .replace(/\s+/g, ' ')
const read = async (path = '') => textOf(await (await open(path)).text())
const statusOf = async () =>
  (
    await sql.query(
      'select status, started_at is not null as started, event_count as version from appointments where id = $1',
      [id],
    )
  ).rows[0]

describe('the page of an appointment', () => {
  it('shows what was agreed, why, who did what, and the patient, in one trip', async () => {
    await leaveNote(as(dimas), { id, note: 'Needs a wheelchair' })
    await open()
    clinic.takeTrips()
    const text = await read()
    expect(clinic.takeTrips()).toHaveLength(1)
    for (const shown of [
      'Rizky Pratama',
      'Booked',
      'Works mornings',
      'Cough',
      'Needs a wheelchair',
      'Note left Dimas Hartono, front desk · “Needs a wheelchair”',
      'Override: “Works mornings”',
      'Born 14 Mar 1984',
      '+6281255504821',
      'rizky@example.com',
      'Indonesian',
      'Prefers calls after 16:00.',
    ])
      expect(text).toContain(shown)
  })

  it('reads the same in Indonesian', async () => {
    const page = await fetch(`${clinic.origin}/desk/appointments/${id}`, {
      headers: { ...desk, Cookie: `${desk.Cookie}; language=id`, 'Accept-Language': 'id' },
    })
    expect(textOf(await page.text())).toMatch(/Riwayat|History/)
  })

  it('is nothing to patients', async () => {
    const account = await openAccount(sql, { patientIds: [patientId] })
    const headers = { Cookie: await openSession(sql, account) }
    expect((await fetch(`${clinic.origin}/desk/appointments/${id}`, { headers })).status).toBe(404)
  })

  it('records that the patient’s record was opened', async () => {
    await open()
    const { rows } = await sql.query('select account_id::int from patient_accesses where patient_id = $1', [
      patientId,
    ])
    expect(rows).toEqual([{ account_id: rina }])
  })
})

describe('what to know when the patient comes', () => {
  const flagsOf = async () => {
    const { rows } = await sql.query('select flag from patient_flags where patient_id = $1 order by flag', [
      patientId,
    ])
    return rows.map(({ flag }) => flag)
  }
  const flag = (name: string, isSet: string) => press('flag', { flag: name, is_set: isSet })

  it('is set and taken away with one press, in one trip', async () => {
    const page = await (await open()).text()
    expect(page).toMatch(/aria-pressed="false">Form missing<.*aria-pressed="false">Interpreter</)
    clinic.takeTrips()
    expect((await flag('interpreter', '1')).status).toBe(303)
    expect(clinic.takeTrips()).toHaveLength(1)
    await flag('form_missing', '1')
    expect(await flagsOf()).toEqual(['form_missing', 'interpreter'])
    expect(await (await open()).text()).toMatch(/aria-pressed="true">Interpreter</)
    await flag('form_missing', '')
    expect(await flagsOf()).toEqual(['interpreter'])
  })

  it('never holds what only another system knows', async () => {
    expect((await flag('balance', '1')).status).toBe(404)
    expect(await flagsOf()).toEqual([])
  })
})

describe('a press', () => {
  it('takes the patient from arrived to done, and back, in one trip each', async () => {
    for (const [noun, expected] of [
      ['arrival', { status: 'arrived', started: false }],
      ['start', { status: 'arrived', started: true }],
      ['completion', { status: 'fulfilled', started: true }],
      ['undo', { status: 'arrived', started: true }],
      ['undo', { status: 'arrived', started: false }],
      ['undo', { status: 'booked', started: false }],
    ] as const) {
      const { version } = await statusOf()
      clinic.takeTrips()
      const pressed = await press(noun, { version: String(version) })
      expect(clinic.takeTrips()).toHaveLength(1)
      expect([noun, pressed.status, pressed.headers.get('Location')]).toEqual([
        noun,
        303,
        `/desk/appointments/${id}`,
      ])
      expect(await statusOf()).toMatchObject(expected)
    }
  })

  it('returns to the day that it came from, at the appointment, and nowhere else', async () => {
    const back = await press('arrival', { return_to: '/desk?view=list' })
    expect(back.headers.get('Location')).toBe(`/desk?view=list#a${id}`)
    const away = await press('undo', { return_to: 'https://elsewhere.example' })
    expect(away.headers.get('Location')).toBe(`/desk/appointments/${id}`)
  })

  it('offers to undo it, and says when the patient is told', async () => {
    const cancelled = await press('cancellation', {
      version: '1',
      reason: 'Patient is ill',
      details: 'Has a fever',
    })
    expect(cancelled.status).toBe(303)
    const text = await read()
    expect(text).toContain('Appointment cancelled')
    expect(text).toContain('Reason: Patient is ill: Has a fever.')
    expect(text).toMatch(/The patient will be told at \d\d:\d\d, unless you undo it\./)
    expect(text).toContain('Cancelled because Patient is ill: Has a fever')
    await press('undo', { version: '2' })
    expect(await statusOf()).toMatchObject({ status: 'booked', version: 3 })
    expect(await read()).toContain('undone later')
  })

  it('says that the time was taken, when an undo comes too late', async () => {
    await cancelAppointment(as(rina), { id, reason: 'Ill' })
    const { rows } = await sql.query('select start_at, end_at from appointments where id = $1', [id])
    const times = { startAt: rows[0].start_at.toISOString(), endAt: rows[0].end_at.toISOString() }
    const other = await registerPatient(sql)
    await appointmentOf(bookAppointment(as(dimas), { doctorId, patientId: other, ...times }))
    const refused = await press('undo', { version: '2' })
    expect(refused.status).toBe(409)
    expect(textOf(await refused.text())).toContain('The time was taken meanwhile.')
  })

  it('asks for a reason before it cancels', async () => {
    const refused = await press('cancellation', { version: '1' })
    expect(refused.status).toBe(422)
    expect(textOf(await refused.text())).toContain('Choose a reason.')
    expect(await statusOf()).toMatchObject({ status: 'booked' })
  })

  it('on what has changed meanwhile does nothing, and shows both', async () => {
    await checkIn(as(dimas), id)
    const stale = await press('note', { version: '1', note: 'Too late' })
    expect(stale.status).toBe(409)
    const text = textOf(await stale.text())
    expect(text).toContain('This changed in the meantime')
    expect(text).toMatch(
      /Now Arrived .* Arrived · Dimas Hartono, front desk, \d\d:\d\d You wanted Note: Too late/,
    )
    expect(await statusOf()).toMatchObject({ version: 2 })
  })

  it('that someone else pressed already is no quarrel', async () => {
    await checkIn(as(dimas), id)
    expect((await press('arrival', { version: '1' })).status).toBe(303)
    expect(await statusOf()).toMatchObject({ version: 2 })
  })

  it('says why it is refused', async () => {
    const refused = await press('completion', { version: '1' })
    expect(refused.status).toBe(409)
    expect(textOf(await refused.text())).toContain('Not changed The status it has now doesn’t allow this.')
  })

  it('leaves a note, and clears it', async () => {
    await press('note', { version: '1', note: 'Needs a wheelchair' })
    expect(await read()).toContain('Note Needs a wheelchair')
    await press('note', { version: '2', note: '' })
    expect(await read()).toContain('Note cleared')
  })
})

describe('the history', () => {
  it('tells a move and its undoing in plain words', async () => {
    const startAt = new Date(Date.parse(soon()) + 3 * 86_400_000).toISOString()
    await rescheduleAppointment(as(dimas), { id, startAt, overrideReason: 'As asked' })
    await press('undo', { version: '2' })
    const text = await read()
    expect(text).toMatch(
      /Moved from .* to .* Dimas Hartono, front desk · Override: “As asked” · undone later/,
    )
    expect(text).toMatch(/Move undone: from .* back to .* Rina Aulia, front desk/)
  })
})

describe('the patient', () => {
  it('is identified by what matched, which is recorded', async () => {
    expect((await press('identity')).status).toBe(422)
    expect((await press('identity', { birth_date: '1', id_card: '1' })).status).toBe(303)
    const { rows } = await sql.query(
      `select kind, account_id::int, after from patient_events where patient_id = $1`,
      [patientId],
    )
    const after = { checked: ['birth_date', 'id_card'], appointment_id: id }
    expect(rows).toEqual([{ kind: 'patient.identity_confirmed', account_id: rina, after }])
    expect(await read()).toMatch(/Identity confirmed \d\d:\d\d by Rina Aulia/)
  })

  it('is booked again with the same doctor', async () => {
    expect(await (await open()).text()).toContain(
      `/desk/book?patient_id=${patientId}&amp;doctor_id=${doctorId}`,
    )
  })

  it('gets a label with a button that prints it', async () => {
    const page = await (await open('/label')).text()
    expect(textOf(page)).toMatch(/Rizky Pratama Born 14 Mar 1984/)
    expect(page).toContain('data-print')
  })
})
