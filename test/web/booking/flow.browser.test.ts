import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { formatDay, formatTime } from '../../../src/i18n/dates.ts'
import { type Copy, en } from '../../../src/i18n/en.ts'
import { id } from '../../../src/i18n/id.ts'
import { openClinic } from '../../support/clinic.ts'
import { countBlocked } from '../../support/concurrency.ts'
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
const newMonday = () => new Date(Date.UTC(2030, 0, 7 * ++days)).toISOString().slice(0, 10)

const openVisitor = (wishes?: Parameters<typeof visit>[2]) => visit(clinic, browser, wishes)

async function openSignedInVisitor(name: string, wishes?: Parameters<typeof visit>[2]): Promise<Visitor> {
  const visitor = await openVisitor(wishes)
  await signIn(visitor, name)
  return visitor
}

/** Signs in with a new account, past the pages; it shows from the next page on. */
async function signIn({ page }: Visitor, name: string): Promise<void> {
  const account = await openAccount(sql, { name, patientIds: [await registerPatient(sql, name)] })
  await page.context().addCookies([asCookie(await openSession(sql, account), clinic.origin)])
}

/** Leads a visitor to a held slot. */
async function holdTime(visitor: Visitor, day: string, time: string): Promise<void> {
  await visitor.opens(timesOf(day))
  await takeTime(visitor, time)
}

/** The address of the free times from this day. */
const timesOf = (day: string) => `/booking?visit_type_id=${consultation}&from=${day}`

const onTheClock = (words: Copy, time: string) => formatTime(`2030-01-01T${time}`, words.language)

async function takeTime(visitor: Visitor, time: string): Promise<void> {
  await visitor.presses(onTheClock(visitor.words, time))
  await visitor.sees(visitor.words.hold.title)
}

async function book(visitor: Visitor): Promise<void> {
  await visitor.presses(visitor.words.hold.confirm)
  await visitor.sees(visitor.words.confirmation.titles.booked)
}

/** The appointments of a day, in order of creation. */
async function appointmentsOn(day: string): Promise<string[]> {
  const { rows } = await sql.query(
    `select concat_ws(' ', to_char(start_at at time zone 'Asia/Jakarta', 'HH24:MI'), status, patients.name) as line
     from appointments left join patients on patients.id = patient_id
     where (start_at at time zone 'Asia/Jakarta')::date = $1 order by appointments.id`,
    [day],
  )
  return rows.map(({ line }) => line)
}

