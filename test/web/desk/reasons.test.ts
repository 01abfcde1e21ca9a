import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { leaveNote } from '../../../src/clinic/appointments/note.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { type DeskDay, openDeskDay } from '../../support/desk-day.ts'
import { textOf } from '../../support/desk-pages.ts'
import { openAccount, openSession, registerPatient } from '../../support/people.ts'

// Wherever staff see an appointment, they can read why it is outside the rules, and why it was called off.

const clinic = await openClinic()
const { sql } = clinic
const moved = 'Works mornings'
const calledOff = 'Has a “fever”'
let desk: DeskDay
let cookies: Record<'desk' | 'doctor', string>
/** Of one patient, all outside the rules: one to come, one called off. */
let ids: Record<'standing' | 'cancelled', number>

beforeAll(async () => {
  desk = await openDeskDay(clinic)
  const accountId = await openAccount(sql, { role: 'front_desk' })
  cookies = {
    desk: await openSession(sql, accountId),
    doctor: await openSession(sql, await openAccount(sql, { role: 'doctor', doctorId: desk.sari })),
  }
  const rina = clinic.context({ actor: { kind: 'front_desk', accountId } })
  const patientId = await registerPatient(sql, 'Rizky Pratama')
  const book = async (time: string) => {
    const [startAt, endAt] = [desk.instant(time), desk.instant(time.replace(':00', ':45'))]
    const wish = { doctorId: desk.sari, locationId: desk.location, patientId, startAt, endAt }
    return (await appointmentOf(bookAppointment(rina, { ...wish, overrideReason: moved }))).id
  }
  ids = { standing: await book('15:00'), cancelled: await book('16:00') }
  await cancelAppointment(rina, { id: ids.cancelled, reason: calledOff })
})

async function open(who: 'desk' | 'doctor', path: string): Promise<string> {
  const answer = await fetch(clinic.origin + path, { headers: { Cookie: cookies[who] } })
  return answer.text()
}

/** What stands in the entry of an appointment, as it is seen and in full. */
function entryOf(page: string, id: number): string {
  const [, entry = ''] =
    new RegExp(`<li class="[^"]*" id="a${id}"(.*?)<div class="acts">|$`, 's').exec(page) ?? []
  return entry
}

const all = () => `/desk?location=${desk.location}&cancelled=1`

describe('why it is outside the rules', () => {
  it('stands in the list of the day, for the front desk and in the doctor’s own day', async () => {
    const list = await open('desk', `${all()}&view=list`)
    expect(textOf(entryOf(list, ids.standing))).toContain(`Override : ${moved}`)
    const own = await open('doctor', '/desk/mine')
    expect(textOf(entryOf(own, ids.standing))).toContain(`Override : ${moved}`)
  })

  it('is told by the badge in the grid', async () => {
    const grid = await open('desk', `${all()}&view=grid`)
    expect(grid).toContain(`<li class="b" title="${moved}">`)
    expect(textOf(grid)).toContain(`Override : ${moved}`)
  })

  it('stands on the appointment’s page, and in the patient’s card beside another appointment', async () => {
    const page = textOf(await open('desk', `/desk/appointments/${ids.standing}`))
    expect(page).toContain(`Override ${moved}`)
    const beside = await cardOf(ids.cancelled)
    expect(beside).toContain(`Override: “${moved}”`)
  })

  it('stands in the list to work through', async () => {
    await sql.query(
      `insert into time_off (doctor_id, starts_at, ends_at)
       values ($1, $2::date + time '14:30', $2::date + time '16:30')`,
      [desk.sari, desk.on],
    )
    await sql.query('select notice_stranded($1)', [[ids.standing]])
    const page = textOf(await open('desk', `/desk/to-work-through?location=${desk.location}`))
    expect(page).toContain(`Booked outside the rules: ${moved}`)
  })
})

describe('why it was called off', () => {
  it.each(['list', 'grid'])('stands in the %s of the day', async (view) => {
    const page = await open('desk', `${all()}&view=${view}`)
    expect(textOf(page)).toContain(calledOff)
  })

  it('stands on the appointment’s page, and in the patient’s card beside another appointment', async () => {
    const page = textOf(await open('desk', `/desk/appointments/${ids.cancelled}`))
    expect(page).toContain(`Cancelled because ${calledOff}`)
    expect(await cardOf(ids.standing)).toContain(`“${calledOff}”`)
  })

  it('is still the reason once a note was left', async () => {
    const accountId = await openAccount(sql, { role: 'front_desk' })
    const dimas = clinic.context({ actor: { kind: 'front_desk', accountId } })
    await leaveNote(dimas, { id: ids.cancelled, note: 'Will call again' })
    expect(textOf(await open('desk', `${all()}&view=list`))).toContain(calledOff)
  })
})

/** The patient’s other appointments, beside one. */
async function cardOf(id: number): Promise<string> {
  const page = await open('desk', `/desk/appointments/${id}`)
  return textOf(page.slice(page.indexOf('<aside class="stack"')))
}
