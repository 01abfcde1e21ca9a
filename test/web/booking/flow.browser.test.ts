import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { formatDay, formatTime } from '../../../src/i18n/dates.ts'
import { type Copy, en } from '../../../src/i18n/en.ts'
import { id } from '../../../src/i18n/id.ts'
import { openClinic } from '../../support/clinic.ts'
import { asCookie, tabTo, type Visitor, visit } from '../../support/pages.ts'
import {
  defineVisitType,
  hireDoctor,
  openAccount,
  openSession,
  registerPatient,
} from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
let browser: Browser
let doctor: number
let consultation: number

beforeAll(async () => {
  browser = await launchBrowser()
  consultation = await defineVisitType(sql)
  const visitTypes = [consultation, await defineVisitType(sql, { name: 'Telephone call', mode: 'phone' })]
  const hours = [{ weekdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '12:00' }]
  doctor = await hireDoctor(sql, { hours, visitTypes, gridMinutes: 30 })
  await sql.query(`update locations set address = 'Jalan Surabaya 1', phone = '+62 21 555 0100'`)
})
afterAll(() => browser.close())

let days = 0
/** A Monday that no other test uses. */
const aMonday = () => new Date(Date.UTC(2030, 0, 7 * ++days)).toISOString().slice(0, 10)

const comes = (wishes?: Parameters<typeof visit>[2]) => visit(clinic, browser, wishes)

async function comesSignedIn(name: string, wishes?: Parameters<typeof visit>[2]): Promise<Visitor> {
  const visitor = await comes(wishes)
  await signsIn(visitor, name)
  return visitor
}

/** With an account of their own, past the pages; each page from the next one on knows them. */
async function signsIn({ page }: Visitor, name: string): Promise<void> {
  const account = await openAccount(sql, { name, patientIds: [await registerPatient(sql, name)] })
  await page.context().addCookies([asCookie(await openSession(sql, account), clinic.origin)])
}

/** Leads a visitor to a held slot: the next step is theirs. */
async function holds(visitor: Visitor, day: string, time: string): Promise<void> {
  await visitor.opens(timesOf(day))
  await takes(visitor, time)
}

/** The address of the free times from a day on. */
const timesOf = (day: string) => `/booking?visit_type_id=${consultation}&from=${day}`

const onTheClock = (words: Copy, time: string) => formatTime(`2030-01-01T${time}`, words.language)

async function takes(visitor: Visitor, time: string): Promise<void> {
  await visitor.presses(onTheClock(visitor.words, time))
  await visitor.sees(visitor.words.hold.title)
}

async function books(visitor: Visitor): Promise<void> {
  await visitor.presses(visitor.words.hold.confirm)
  await visitor.sees(visitor.words.confirmation.titles.booked)
}

/** What the clinic's books say of a day, in the order in which it was asked for. */
async function booksOf(day: string): Promise<string[]> {
  const { rows } = await sql.query(
    `select concat_ws(' ', to_char(start_at at time zone 'Asia/Jakarta', 'HH24:MI'), status, patients.name) as line
     from appointments left join patients on patients.id = patient_id
     where (start_at at time zone 'Asia/Jakarta')::date = $1 order by appointments.id`,
    [day],
  )
  return rows.map(({ line }) => line)
}

/** The ten minutes of all that is held on that day are over. */
async function timeRunsOut(day: string): Promise<void> {
  await sql.query(
    `update appointments set hold_expires_at = now() - interval '1 second'
     where status = 'pending' and (start_at at time zone 'Asia/Jakarta')::date = $1`,
    [day],
  )
}

