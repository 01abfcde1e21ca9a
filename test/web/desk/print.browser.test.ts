import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { openClinic } from '../../support/clinic.ts'
import { type DeskDay, openDeskDay } from '../../support/desk-day.ts'

const clinic = await openClinic()
let browser: Browser
let day: DeskDay
let page: Page
const ids: number[] = []

beforeAll(async () => {
  browser = await launchBrowser()
  day = await openDeskDay(clinic, ['Dr. Sari', 'Dr. Strange', 'Dr. Wira', 'Dr. Putu'])
  for (const [n, doctorId] of day.doctors.entries())
    for (const time of ['08:00', '08:30', '11:00', '12:30', '16:30'])
      ids.push(await day.book(time, `Patient ${n} at ${time}`, doctorId))
  page = await day.sitDown(browser, { colorScheme: 'dark' })
})
afterAll(() => browser.close())

/** On A4 across, less its margins. */
async function print(path: string): Promise<void> {
  await page.emulateMedia({ media: 'screen' })
  await page.goto(new URL(path, clinic.origin).href)
  await page.setViewportSize({ width: 1062, height: 733 })
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
}

const countPages = async () => {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  return pdf.match(/\/Type\s*\/Page[^s]/g)?.length
}

const shownOf = (selector: string) =>
  page.evaluate(
    (wanted) =>
      [...document.querySelectorAll(wanted)]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 0)
        .map((one) => one.outerHTML.slice(0, 80)),
    selector,
  )

const controls = 'header.top, nav, button, input, select, summary, .free, .toast, .stale, .legend'

describe('on paper', () => {
  it.each(['grid', 'list'])('the day is complete and has no controls (%s)', async (view) => {
    await print(`${day.address}&view=${view}`)
    expect(await shownOf(controls)).toEqual([])
    const all = await Promise.all(ids.map((id) => page.locator(`#day [data-id="${id}"]`).isVisible()))
    expect(all).toEqual(ids.map(() => true))
    const { wide, cut, ground } = await page.evaluate(() => {
      const { right } = document.documentElement.getBoundingClientRect()
      const cal = document.querySelector('.cal')
      return {
        wide: [...document.querySelectorAll('#day *')]
          .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > right + 1)
          .map((one) => one.outerHTML.slice(0, 80)),
        cut: cal ? cal.scrollHeight > cal.clientHeight + 1 || cal.scrollWidth > cal.clientWidth + 1 : false,
        ground: getComputedStyle(document.documentElement).backgroundColor,
      }
    })
    expect({ wide, cut, ground }).toEqual({ wide: [], cut: false, ground: 'rgb(255, 255, 255)' })
    expect(await countPages()).toBeLessThanOrEqual(2)
  })

  it('a label stands alone on one page', async () => {
    await print(`/desk/appointments/${ids[0]}/label`)
    expect(await shownOf(`${controls}, .crumb`)).toEqual([])
    expect(await page.locator('.label').isVisible()).toBe(true)
    expect(await countPages()).toBe(1)
  })

  it('the slip of a walk-in stands alone on one page, with the number and the address', async () => {
    const { rows } = await clinic.sql.query(
      `insert into walk_ins (location_id, day, number, patient_id, visit_type_id, came_at)
       select $1, $2, 7, patient_id, visit_type_id, now() from appointments where id = $3 returning id`,
      [day.location, day.on, ids[0]],
    )
    await print(`/desk/walk-ins/${rows[0].id}`)
    expect(await shownOf(`${controls}, .crumb, .facts, h1`)).toEqual([])
    expect(await page.locator('.slip').innerText()).toMatch(/7[\s\S]*\/w\//)
    expect(await countPages()).toBe(1)
  })
})