/** Lets every hold of that day expire. */
async function expireHolds(day: string): Promise<void> {
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
  /** Reloads, goes back and forward: the page stays the same. */
  async function expectStable(visitor: Visitor, heading: string): Promise<void> {
    const { page } = visitor
    const address = page.url()
    await page.reload()
    await visitor.sees(heading)
    await page.goBack()
    await page.goForward()
    await visitor.sees(heading)
    expect(page.url()).toBe(address)
  }

  it('a new visitor holds, signs up and books; Back and Reload lose and repeat nothing', async () => {
    const [day, email] = [newMonday(), `${name.toLowerCase()}@example.com`]
    const visitor = await openVisitor(wishes)
    const { page } = visitor
    await visitor.opens('/booking')
    expect(await page.locator('html').getAttribute('lang')).toBe(words.language)
    await visitor.looksFor('Consultation', day)
    await expectStable(visitor, words.finder.title)
    await visitor.presses(onTheClock(words, '10:00'))

    await visitor.sees(words.hold.title)
    expect(await visitor.reads()).toContain(words.hold.step(2, 3))
    await expectStable(visitor, words.hold.title)
    await page.goBack()
    await visitor.follows(words.hold.finish)
    await visitor.sees(words.hold.title)

    await visitor.asksForCode(email)
    await expectStable(visitor, words.signIn.codeTitle)
    await visitor.typesInTheCode(email)
    await visitor.sees(words.welcome.title)
    await expectStable(visitor, words.welcome.title)
    await visitor.introducesThemselves(`${name} Newcomer`)

    await visitor.sees(words.hold.title)
    expect(await visitor.reads()).toContain(words.hold.step(3, 3))
    await expectStable(visitor, words.hold.title)
    await page.getByLabel(words.hold.reason).fill('A <b>cough</b>')
    await book(visitor)

    await expectStable(visitor, words.confirmation.titles.booked)
    const said = await visitor.reads()
    for (const part of [`${name} Newcomer`, 'A <b>cough</b>', 'Jalan Surabaya 1', 'Dr. Strange'])
      expect(said).toContain(part)
    for (const link of [
      words.confirmation.calendar,
      words.confirmation.directions,
      words.confirmation.change,
    ])
      await page.getByRole('link', { name: link }).waitFor()
    await page.goBack()
    await visitor.sees(words.confirmation.titles.booked)
    expect(await appointmentsOn(day)).toEqual([`10:00 booked ${name} Newcomer`])
    expect(clinic.mails.filter(({ to }) => to === email)).toHaveLength(1)

    await visitor.opens('/booking')
    expect(await page.getByRole('link', { name: words.hold.finish }).count()).toBe(0)
    await visitor.leaves()
  })

  it('a visitor who picks a taken time books one of the three nearest', async () => {
    const day = newMonday()
    const [first, second] = [await openVisitor(wishes), await openSignedInVisitor(`${name} Second`, wishes)]
    await second.opens(timesOf(day))
    await holdTime(first, day, '10:00')

    await second.presses(onTheClock(words, '10:00'))
    await second.sees(words.lost.taken)
    expect(await second.page.evaluate(() => document.activeElement?.id)).toBe('summary')
    expect(await second.offers()).toEqual(
      ['09:00', '09:30', '10:30'].map((at) => `${doctor}/${day}T${at}+07:00`),
    )
    await takeTime(second, '10:30')
    await book(second)
    expect(await appointmentsOn(day)).toEqual(['10:00 pending', `10:30 booked ${name} Second`])
    await first.leaves()
    await second.leaves()
  })

  it('a late visitor can still book if the time is free', async () => {
    const [day, visitor] = [newMonday(), await openSignedInVisitor(`${name} Late`, wishes)]
    await holdTime(visitor, day, '10:00')
    await expireHolds(day)
    await book(visitor)
    expect(await appointmentsOn(day)).toEqual([`10:00 booked ${name} Late`])
    await visitor.leaves()
  })

  it('a late visitor whose time is gone is offered the three nearest', async () => {
    const day = newMonday()
    const [late, quick] = [await openSignedInVisitor(`${name} Late`, wishes), await openVisitor(wishes)]
    await holdTime(late, day, '10:00')
    await expireHolds(day)
    await holdTime(quick, day, '10:00')
    await late.presses(words.hold.confirm)
    await late.sees(words.lost.expired)
    expect(await late.offers()).toHaveLength(3)
    expect(await appointmentsOn(day)).toEqual(['10:00 cancelled', '10:00 pending'])
    await late.leaves()
    await quick.leaves()
  })

  it('a parent adds a child and returns to the hold with the child selected', async () => {
    const [day, parent] = [newMonday(), await openSignedInVisitor(`${name} Parent`, wishes)]
    await holdTime(parent, day, '10:00')
    const held = parent.page.url()
    await parent.follows(words.hold.someoneElse)
    await parent.page.getByLabel(words.dependant.name).fill('Little One')
    await parent.presses(words.dependant.submit)
    await parent.sees(words.hold.title)
    expect(parent.page.url()).toContain(held)
    expect(await parent.page.locator('option:checked').textContent()).toBe('Little One')
    await book(parent)
    expect(await appointmentsOn(day)).toEqual(['10:00 booked Little One'])
    await parent.leaves()
  })

  it('double taps on a slow connection hold and book once', async () => {
    const [day, visitor] = [newMonday(), await openVisitor(wishes)]
    await visitor.opens(timesOf(day))
    await tapTwice(visitor, onTheClock(words, '10:00'))
    await visitor.sees(words.hold.title)
    expect(await appointmentsOn(day)).toEqual(['10:00 pending'])
    await signIn(visitor, `${name} Twice`)
    await visitor.page.reload()
    await tapTwice(visitor, words.hold.confirm)
    await visitor.sees(words.confirmation.titles.booked)
    expect(await appointmentsOn(day)).toEqual([`10:00 booked ${name} Twice`])
    await visitor.leaves()
  })

  /** Taps twice before the first answer; the script never sends the second. */
  async function tapTwice({ page }: Visitor, button: string): Promise<void> {
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
      await expect.poll(() => countBlocked(sql), { interval: 10 }).toBe(1)
      await tap()
      await expect.poll(() => countBlocked(sql), { interval: 10 }).toBe(wishes.javaScriptEnabled ? 1 : 2)
    } finally {
      await slow.query('commit')
      slow.release()
    }
    await page.waitForEvent('domcontentloaded')
    expect(sent).toBe(wishes.javaScriptEnabled ? 1 : 2)
    page.removeAllListeners('request')
  }
})

it('a page switched to English stays in English', async () => {
  const visitor = await openVisitor({ locale: 'id-ID', javaScriptEnabled: false, words: id })
  await visitor.opens('/booking')
  await visitor.follows('English')
  await visitor.sees(en.booking.title)
  await visitor.opens('/sign-in')
  await visitor.sees(en.signIn.title)
  await visitor.leaves()
})

