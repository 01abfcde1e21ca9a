import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { openClinic } from '../../support/clinic.ts'
import { type DeskDay, openDeskDay } from '../../support/desk-day.ts'
import { byForms, byKeys, type DeskHands } from '../../support/desk-hands.ts'
import { tabTo } from '../../support/pages.ts'
import { registerPatient } from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** What becomes of an appointment. Those without an id are yet to be booked. */
interface Story {
  column: number
  time: string
  name: string
  id?: number
  ends: 'fulfilled' | 'noshow' | 'cancelled' | 'moved' | 'undone'
}

const halfHours = Array.from({ length: 15 }, (_, n) =>
  new Date(Date.UTC(2000, 0, 1, 8, 30 * n)).toISOString().slice(11, 16),
)
const endings: Record<number, Story['ends']> = { 0: 'noshow', 5: 'cancelled', 6: 'moved', 7: 'undone' }

/** Fifteen appointments of each doctor: the last three are yet to be booked, and some end in other ways. */
async function tellStories(day: DeskDay, letters: string): Promise<Story[]> {
  const stories: Story[] = []
  for (const [column, doctor] of day.doctors.entries())
    for (const [n, time] of halfHours.entries()) {
      // Three letters that find one patient.
      const name = `${letters[column]}${String.fromCharCode(97 + n)}x Patient`
      const ends = endings[n] ?? 'fulfilled'
      if (n < 12) stories.push({ column, time, name, ends, id: await day.book(time, name, doctor) })
      else stories.push({ column, time, name, ends })
      if (n >= 12) await registerPatient(sql, name)
    }
  return stories
}

/** The work of one front desk, for some of the doctors. */
async function runDesk(hands: DeskHands, stories: Story[]): Promise<void> {
  for (const story of stories.filter(({ id }) => !id)) {
    await hands.book(story.column, story.time, story.name)
    story.id = await idOf(story.name)
  }
  for (const { id = 0, ends } of stories) await live[ends](hands, id)
}

const live: Record<Story['ends'], (hands: DeskHands, id: number) => Promise<void>> = {
  fulfilled: (hands, id) => hands.press(id, 'arrived'),
  noshow: (hands, id) => hands.press(id, 'noshow'),
  cancelled: (hands, id) => hands.cancel(id),
  async moved(hands, id) {
    await hands.move(id, '16:00')
    await hands.press(id, 'arrived')
  },
  async undone(hands, id) {
    await hands.press(id, 'arrived')
    await hands.press(id, 'undo')
  },
}

/** A doctor sees whoever has come. */
async function seePatients(page: Page, ids: number[]): Promise<void> {
  const press = async (id: number, key: string) => {
    const button = page.locator(`#day [data-id="${id}"] button[data-key="${key}"]`).first()
    await tabTo(page, button)
    await page.keyboard.press('Enter')
  }
  for (const id of ids) {
    await press(id, 's')
    await press(id, 'd')
    await page.locator(`#day [data-id="${id}"].is-done`).first().waitFor()
  }
}

async function play(
  options: { javaScriptEnabled: boolean },
  handsAt: (page: Page) => DeskHands,
): Promise<void> {
  const day = await openDeskDay(clinic, ['Dr. Ayu', 'Dr. Bima', 'Dr. Citra', 'Dr. Dewi'])
  const stories = await tellStories(day, options.javaScriptEnabled ? 'BDFG' : 'HJKL')
  const pages = [await day.sitDown(browser, options), await day.sitDown(browser, options)]
  await Promise.all(
    pages.map((page, n) =>
      runDesk(
        handsAt(page),
        stories.filter(({ column }) => column >> 1 === n),
      ),
    ),
  )
  const isSeen = ({ ends }: Story) => ends === 'fulfilled' || ends === 'moved'
  await Promise.all(
    day.doctors.map(async (doctor, column) => {
      const own = stories.filter((story) => story.column === column && isSeen(story))
      const page = await day.sitDownAsDoctor(browser, doctor, options)
      await seePatients(
        page,
        own.map(({ id = 0 }) => id),
      )
    }),
  )
  const became = { fulfilled: 'fulfilled', moved: 'fulfilled', undone: 'booked' }
  const expected = stories.map(({ name, ends }) => [name, ends in became ? became[ends as 'moved'] : ends])
  expect(await statuses()).toEqual(Object.fromEntries(expected))
  for (const page of pages) {
    if (!options.javaScriptEnabled) await page.goto(day.address)
    const shown = expected.filter(([, status]) => status !== 'cancelled')
    await expect.poll(() => shownOn(page), { timeout: 10_000 }).toEqual(Object.fromEntries(shown))
  }
  expect(await unnamedEvents()).toEqual([])
}

it('two front desks and four doctors play a day of sixty appointments, by keyboard only', async () => {
  await play({ javaScriptEnabled: true }, byKeys)
}, 400_000)

it('the same day is played without JavaScript', async () => {
  await play({ javaScriptEnabled: false }, byForms)
}, 400_000)

async function idOf(name: string): Promise<number> {
  const { rows } = await sql.query(
    `select appointments.id from appointments join patients on patients.id = patient_id
     where name = $1 and status = 'booked'`,
    [name],
  )
  return Number(rows[0]?.id)
}

/** Of the day that is played: the one before it is over. */
async function statuses(): Promise<Record<string, string>> {
  const { rows } = await sql.query(
    `select name, status from appointments join patients on patients.id = patient_id
     where doctor_id in (select id from doctors order by id desc limit 4)`,
  )
  return Object.fromEntries(rows.map(({ name, status }) => [name, status]))
}

/** What a page shows of every appointment, in FHIR's words. */
function shownOn(page: Page): Promise<Record<string, string>> {
  return page.locator('#day [data-id]:not(.is-cancelled)').evaluateAll((entries) => {
    const words: Record<string, string> = {
      'is-booked': 'booked',
      'is-late': 'booked',
      'is-arrived': 'arrived',
      'is-doing': 'arrived',
      'is-done': 'fulfilled',
      'is-noshow': 'noshow',
    }
    const statusOf = (entry: Element) => [...entry.classList].map((name) => words[name]).find(Boolean) ?? '?'
    return Object.fromEntries(
      entries.map((entry) => [entry.querySelector('.name')?.textContent?.trim() ?? '', statusOf(entry)]),
    )
  })
}

async function unnamedEvents(): Promise<unknown[]> {
  const { rows } = await sql.query('select kind from events where account_id is null')
  return rows
}
