import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../scripts/local/browser.ts'
import { openClinic } from '../support/clinic.ts'
import { asCookie } from '../support/pages.ts'
import {
  hireDoctor,
  insertAppointment,
  openAccount,
  openSession,
  registerPatient,
} from '../support/people.ts'

const { sql, origin } = await openClinic()
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** A hundred characters, one word, and scripts without spaces or from right to left. */
const names = {
  Hawaiian: `Janice ${'Keihanaikukauakahihuliheekahaunaele'.repeat(3)}`.slice(0, 100),
  Indonesian: 'Suharto',
  Thai: 'สมเด็จพระเจ้าวรวงศ์เธอเจ้าฟ้ากรมหลวงราชสาริณีสิริพัชรมหาวัชรราชธิดาสุวัฑนากรมพระยาเทพรัตนราชสุดา'.slice(0, 100),
  Arabic: 'عبد الرحمن بن عبد العزيز بن محمد بن عبد الله بن أحمد بن علي بن إبراهيم الزهراني',
}

/** How many pixels lie beyond the screen. */
const beyond = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'

async function open(session: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } })
  await context.addCookies([asCookie(session, origin)])
  return context.newPage()
}

/** By the address of each page, who opens it, and what the desk searches for there. */
const pages: Record<string, { by: 'desk' | 'patient'; typed?: 'q' | 'patient' }> = {
  '/patients': { by: 'desk', typed: 'q' },
  '/patients/:id': { by: 'desk' },
  '/patients/:id/details': { by: 'desk' },
  '/patients/:id/accesses': { by: 'desk' },
  '/patients/:id/erasure': { by: 'desk' },
  '/patients/:id/merge?with=:other': { by: 'desk' },
  '/patients/correction-requests': { by: 'desk' },
  '/appointments': { by: 'desk' },
  '/desk/appointments/:appointment': { by: 'desk' },
  '/appointments/:appointment/patient': { by: 'desk' },
  '/booking/confirmation/:appointment': { by: 'desk' },
  '/booking': { by: 'desk' },
  '/appointments?': { by: 'patient' },
  '/account': { by: 'patient' },
  '/account/family': { by: 'patient' },
  '/account/details': { by: 'patient' },
  '/account/details/:id': { by: 'patient' },
  '/account/data': { by: 'patient' },
  '/account/data/:id': { by: 'patient' },
  '/account/data/:id/export': { by: 'patient' },
  '/booking/holds/:hold': { by: 'patient' },
}

describe.each(Object.entries(names))('a long name, %s', (_, name) => {
  const ids: Record<string, number> = {}
  const opened: Record<string, Page> = {}

  beforeAll(async () => {
    const [id, other] = [await registerPatient(sql, name), await registerPatient(sql, name)]
    await sql.query("update patients set birth_date = '1990-05-17', phone = '+6281234567890' where id = $1", [
      id,
    ])
    const doctorId = await hireDoctor(sql)
    await sql.query('update doctors set name = $1 where id = $2', [name, doctorId])
    const wishes = { doctorId, patientId: id, startAt: '2030-01-07T10:00+07:00' }
    const appointment = await insertAppointment(sql, wishes)
    const later = { ...wishes, startAt: '2030-01-08T10:00+07:00', status: 'pending' }
    Object.assign(ids, { id, other, appointment, hold: await insertAppointment(sql, later) })
    const request = `insert into correction_requests (patient_id, changes, requested_at) values ($1, $2, now())`
    await sql.query(request, [id, { name: `${name.slice(0, 98)} B` }])
    opened.desk = await open(await openSession(sql, await openAccount(sql, { role: 'front_desk', name })))
    opened.patient = await open(
      await openSession(sql, await openAccount(sql, { name, patientIds: [id, other] })),
    )
  })
  afterAll(() => Promise.all(Object.values(opened).map((page) => page.context().close())))

  it.each(Object.entries(pages))('is whole on a narrow screen: %s', async (path, { by, typed }) => {
    const page = opened[by] as Page
    const address = origin + path.replace(/:([a-z]+)/g, (_, what) => String(ids[what]))
    if (path.endsWith('/export')) {
      const file = await page.request.get(address)
      // Without the policy of a page, as when the file is opened later.
      await page.goto('about:blank')
      await page.setContent(await file.text())
    } else {
      await page.goto(address)
    }
    if (typed) {
      await page.fill(`input[name=${typed}]`, name.slice(0, 30))
      await page.locator('main form button').first().click()
      await page.waitForSelector('.people')
    }
    const text = await page.locator('main').innerText()
    const fields = await page
      .locator('main input')
      .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))
    expect([text, ...fields].join(' ').replace(/\s+/g, ' ')).toContain(name)
    expect(await page.evaluate(beyond)).toBe(0)
  })
})
