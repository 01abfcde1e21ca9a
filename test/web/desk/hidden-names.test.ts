import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { openDeskDay } from '../../support/desk-day.ts'
import { openAccount, openSession, registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
const surname = 'Wulandari'
let headers: Record<string, string>
let desk: Awaited<ReturnType<typeof openDeskDay>>
let id = 0
let patientId = 0
let taken = ''
let block = ''
let walkIn = ''

beforeAll(async () => {
  const account = await openAccount(sql, { role: 'front_desk' })
  desk = await openDeskDay(clinic)
  const session = await openSession(sql, account)
  const cookie = `__Host-desk${account}=${encodeURIComponent(JSON.stringify({ hidesNames: true }))}`
  headers = { Cookie: `${session}; ${cookie}`, Origin: origin }
  patientId = await register('Nadia Wulandari')
  const [visitTypeId = 0] = desk.visitTypes
  const ctx = clinic.context({ actor: { kind: 'front_desk', accountId: account } })
  const booked = await appointmentOf(
    bookAppointment(ctx, {
      ...{ doctorId: desk.sari, patientId, visitTypeId },
      ...{ startAt: desk.instant('14:00'), overrideReason: 'Asked' },
    }),
  )
  id = booked.id
  const other = await register('Bagus Wulandari')
  taken = desk.instant('15:00')
  await appointmentOf(
    bookAppointment(ctx, {
      doctorId: desk.sari,
      patientId: other,
      visitTypeId,
      startAt: taken,
      overrideReason: 'Asked',
    }),
  )
  await sql.query(
    `insert into time_off (doctor_id, starts_at, ends_at, kind, reason)
     values ($1, $2::date + time '13:30', $2::date + time '14:30', 'block', 'Meeting')`,
    [desk.sari, desk.on],
  )
  await sql.query('select notice_stranded($1)', [[id]])
  block = `/desk/blocks?location=${desk.location}&doctor=${desk.sari}`
  const came = await send('/desk/walk-ins', {
    ...{ location_id: String(desk.location), patient_id: String(await register('Citra Wulandari')) },
    ...{ visit_type_id: String(visitTypeId), doctor_id: '' },
  })
  walkIn = new URL(came.headers.get('Location') ?? '', origin).pathname
})

async function register(name: string): Promise<number> {
  const own = await registerPatient(sql, name)
  await sql.query(
    `update patients set contact_email = lower(replace(name, ' ', '.')) || '@example.com' where id = $1`,
    [own],
  )
  return own
}

const open = async (path: string) => (await fetch(origin + path, { headers })).text()
const send = (path: string, fields: Record<string, string>) =>
  fetch(origin + path, { method: 'POST', headers, body: new URLSearchParams(fields), redirect: 'manual' })

/** What can be read on the screen: without what stands for screen readers, and with what stands for hidden names. */
function seenOn(page: string): string {
  const voiceless = page
    .replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<span class="(vh|aloud)">(?:[^<]|<bdi>|<\/bdi>)*<\/span>/g, ' ')
  return voiceless
    .replace(/<(\w+)[^>]*\sdata-i="([^"]*)"[^>]*>(?:(?!<\/\1>)[\s\S])*<\/\1>/g, ' $2 ')
    .replace(/<[^>]*>/g, ' ')
}

function expectHidden(page: string, hasInitials = true) {
  expect(page.length).toBeGreaterThan(500)
  const [title = surname] = /<title>[^<]*/.exec(page) ?? []
  expect([...`${title} ${seenOn(page)}`.matchAll(/.{0,60}wulandari.{0,20}/gi)].map(String)).toEqual([])
  if (hasInitials) expect(/data-i="[^"]*W\.?"?/.test(page), `${title} has initials`).toBe(true)
}

describe('with names hidden', () => {
  it('shows initials on every page of the desk, in the title too', async () => {
    for (const path of [
      `/desk?location=${desk.location}&view=grid`,
      `/desk?location=${desk.location}&view=list`,
      `/desk/appointments/${id}`,
      `/desk/appointments/${id}/label`,
      `/desk/appointments/${id}/move`,
      `/desk/book?location=${desk.location}&patient_id=${patientId}`,
      `/desk/book?location=${desk.location}&doctor_id=${desk.sari}&start_at=${desk.on}T15:00`,
      `/desk/to-work-through?location=${desk.location}`,
      walkIn,
    ])
      expectHidden(await open(path))
    for (const path of [block, '/desk/messages', '/desk/figures', '/desk/keys', '/desk/walk-ins/new'])
      expectHidden(await open(path), false)
  })

  it('shows initials where a search or a refusal names someone', async () => {
    const fields = { location_id: String(desk.location), q: 'Nadia', patient: 'Nadia' }
    expectHidden(await (await send('/desk/book/patient-search', fields)).text())
    expectHidden(await (await send('/desk/walk-ins/patient-search', fields)).text())
    expectHidden(await (await send('/desk/messages/patient-search', fields)).text(), false)
    const slot = `${desk.sari}/${taken}`
    const refused = await send(`/desk/appointments/${id}/move`, { slot, location: String(desk.location) })
    expect(refused.status).toBe(409)
    expectHidden(await refused.text())
    const booking = await send('/desk/book', {
      ...{ patient_id: String(patientId), doctor_id: String(desk.sari), location_id: String(desk.location) },
      ...{ start_at: `${desk.on}T15:00`, visit_type_id: String(desk.visitTypes[0]) },
    })
    expect(booking.status).toBe(409)
    expectHidden(await booking.text())
  })

  it('shows initials of patients who may be the one to be registered', async () => {
    await sql.query(`update patients set birth_date = '1990-01-01' where id = $1`, [patientId])
    const page = await send('/desk/book', {
      ...{ name: 'Nadia Wulandari', birth_date: '1990-01-01', phone: '', register: 'yes' },
      ...{ doctor_id: String(desk.sari), location_id: String(desk.location) },
      ...{ start_at: `${desk.on}T16:00`, visit_type_id: String(desk.visitTypes[0]) },
    })
    expect(page.status).toBe(409)
    expectHidden(await page.text())
  })

  it('shows names on one page when asked', async () => {
    expect(await open(`/desk/appointments/${id}`)).toMatch(/<label class="show-names"><input type="checkbox"/)
    expect(await open('/desk/messages?names=shown')).not.toContain('>Show names on this page<')
  })
})
