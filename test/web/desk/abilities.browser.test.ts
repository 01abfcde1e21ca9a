import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { planMessages } from '../../../src/clinic/messages/plan.ts'
import { openClinic } from '../../support/clinic.ts'
import { type DeskDay, openDeskDay } from '../../support/desk-day.ts'
import { byKeys } from '../../support/desk-hands.ts'
import { openAccount, registerPatient } from '../../support/people.ts'

// Abilities of the front desk that no other browser test shows; docs/testing.md lists them all.

const clinic = await openClinic()
const { sql } = clinic
let browser: Browser
let day: DeskDay
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  day = await openDeskDay(clinic)
  page = await day.sitDown(browser)
})
afterAll(() => browser.close())

const idOf = async (patient: string): Promise<number> => {
  const { rows } = await sql.query(
    `select appointments.id::int from appointments join patients on patients.id = patient_id where patients.name = $1`,
    [patient],
  )
  return rows[0].id
}
const entry = (id: number) => page.locator(`#day [data-id="${id}"]`)
const badgesOf = async (id: number) => (await entry(id).locator('.b').allTextContents()).join(' | ')

describe('ability 4: alerts', () => {
  it('come after as many minutes as the clinic chose for each status', async () => {
    const ids = {
      late: await day.book('08:15', 'Lina Late'),
      waiting: await day.book('10:45', 'Wati Waits'),
      withDoctor: await day.book('08:45', 'Dina Doctor', day.strange),
    }
    await sql.query(
      `update appointments set status = 'arrived', arrived_at = now() - interval '7 minutes' where id = $1`,
      [ids.waiting],
    )
    await sql.query(
      `update appointments set status = 'arrived', arrived_at = now() - interval '40 minutes',
         started_at = now() - interval '30 minutes' where id = $1`,
      [ids.withDoctor],
    )
    const alertedAfter = async (late: number, waiting: number, withDoctor: number) => {
      await sql.query(
        'update clinic_settings set late_alert_minutes = $1, waiting_alert_minutes = $2, with_doctor_alert_minutes = $3',
        [late, waiting, withDoctor],
      )
      const said: string[] = []
      for (const view of ['list', 'grid']) {
        await page.goto(day.address.replace('view=grid', `view=${view}`))
        const over = await page
          .locator('#day .over')
          .evaluateAll((found) =>
            found.map((one) => Number(one.closest<HTMLElement>('[data-id]')?.dataset.id)),
          )
        said.push(...Object.entries(ids).flatMap(([name, id]) => (over.includes(id) ? [name] : [])))
      }
      return [...said, `${await page.locator('#waiting li.over').count()} in the panel`]
    }
    expect(await alertedAfter(480, 480, 480)).toEqual(['0 in the panel'])
    expect(await alertedAfter(10, 480, 480)).toEqual(['late', 'late', '0 in the panel'])
    expect(await alertedAfter(480, 5, 480)).toEqual(['waiting', 'waiting', '1 in the panel'])
    expect(await alertedAfter(480, 480, 20)).toEqual(['withDoctor', 'withDoctor', '0 in the panel'])
    await sql.query('delete from appointments where id = any($1)', [Object.values(ids)])
  })
})

describe('ability 8: no message is sent before the grace period is over', () => {
  const messagesAfter = async (minutes: number, id: number) => {
    const now = new Date(Date.now() + minutes * 60_000)
    while (await planMessages(clinic.context({ actor: { kind: 'system' }, now }), 'changes')) {}
    const { rows } = await sql.query(
      'select state from messages join message_appointments on message_id = messages.id where appointment_id = $1',
      [id],
    )
    return rows.length
  }
  const bookInBrowser = async (name: string, time: string) => {
    const patient = await registerPatient(sql, name)
    await openAccount(sql, { patientIds: [patient] })
    await page.goto(day.address)
    await byKeys(page).book(0, time, name)
    return idOf(name)
  }

  it('what is undone within three minutes is never told', async () => {
    const id = await bookInBrowser('Undine Undone', '12:00')
    expect(await messagesAfter(2, id)).toBe(0)
    await page.goto(day.address)
    await page.locator(`#day [data-id="${id}"] .name`).focus()
    await page.keyboard.press('z')
    await expect.poll(() => day.statusOf(id)).toBe('cancelled')
    expect(await messagesAfter(30, id)).toBe(0)
  })

  it('what stands after three minutes is told once', async () => {
    const id = await bookInBrowser('Stan Stands', '13:00')
    expect(await messagesAfter(2, id)).toBe(0)
    expect(await messagesAfter(4, id)).toBe(1)
    expect(await messagesAfter(30, id)).toBe(1)
  })
})

describe('ability 14: badges', () => {
  it('say each of new, confirmed, missed, form missing, note, interpreter and balance', async () => {
    const id = await day.book('15:00', 'Bagus Badges')
    const { rows } = await sql.query('select patient_id::int as id from appointments where id = $1', [id])
    const patient = rows[0].id
    const look = async () => {
      await page.goto(day.address.replace('view=grid', 'view=list'))
      return badgesOf(id)
    }
    expect(await look()).toContain('New')
    for (const flag of ['form_missing', 'interpreter', 'balance'])
      await sql.query('insert into patient_flags (patient_id, flag, set_at) values ($1, $2, now())', [
        patient,
        flag,
      ])
    await sql.query("update appointments set note = 'Needs a wheelchair' where id = $1", [id])
    await sql.query(
      `insert into appointments (doctor_id, patient_id, status, start_at, end_at)
       values ($1, $2, 'noshow', now() - interval '30 days', now() - interval '30 days' + interval '30 minutes'),
         ($1, $2, 'fulfilled', now() - interval '20 days', now() - interval '20 days' + interval '30 minutes')`,
      [day.strange, patient],
    )
    await sql.query(
      `insert into appointment_responses (appointment_id, patient_id, start_at, responded_at)
       select id, patient_id, start_at, now() from appointments where id = $1`,
      [id],
    )
    const badges = await look()
    for (const badge of ['Form missing', 'Interpreter', 'Balance', 'Note', 'Missed 1', 'Confirmed'])
      expect(badges).toContain(badge)
    expect(badges).not.toContain('New')
  })
})

describe('ability 15: overrides', () => {
  it('need a reason, and are marked as overrides in the grid, in the list and on the page', async () => {
    await registerPatient(sql, 'Oki Override')
    await page.goto(day.address)
    await page.goto(
      `${clinic.origin}/desk/book?doctor_id=${day.sari}&location_id=${day.location}&start_at=${day.on}T19:00&return_to=${encodeURIComponent('/desk')}`,
    )
    await page.locator('#q').fill('oki')
    await page.locator('#q').press('Enter')
    await page.locator('#book:visible').click()
    await page.locator('#refused').waitFor()
    await page.locator('#override_reason').fill('Came from far away')
    await page.locator('#book:visible').click()
    await expect
      .poll(
        async () =>
          (
            await sql.query(
              `select from appointments join patients on patients.id = patient_id where patients.name = 'Oki Override'`,
            )
          ).rowCount,
      )
      .toBe(1)
    const id = await idOf('Oki Override')
    for (const view of ['grid', 'list']) {
      await page.goto(day.address.replace('view=grid', `view=${view}`))
      expect(await badgesOf(id), view).toContain('Override')
    }
    await page.goto(`${clinic.origin}/desk/appointments/${id}`)
    expect(await page.locator('main').innerText()).toMatch(/Override\s+Came from far away/)
  })
})
