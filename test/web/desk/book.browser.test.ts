import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { en } from '../../../src/i18n/en.ts'
import { id } from '../../../src/i18n/id.ts'
import { openClinic } from '../../support/clinic.ts'
import { asCookie, tabTo, visit } from '../../support/pages.ts'
import {
  defineVisitType,
  hireDoctor,
  locationOf,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
let browser: Browser
let doctor: number
let location: number
let consultation: number
let santi: number

beforeAll(async () => {
  browser = await launchBrowser()
  consultation = await defineVisitType(sql)
  const firstVisit = await defineVisitType(sql, { name: 'First visit', minutes: 60 })
  const hours = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' }]
  doctor = await hireDoctor(sql, { hours, visitTypes: [consultation, firstVisit], gridMinutes: 30 })
  location = await locationOf(sql, doctor)
  santi = await registerPatient(sql, 'Santi Wulandari')
  await registerPatient(sql, 'Joko Widodo')
})
afterAll(() => browser.close())

let weeks = 0
/** A Monday that no other test uses. */
const newMonday = () => new Date(Date.UTC(2030, 0, 7 * ++weeks)).toISOString().slice(0, 10)

async function openDesk(wishes?: Parameters<typeof visit>[2]) {
  const visitor = await visit(clinic, browser, wishes)
  const account = await openAccount(sql, { role: 'front_desk' })
  await visitor.page.context().addCookies([asCookie(await openSession(sql, account), clinic.origin)])
  return visitor
}

const minuteOf = (on: string, time: string) =>
  `/desk/book?${new URLSearchParams({ doctor_id: String(doctor), start_at: `${on}T${time}`, location: String(location) })}`

async function bookedOn(on: string): Promise<string[]> {
  const { rows } = await sql.query(
    `select concat_ws(' ',
       to_char(start_at at time zone 'Asia/Jakarta', 'HH24:MI') || '–' || to_char(end_at at time zone 'Asia/Jakarta', 'HH24:MI'),
       patients.name, override_reason) as line
     from appointments join patients on patients.id = patient_id
     where (start_at at time zone 'Asia/Jakarta')::date = $1 and status = 'booked' order by appointments.id`,
    [on],
  )
  return rows.map(({ line }) => line)
}

const focused = () => document.activeElement?.id

describe('booking a known patient', () => {
  it('takes three letters, Enter for the first match, and Enter', async () => {
    const on = newMonday()
    const { page, opens, leaves } = await openDesk()
    await opens(minuteOf(on, '11:00'))
    expect(await page.evaluate(focused)).toBe('q')
    for (const key of ['s', 'a', 'n', 'Enter']) await page.keyboard.press(key)
    await page.waitForFunction(() => document.activeElement?.id === 'book')
    expect(await page.locator('#chosen-patient').textContent()).toBe('Santi Wulandari')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/desk?on=${on}**`)
    expect(await bookedOn(on)).toEqual(['11:00–11:30 Santi Wulandari'])
    expect(page.url()).not.toMatch(/san/)
    await leaves()
  })

  it('shows the end that follows from the visit type, at once', async () => {
    const on = newMonday()
    const { page, opens, leaves } = await openDesk()
    await opens(minuteOf(on, '11:00'))
    expect(await page.locator('#chosen-time').textContent()).toBe('11:00–11:30')
    await page.getByText('First visit', { exact: true }).click()
    expect(await page.locator('#chosen-time').textContent()).toBe('11:00–12:00')
    expect(await page.locator('#chosen-type').textContent()).toBe('First visit, 60 min')
    await page.locator('#minutes').selectOption('45')
    expect(await page.locator('#chosen-time').textContent()).toBe('11:00–11:45')
    await leaves()
  })

  it('works without JavaScript, in Indonesian', async () => {
    const on = newMonday()
    const { page, opens, presses, leaves } = await openDesk({
      javaScriptEnabled: false,
      locale: 'id-ID',
      words: id,
    })
    await opens(minuteOf(on, '11:00'))
    await page.locator('#q').fill('san')
    // Enter only searches: nothing is booked by accident.
    await page.locator('#q').press('Enter')
    await page.getByText('1 ditemukan.').waitFor()
    expect(await bookedOn(on)).toEqual([])
    await presses(id.desk.book.submit)
    await page.waitForURL(`**/desk?on=${on}**`)
    expect(await bookedOn(on)).toEqual(['11:00–11:30 Santi Wulandari'])
    await leaves()
  })

  it('registers someone new on the way', async () => {
    const on = newMonday()
    const { page, opens, presses, leaves } = await openDesk()
    await opens(minuteOf(on, '11:00'))
    await page.getByText('Register a new patient').click()
    await page.getByLabel('Full name').fill('Budi Baru')
    await page.getByLabel('Birth date').last().fill('1990-05-05')
    await presses('Register and book')
    await page.waitForURL(`**/desk?on=${on}**`)
    expect(await bookedOn(on)).toEqual(['11:00–11:30 Budi Baru'])
    await leaves()
  })

  it('offers the nearest time without JavaScript, too', async () => {
    const on = newMonday()
    const { page, opens, presses, leaves } = await openDesk({ javaScriptEnabled: false })
    await opens(minuteOf(on, '11:00'))
    await page.locator('#q').fill('jok')
    await page.locator('#q').press('Enter')
    await page.locator('#found label').first().waitFor()
    const times = { startAt: `${on}T11:00`, visitTypeId: consultation }
    await bookAppointment(clinic.context(), { doctorId: doctor, patientId: santi, ...times })
    await presses(en.desk.book.submit)
    await page.locator('#refused:focus').waitFor()
    await page.locator('#refused button').first().click()
    await page.waitForURL(`**/desk?on=${on}**`)
    expect(await bookedOn(on)).toContain('10:30–11:00 Joko Widodo')
    await leaves()
  })

  it('keeps everything when the time was just taken, and books the nearest by one key', async () => {
    const on = newMonday()
    const { page, opens, leaves } = await openDesk()
    await opens(minuteOf(on, '11:00'))
    await page.locator('#q').pressSequentially('jok')
    await page.locator('#found label').first().waitFor()
    await page.locator('#reason').fill('A cough')
    const times = { startAt: `${on}T11:00`, visitTypeId: consultation }
    await bookAppointment(clinic.context(), { doctorId: doctor, patientId: santi, ...times })
    await page.locator('#reason').press('Enter')
    await page.locator('#refused').waitFor()
    expect(await page.evaluate(focused)).toBe('refused')
    expect(await page.locator('#reason').inputValue()).toBe('A cough')
    await tabTo(page, page.locator('#refused button').first())
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/desk?on=${on}**`)
    expect(await bookedOn(on)).toContain('10:30–11:00 Joko Widodo')
    await leaves()
  })
})

