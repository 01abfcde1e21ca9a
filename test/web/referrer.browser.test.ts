import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../../scripts/local/browser.ts'
import { signLink } from '../../src/clinic/messages/links.ts'
import { openClinic } from '../support/clinic.ts'
import { bookAt } from '../support/messages.ts'
import { asCookie } from '../support/pages.ts'
import {
  hireDoctor,
  insertAppointment,
  openAccount,
  openSession,
  registerPatient,
} from '../support/people.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

it.each(['/appointments/', '/booking/confirmation/'])(
  'the map that %s links to does not learn where the visitor comes from',
  async (path) => {
    const patient = await registerPatient(sql, 'Patient Zero')
    const doctorId = await hireDoctor(sql, {})
    await sql.query(`update locations set address = 'Jl. Menteng Raya 21'`)
    const appointment = await insertAppointment(sql, {
      doctorId,
      patientId: patient,
      startAt: '2030-01-07T10:00+07:00',
    })
    const context = await browser.newContext()
    const session = await openSession(sql, await openAccount(sql, { patientIds: [patient] }))
    await context.addCookies([asCookie(session, origin)])
    const page = await context.newPage()
    const outside = 'https://www.google.com/maps/dir/**'
    await page.route(outside, (route) => route.fulfill({ body: 'A map' }))
    await page.goto(`${origin}${path}${appointment}`)
    const [request] = await Promise.all([
      page.waitForRequest(outside),
      page.getByRole('link', { name: 'Get directions' }).click(),
    ])
    expect(new URL(request.url()).searchParams.get('destination')).toBe('Menteng, Jl. Menteng Raya 21')
    expect(await request.headerValue('referer')).toBeNull()
    await context.close()
  },
)

it('a browser that sends no referrer, and so hides the origin of forms, can sign in', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.route('**/sign-in', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), 'referrer-policy': 'no-referrer' } })
  })
  await page.goto(`${origin}/sign-in`)
  await page.unroute('**/sign-in')
  await page.getByLabel('Your email').fill('private@example.com')
  const [request] = await Promise.all([
    page.waitForRequest((one) => one.method() === 'POST'),
    page.getByRole('button', { name: 'Email me a code' }).click(),
  ])
  await page.getByText('We sent a 6-digit code to').waitFor()
  expect(await request.headerValue('origin')).toBe('null')
  await context.close()
})

it('a page that a message links to sends no referrer anywhere, and takes the answer all the same', async () => {
  const patient = await registerPatient(sql)
  const { id, startAt } = await bookAt(clinic, { doctor: await hireDoctor(sql), patient, day: 1 })
  const link = { purpose: 'appointment' as const, appointmentId: id, recipient: `patient:${patient}` }
  const token = await signLink(clinic.context().secrets, { ...link, expiresAt: startAt })
  const page = await browser.newPage()
  await page.goto(`${origin}/m/${token}`)
  const [request] = await Promise.all([
    page.waitForRequest((one) => one.method() === 'POST'),
    page.getByRole('button', { name: 'Yes, I’ll come' }).click(),
  ])
  await page.getByText('Thank you. See you then!').waitFor()
  expect([await request.headerValue('origin'), await request.headerValue('referer')]).toEqual(['null', null])
  await page.close()
})