describe.each([
  ['with JavaScript, in English', { javaScriptEnabled: true }, en, 'Nina'],
  ['without JavaScript, in Indonesian', { javaScriptEnabled: false, locale: 'id-ID', words: id }, id, 'Nuri'],
])('%s', (_, wishes, words, name) => {
  /** Reloads, goes back, and on again; the page is the same. */
  async function looksBack(visitor: Visitor, heading: string): Promise<void> {
    const { page } = visitor
    const address = page.url()
    await page.reload()
    await visitor.sees(heading)
    await page.goBack()
    await page.goForward()
    await visitor.sees(heading)
    expect(page.url()).toBe(address)
  }

  it('a stranger takes a time, opens an account and books; Back and reload lose nothing and double nothing', async () => {
    const [day, email] = [aMonday(), `${name.toLowerCase()}@example.com`]
    const stranger = await comes(wishes)
    const { page } = stranger
    await stranger.opens('/booking')
    expect(await page.locator('html').getAttribute('lang')).toBe(words.language)
    await stranger.looksFor('Consultation', day)
    await looksBack(stranger, words.finder.title)
    await stranger.presses(onTheClock(words, '10:00'))

    await stranger.sees(words.hold.title)
    expect(await stranger.reads()).toContain(words.hold.step(2, 3))
    await looksBack(stranger, words.hold.title)
    await page.goBack()
    await stranger.follows(words.hold.goOn)
    await stranger.sees(words.hold.title)

    await stranger.asksForCode(email)
    await looksBack(stranger, words.signIn.codeTitle)
    await stranger.typesInTheCode(email)
    await stranger.sees(words.welcome.title)
    await looksBack(stranger, words.welcome.title)
    await stranger.introducesThemselves(`${name} Newcomer`)

    await stranger.sees(words.hold.title)
    expect(await stranger.reads()).toContain(words.hold.step(3, 3))
    await looksBack(stranger, words.hold.title)
    await page.getByLabel(words.hold.reason).fill('A <b>cough</b>')
    await books(stranger)

    await looksBack(stranger, words.confirmation.titles.booked)
    const said = await stranger.reads()
    for (const part of [`${name} Newcomer`, 'A <b>cough</b>', 'Jalan Surabaya 1', 'Dr. Strange'])
      expect(said).toContain(part)
    for (const link of [
      words.confirmation.calendar,
      words.confirmation.directions,
      words.confirmation.change,
    ])
      await page.getByRole('link', { name: link }).waitFor()
    await page.goBack()
    await stranger.sees(words.confirmation.titles.booked)
    expect(await booksOf(day)).toEqual([`10:00 booked ${name} Newcomer`])
    expect(clinic.mails.filter(({ to }) => to === email)).toHaveLength(1)

    await stranger.opens('/booking')
    expect(await page.getByRole('link', { name: words.hold.goOn }).count()).toBe(0)
    await stranger.leaves()
  })

  it('two want one time: the second is told so at once, and is offered the three nearest, of which they book one', async () => {
    const day = aMonday()
    const [first, second] = [await comes(wishes), await comesSignedIn(`${name} Second`, wishes)]
    await second.opens(timesOf(day))
    await holds(first, day, '10:00')

    await second.presses(onTheClock(words, '10:00'))
    await second.sees(words.lost.taken)
    expect(await second.page.evaluate(() => document.activeElement?.id)).toBe('summary')
    expect(await second.offers()).toEqual(
      ['09:00', '09:30', '10:30'].map((at) => `${doctor}/${day}T${at}+07:00`),
    )
    await takes(second, '10:30')
    await books(second)
    expect(await booksOf(day)).toEqual(['10:00 pending', `10:30 booked ${name} Second`])
    await first.leaves()
    await second.leaves()
  })

  it('who is late books nevertheless, when nobody was quicker', async () => {
    const [day, visitor] = [aMonday(), await comesSignedIn(`${name} Late`, wishes)]
    await holds(visitor, day, '10:00')
    await timeRunsOut(day)
    await books(visitor)
    expect(await booksOf(day)).toEqual([`10:00 booked ${name} Late`])
    await visitor.leaves()
  })

  it('who is late is told when somebody was quicker, and is offered the three nearest', async () => {
    const day = aMonday()
    const [late, quick] = [await comesSignedIn(`${name} Late`, wishes), await comes(wishes)]
    await holds(late, day, '10:00')
    await timeRunsOut(day)
    await holds(quick, day, '10:00')
    await late.presses(words.hold.confirm)
    await late.sees(words.lost.expired)
    expect(await late.offers()).toHaveLength(3)
    expect(await booksOf(day)).toEqual(['10:00 cancelled', '10:00 pending'])
    await late.leaves()
    await quick.leaves()
  })

  it('a parent registers their child on the way, and finds the held time with the child chosen', async () => {
    const [day, parent] = [aMonday(), await comesSignedIn(`${name} Parent`, wishes)]
    await holds(parent, day, '10:00')
    const held = parent.page.url()
    await parent.follows(words.hold.otherPerson)
    await parent.page.getByLabel(words.dependant.name).fill('Little One')
    await parent.presses(words.dependant.submit)
    await parent.sees(words.hold.title)
    expect(parent.page.url()).toContain(held)
    expect(await parent.page.locator('option:checked').textContent()).toBe('Little One')
    await books(parent)
    expect(await booksOf(day)).toEqual(['10:00 booked Little One'])
    await parent.leaves()
  })

  it('two taps on a slow line, on a time and on the last button, hold and book it once', async () => {
    const [day, visitor] = [aMonday(), await comes(wishes)]
    await visitor.opens(timesOf(day))
    await tapsTwice(visitor, onTheClock(words, '10:00'))
    await visitor.sees(words.hold.title)
    expect(await booksOf(day)).toEqual(['10:00 pending'])
    await signsIn(visitor, `${name} Twice`)
    await visitor.page.reload()
    await tapsTwice(visitor, words.hold.confirm)
    await visitor.sees(words.confirmation.titles.booked)
    expect(await booksOf(day)).toEqual([`10:00 booked ${name} Twice`])
    await visitor.leaves()
  })

  /** Both are on their way before either is answered; with the script the second is never sent. */
  async function tapsTwice({ page }: Visitor, button: string): Promise<void> {
    const slow = await sql.connect()
    await slow.query('begin; lock table appointments in exclusive mode')
    const tapped = page.getByRole('button', { name: button }).first()
    await tapped.scrollIntoViewIfNeeded()
    const { x = 0, y = 0 } = (await tapped.boundingBox()) ?? {}
    const tap = () => page.mouse.click(x + 5, y + 5)
    let sent = 0
    page.on('request', (request) => {
      if (request.method() === 'POST') sent++
    })
    try {
      await tap()
      await expect.poll(areWaiting, { interval: 10 }).toBe(1)
      await tap()
      await expect.poll(areWaiting, { interval: 10 }).toBe(wishes.javaScriptEnabled ? 1 : 2)
    } finally {
      await slow.query('commit')
      slow.release()
    }
    await page.waitForEvent('domcontentloaded')
    expect(sent).toBe(wishes.javaScriptEnabled ? 1 : 2)
    page.removeAllListeners('request')
  }

  async function areWaiting(): Promise<number> {
    const { rows } = await sql.query(
      `select count(*)::int as many from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rows[0].many
  }
})

it('a page that was asked for in English stays in English', async () => {
  const stranger = await comes({ locale: 'id-ID', javaScriptEnabled: false, words: id })
  await stranger.opens('/booking')
  await stranger.follows('English')
  await stranger.sees(en.booking.title)
  await stranger.opens('/sign-in')
  await stranger.sees(en.signIn.title)
  await stranger.leaves()
})

it('with the keyboard alone a stranger books, and always sees where they are', async () => {
  // Typed alike where the day and where the month comes first.
  const [day, email] = ['2030-04-04', 'key@example.com']
  const stranger = await comes({ byKeyboard: true })
  const { page } = stranger
  await stranger.opens('/booking')
  await stranger.looksFor('Consultation', day)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('slots-title')
  await stranger.presses('10:00')

  await stranger.sees(en.hold.title)
  await skipsToContent(stranger)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('email')
  await stranger.asksForCode(email)
  await stranger.typesInTheCode(email)
  await stranger.sees(en.welcome.title)
  await stranger.introducesThemselves('Kay Board')
  await stranger.sees(en.hold.title)
  await stranger.hands.fill(page.getByLabel(en.hold.reason), 'A cough')
  await books(stranger)
  await stranger.follows(en.confirmation.change)
  await stranger.sees(en.change.title)
  expect(await booksOf(day)).toEqual(['10:00 booked Kay Board'])
  await stranger.leaves()
})

/** The first Tab of a page leads to the link that skips its head, the next one into its content. */
async function skipsToContent({ page }: Visitor): Promise<void> {
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(en.skipToContent)
  await tabTo(page, page.getByRole('link', { name: en.skipToContent }))
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
}

describe('the ten minutes', () => {
  it('are counted down, said aloud when two are left and when they are over, and what was typed stays', async () => {
    const [day, visitor] = [aMonday(), await comesSignedIn('Tim Slow')]
    const { page } = visitor
    await page.clock.install()
    await holds(visitor, day, '10:00')
    await page.getByLabel(en.hold.reason).fill('A cough')
    const aloud = page.getByRole('status')
    const left = page.locator('.timer strong')
    expect(await left.textContent()).toMatch(/^(10:00|9:5\d)$/)
    await page.clock.fastForward('07:00')
    expect(await left.textContent()).toMatch(/^(3:00|2:\d\d)$/)
    expect(await aloud.textContent()).toBe('')
    await page.clock.fastForward('01:01')
    expect(await aloud.textContent()).toBe(en.hold.soon)
    await page.clock.fastForward('02:00')
    expect(await aloud.textContent()).toBe(en.hold.over)
    expect(await page.locator('.left').isHidden()).toBe(true)

    await timeRunsOut(day)
    expect(await page.getByLabel(en.hold.reason).inputValue()).toBe('A cough')
    await books(visitor)
    expect(await visitor.reads()).toContain('A cough')
    await visitor.leaves()
  })

  it('are twenty for whoever asks, once', async () => {
    const [day, visitor] = [aMonday(), await comes()]
    await holds(visitor, day, '10:00')
    const until = async () => {
      const { rows } = await sql.query(
        `select hold_expires_at from appointments where status = 'pending' and start_at = $1`,
        [`${day}T10:00+07:00`],
      )
      return rows[0].hold_expires_at.getTime()
    }
    const before = await until()
    await visitor.presses(en.hold.extend)
    await visitor.page.getByRole('button', { name: en.hold.extend }).waitFor({ state: 'detached' })
    await visitor.sees(en.hold.title)
    expect(await until()).toBe(before + 600_000)
    expect(await visitor.page.locator('.timer strong').textContent()).toMatch(/^(20:00|19:5\d)$/)
    await visitor.leaves()
  })
})

it('who would rather have another time gives the first back, and somebody else takes it at once', async () => {
  const day = aMonday()
  const [first, second] = [await comes(), await comes()]
  await holds(first, day, '10:00')
  await first.presses(en.hold.letGo)
  await first.sees(en.finder.title)
  expect(new URL(first.page.url()).searchParams.get('from')).toBe(day)
  expect(await first.page.getByRole('link', { name: en.hold.goOn }).count()).toBe(0)
  await holds(second, day, '10:00')
  expect(await booksOf(day)).toEqual(['10:00 cancelled', '10:00 pending'])
  await first.leaves()
  await second.leaves()
})

it('who takes a second time in the same browser lets the first go', async () => {
  const [day, visitor] = [aMonday(), await comes()]
  await holds(visitor, day, '10:00')
  await holds(visitor, day, '11:00')
  expect(await booksOf(day)).toEqual(['10:00 cancelled', '11:00 pending'])
  await visitor.opens('/booking')
  expect(await visitor.reads()).toContain('11:00, Dr. Strange')
  await visitor.leaves()
})

describe('a week of free times', () => {
  const aWeekAfter = (day: string) => new Date(Date.parse(day) + 7 * 86_400_000).toISOString().slice(0, 10)
  const headingOf = (day: string) => new RegExp(`^${formatDay(`${day}T00:00`, en.language)} –`)

  it.each([
    ['with JavaScript comes without loading a page', true],
    ['without JavaScript comes as a page', false],
  ])('%s; Back leads to the week before, and to the list', async (_, javaScriptEnabled) => {
    const [day, visitor] = [aMonday(), await comes({ javaScriptEnabled })]
    const nextWeek = aWeekAfter(day)
    const { page } = visitor
    await visitor.opens('/booking')
    await visitor.looksFor('Consultation', day)
    let loads = 0
    page.on('domcontentloaded', () => loads++)
    await visitor.follows(en.finder.asWeek)
    await visitor.sees(headingOf(day))
    expect(await visitor.offers()).toHaveLength(5 * 6)
    await visitor.follows(en.finder.nextWeek)
    await visitor.sees(headingOf(nextWeek))
    expect(page.url()).toContain(`from=${nextWeek}`)
    expect((await visitor.offers())[0]).toBe(`${doctor}/${nextWeek}T09:00+07:00`)
    await page.goBack()
    await visitor.sees(headingOf(day))
    await page.goBack()
    await visitor.sees(en.finder.title)
    expect(loads).toBe(javaScriptEnabled ? 0 : 4)
    expect((await visitor.offers())[0]).toBe(`${doctor}/${day}T09:00+07:00`)
    await takes(visitor, '09:00')
    await visitor.leaves()
  })
})

it('the finder offers the same times with JavaScript and without, as a list, later, and as a week', async () => {
  const day = aMonday()
  const [withScript, without] = [await comes(), await comes({ javaScriptEnabled: false })]
  const seen: string[][][] = []
  for (const visitor of [withScript, without]) {
    await visitor.opens('/booking')
    await visitor.looksFor('Consultation', day)
    const list = await visitor.offers()
    await visitor.follows(en.finder.later)
    await visitor.page.waitForURL(/after=/)
    const later = await visitor.offers()
    await visitor.follows(en.finder.asWeek)
    await visitor.page.waitForURL(/view=week/)
    seen.push([list, later, await visitor.offers()])
    await visitor.leaves()
  }
  expect(seen[0]?.map(({ length }) => length)).toEqual([24, 24, 30])
  expect(new Set(seen[0]?.slice(0, 2).flat()).size).toBe(48)
  expect(seen[0]).toEqual(seen[1])
})

it('of a call the visitor reads their own time as well; where they must be at the clinic, only the clinic’s', async () => {
  const [day, visitor] = [aMonday(), await comes({ timezoneId: 'Asia/Jayapura' })]
  const first = () => visitor.page.locator('button.slot').first().innerText()
  await visitor.opens('/booking')
  await visitor.looksFor('Consultation', day)
  expect(await first()).not.toContain('your time')
  await visitor.opens('/booking')
  await visitor.looksFor('Telephone call', day)
  expect(await first()).toMatch(/^09:00\s+11:00 your time/)
  await visitor.follows(en.finder.asWeek)
  await visitor.page.waitForURL(/view=week/)
  expect(await first()).toMatch(/^09:00\s+11:00 your time/)
  await visitor.page.reload()
  expect(await first()).toMatch(/^09:00\s+11:00 your time/)
  await visitor.leaves()

  const neighbour = await comes({ timezoneId: 'Asia/Jakarta' })
  await neighbour.opens('/booking')
  await neighbour.looksFor('Telephone call', day)
  expect(await neighbour.reads()).not.toContain('your time')
  await neighbour.leaves()
})
