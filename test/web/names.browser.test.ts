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

describe.each(Object.entries(names))('a long name, %s', (_, name) => {
  const pages: Record<string, { by: 'desk' | 'patient'; path: string; q?: string }> = {}
  const sessions: Record<string, string> = {}

  beforeAll(async () => {
    const id = await registerPatient(sql, name)
    await sql.query("update patients set birth_date = '1990-05-17', phone = '+6281234567890' where id = $1", [
      id,
    ])
    const doctorId = await hireDoctor(sql)
    await sql.query('update doctors set name = $1 where id = $2', [name, doctorId])
    const appointment = await insertAppointment(sql, {
      doctorId,
      patientId: id,
      startAt: '2030-01-07T10:00+07:00',
    })
    sessions.desk = await openSession(sql, await openAccount(sql, { role: 'front_desk', name }))
    sessions.patient = await openSession(sql, await openAccount(sql, { name, patientIds: [id] }))
    Object.assign(pages, {
      search: { by: 'desk', path: '/patients', q: name.slice(0, 30) },
      record: { by: 'desk', path: `/patients/${id}` },
      list: { by: 'desk', path: '/appointments' },
      appointment: { by: 'desk', path: `/appointments/${appointment}` },
      confirmation: { by: 'desk', path: `/booking/confirmation/${appointment}` },
      own: { by: 'patient', path: '/appointments' },
      account: { by: 'patient', path: '/account' },
      booking: { by: 'patient', path: '/booking' },
    })
  })

  it.each(['search', 'record', 'list', 'appointment', 'confirmation', 'own', 'account', 'booking'])(
    'is whole on a narrow screen: %s',
    async (which) => {
      const { by = 'desk', path = '', q } = pages[which] ?? {}
      const page = await open(sessions[by] ?? '')
      await page.goto(origin + path)
      if (q) {
        await page.fill('input[name=q]', q)
        await page.locator('main form button').first().click()
        await page.waitForSelector('.people')
      }
      expect(await page.locator('bdi', { hasText: name }).first().innerText()).toContain(name)
      expect(await page.evaluate(beyond)).toBe(0)
      await page.context().close()
    },
  )
})