it('a new visitor can book by keyboard alone with focus always visible', async () => {
  // Typed the same whether the day or the month comes first.
  const [day, email] = ['2030-04-04', 'key@example.com']
  const visitor = await openVisitor({ byKeyboard: true })
  const { page } = visitor
  await visitor.opens('/booking')
  await visitor.looksFor('Consultation', day)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('slots-title')
  await visitor.presses('10:00')

  await visitor.sees(en.hold.title)
  await skipToContent(visitor)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('email')
  await visitor.asksForCode(email)
  await visitor.typesInTheCode(email)
  await visitor.sees(en.welcome.title)
  await visitor.introducesThemselves('Kay Board')
  await visitor.sees(en.hold.title)
  await visitor.hands.fill(page.getByLabel(en.hold.reason), 'A cough')
  await book(visitor)
  await visitor.follows(en.confirmation.change)
  await visitor.sees(en.change.title)
  expect(await appointmentsOn(day)).toEqual(['10:00 booked Kay Board'])
  await visitor.leaves()
})

/** The first Tab leads to the skip link, which leads into the content. */
async function skipToContent({ page }: Visitor): Promise<void> {
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(en.skipToContent)
  await tabTo(page, page.getByRole('link', { name: en.skipToContent }))
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
}

describe('the countdown', () => {
  it('announces the last two minutes and the end, and keeps what was typed', async () => {
    const [day, visitor] = [newMonday(), await openSignedInVisitor('Tim Slow')]
    const { page } = visitor
    await page.clock.install()
    await holdTime(visitor, day, '10:00')
    await page.getByLabel(en.hold.reason).fill('A cough')
    const aloud = page.getByRole('status')
    const left = page.locator('.timer strong')
    expect(await left.textContent()).toMatch(/^(10:00|9:5\d)$/)
    await page.clock.fastForward('07:00')
    expect(await left.textContent()).toMatch(/^(3:00|2:\d\d)$/)
    expect(await aloud.textContent()).toBe('')
    await page.clock.fastForward('01:01')
    expect(await aloud.textContent()).toBe(en.hold.almostOver(true))
    await page.clock.fastForward('02:00')
    expect(await aloud.textContent()).toBe(en.hold.ranOut)
    expect(await page.locator('.left').isHidden()).toBe(true)

    await expireHolds(day)
    expect(await page.getByLabel(en.hold.reason).inputValue()).toBe('A cough')
    await book(visitor)
    expect(await visitor.reads()).toContain('A cough')
    await visitor.leaves()
  })

  it('can be extended by ten minutes once', async () => {
    const [day, visitor] = [newMonday(), await openVisitor()]
    await holdTime(visitor, day, '10:00')
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
    expect(await visitor.page.locator('.timer').getAttribute('data-soon')).toBe(en.hold.almostOver(false))
    await visitor.leaves()
  })
})

it('choosing another time releases the first at once', async () => {
  const day = newMonday()
  const [first, second] = [await openVisitor(), await openVisitor()]
  await holdTime(first, day, '10:00')
  await first.presses(en.hold.changeTime)
  await first.sees(en.finder.title)
  expect(new URL(first.page.url()).searchParams.get('from')).toBe(day)
  expect(await first.page.getByRole('link', { name: en.hold.finish }).count()).toBe(0)
  await holdTime(second, day, '10:00')
  expect(await appointmentsOn(day)).toEqual(['10:00 cancelled', '10:00 pending'])
  await first.leaves()
  await second.leaves()
})

it('holding a second time in the same browser releases the first', async () => {
  const [day, visitor] = [newMonday(), await openVisitor()]
  await holdTime(visitor, day, '10:00')
  await holdTime(visitor, day, '11:00')
  expect(await appointmentsOn(day)).toEqual(['10:00 cancelled', '11:00 pending'])
  await visitor.opens('/booking')
  expect(await visitor.reads()).toContain('11:00 with Dr. Strange')
  await visitor.leaves()
})

describe('a week of free times', () => {
  const aWeekAfter = (day: string) => new Date(Date.parse(day) + 7 * 86_400_000).toISOString().slice(0, 10)
  const headingOf = (day: string) => new RegExp(`^${formatDay(`${day}T00:00`, en.language)} –`)

  it.each([
    ['with JavaScript loads no page', true],
    ['without JavaScript loads a page', false],
  ])('%s, and Back leads to the previous week and the list', async (_, javaScriptEnabled) => {
    const [day, visitor] = [newMonday(), await openVisitor({ javaScriptEnabled })]
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
    await takeTime(visitor, '09:00')
    await visitor.leaves()
  })
})

it('the finder offers the same times with and without JavaScript', async () => {
  const day = newMonday()
  const [withScript, without] = [await openVisitor(), await openVisitor({ javaScriptEnabled: false })]
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

it('calls show the visitor’s time too, clinic visits only the clinic’s', async () => {
  const [day, visitor] = [newMonday(), await openVisitor({ timezoneId: 'Asia/Jayapura' })]
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

  const local = await openVisitor({ timezoneId: 'Asia/Jakarta' })
  await local.opens('/booking')
  await local.looksFor('Telephone call', day)
  expect(await local.reads()).not.toContain('your time')
  await local.leaves()
})
