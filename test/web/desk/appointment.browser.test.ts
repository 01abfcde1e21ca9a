import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { checkIn } from '../../../src/clinic/appointments/check-in.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { asCookie, visit } from '../../support/pages.ts'
import { hireDoctor, openAccount, openSession, registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
let browser: Browser
let rina = 0
let dimas = 0
let doctorId = 0
let id = 0

beforeAll(async () => {
  browser = await launchBrowser()
  rina = await openAccount(sql, { role: 'front_desk', name: 'Rina Aulia' })
  dimas = await openAccount(sql, { role: 'front_desk', name: 'Dimas Hartono' })
})
afterAll(() => browser.close())

const as = (accountId: number) => clinic.context({ actor: { kind: 'front_desk', accountId } })

/** In the next minutes: it can be checked in, and is long enough ago in the tests of undoing. */
async function book(): Promise<number> {
  const start = Math.ceil(Date.now() / 60_000) * 60_000 + 60_000
  const [startAt, endAt] = [new Date(start).toISOString(), new Date(start + 1_800_000).toISOString()]
  const wish = { doctorId, patientId: await registerPatient(sql, 'Rizky Pratama'), startAt, endAt }
  return (await appointmentOf(bookAppointment(as(dimas), { ...wish, overrideReason: 'Works mornings' }))).id
}

beforeEach(async () => {
  doctorId = await hireDoctor(sql)
  id = await book()
})

const statusOf = async () =>
  (await sql.query('select status from appointments where id = $1', [id])).rows[0].status

async function openDesk(wishes: Parameters<typeof visit>[2]) {
  const visitor = await visit(clinic, browser, { locale: 'en-GB', ...wishes })
  await visitor.page.context().addCookies([asCookie(await openSession(sql, rina), clinic.origin)])
  await visitor.opens(`/desk/appointments/${id}`)
  return visitor
}

const ways: [string, Parameters<typeof visit>[2]][] = [
  ['with a script', {}],
  ['without JavaScript', { javaScriptEnabled: false }],
  ['by keyboard', { byKeyboard: true }],
]

describe.each(ways)('the front desk %s', (_, wishes) => {
  it('takes a patient from arrived to done with one press each, and each back with another', async () => {
    const desk = await openDesk(wishes)
    for (const [name, shown] of [
      ['Arrived', 'Arrived'],
      ['Start', 'With doctor'],
      ['Done', 'Done'],
      ['Undo', 'With doctor'],
      ['Undo', 'Arrived'],
      ['Undo', 'Booked'],
    ] as const) {
      await desk.hands.press(desk.page.locator('.box').getByRole('button', { name, exact: true }))
      await desk.page.locator('.pill', { hasText: shown }).waitFor()
    }
    expect(await statusOf()).toBe('booked')
    await desk.leaves()
  })

  it('undoes a cancellation before the patient is told, and nobody is', async () => {
    const desk = await openDesk(wishes)
    await desk.hands.press(desk.page.locator('summary', { hasText: 'Cancel appointment' }))
    await desk.hands.press(desk.page.locator('#cancel').getByRole('button', { name: 'Cancel appointment' }))
    await desk.sees('Appointment cancelled')
    expect(await desk.reads()).toMatch(/The patient will be told at \d\d:\d\d, unless you undo it\./)
    await desk.hands.press(desk.page.locator('#cancelled').getByRole('button', { name: 'Undo' }))
    await desk.page.locator('.pill', { hasText: 'Booked' }).waitFor()
    const { rows } = await sql.query(`select from message_appointments where appointment_id = $1`, [id])
    expect(rows).toEqual([])
    await desk.leaves()
  })

  it('is told when it changed in the meantime, beside what it wanted, and nothing is overwritten', async () => {
    const desk = await openDesk(wishes)
    await cancelAppointment(as(dimas), { id, reason: 'Patient asked' })
    await desk.hands.press(desk.page.locator('.box').getByRole('button', { name: 'Arrived', exact: true }))
    await desk.sees('This changed in the meantime')
    expect(await desk.reads()).toMatch(
      /Now Cancelled .* Cancelled · Dimas Hartono, front desk, .* You wanted Arrived/,
    )
    expect(await statusOf()).toBe('cancelled')
    await desk.leaves()
  })
})

describe('what it shows', () => {
  it('marks an override, and says why in its history', async () => {
    const desk = await openDesk({})
    const text = await desk.reads()
    expect(await desk.page.locator('.bs').innerText()).toContain('Override')
    expect(text).toContain('Dimas Hartono, front desk · Override: “Works mornings”')
    await desk.leaves()
  })

  it.each([320, 1280])('fits a screen of %i px, with buttons that a finger hits', async (width) => {
    await checkIn(as(dimas), id)
    const desk = await openDesk({ viewport: { width, height: 800 } })
    const overflows = await desk.page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    )
    expect(overflows).toBe(false)
    const heights = await desk.page
      .locator('main .btn')
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().height))
    expect(heights.filter((height) => height > 0 && height < 44)).toEqual([])
    await desk.leaves()
  })

  it('prints a label without the page around it', async () => {
    const desk = await openDesk({})
    await desk.opens(`/desk/appointments/${id}/label`)
    await desk.page.emulateMedia({ media: 'print' })
    expect((await desk.page.locator('body').innerText()).replace(/\s+/g, ' ')).toMatch(/^Rizky Pratama/)
    expect(await desk.page.locator('.btn.print').isVisible()).toBe(false)
    await desk.leaves()
  })
})