it('an override needs a reason, by keyboard', async () => {
  const on = newMonday()
  const { page, opens, leaves } = await openDesk()
  await opens(minuteOf(on, '18:00'))
  for (const key of ['s', 'a', 'n', 'Enter']) await page.keyboard.press(key)
  await page.waitForFunction(() => document.activeElement?.id === 'book')
  await page.keyboard.press('Enter')
  await page.locator('#refused').waitFor()
  await tabTo(page, page.locator('#override_reason'))
  await page.keyboard.type('Urgent')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/desk?on=${on}**`)
  expect(await bookedOn(on)).toEqual(['18:00–18:30 Santi Wulandari Urgent'])
  await leaves()
})

it('an appointment moves by keyboard, and stays until the server agreed', async () => {
  const on = newMonday()
  const at = (time: string) => ({ startAt: `${on}T${time}`, visitTypeId: consultation })
  const booked = await bookAppointment(clinic.context(), {
    doctorId: doctor,
    patientId: santi,
    ...at('09:00'),
  })
  if (!booked.ok) throw new Error(booked.refusal)
  const { page, opens, leaves } = await openDesk()
  await opens(`/desk/appointments/${booked.appointment.id}/move`)
  // The page has not heard yet that its time is taken: it cannot load itself again.
  await page.route('**/move', (route) =>
    route.request().method() === 'GET' ? route.abort() : route.continue(),
  )
  const joko = await registerPatient(sql, 'Joko Susanto')
  await bookAppointment(clinic.context(), { doctorId: doctor, patientId: joko, ...at('09:30') })
  await tabTo(page, page.locator('#day .from .name'))
  await page.keyboard.press('ArrowDown')
  await page.locator(`.to button[data-start="${on}T09:30"]:focus`).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('#refused').waitFor()
  expect(await page.locator('#refused').innerText()).toContain('is taken until 10:00')
  expect(await bookedOn(on)).toContain('09:00–09:30 Santi Wulandari')
  // Whatever changes meanwhile, the way on stays.
  await page.unroute('**/move')
  const later = { ...at('15:00'), doctorId: doctor, patientId: await registerPatient(sql, 'Wayan Later') }
  await bookAppointment(clinic.context(), later)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.locator('#day .name', { hasText: 'Wayan Later' }).waitFor()
  await tabTo(page, page.locator('#refused button').first())
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/desk?on=${on}**`)
  const moved = ['10:00–10:30 Santi Wulandari', '09:30–10:00 Joko Susanto', '15:00–15:30 Wayan Later']
  expect(await bookedOn(on)).toEqual(moved)
  await leaves()
})
