import type { Page } from 'playwright-core'
import { messageKinds, messageLanguages } from '../../src/clinic/messages/content.ts'
import { deskPages } from './desk-pages.ts'
import { follow, type Open } from './follow.ts'

const go =
  (path: string): Open =>
  (page) =>
    page.goto(path)

const press =
  (path: string, selector: string): Open =>
  async (page) => {
    await page.goto(path)
    await follow(page, page.locator(selector))
  }

/** Every message, as it is sent to a made-up patient. */
const mails = Object.fromEntries(
  messageKinds.flatMap((kind) =>
    messageLanguages.map((language) => [
      `mail-${kind}-${language}`,
      go(`/admin/messages/${kind}/preview?preview=${language}`),
    ]),
  ),
)

const slots = '/booking?visit_type_id=1'

/** By who is looking, in order. Each releases the slot that it holds. */
export const pages: Record<string, Record<string, Open>> = {
  stranger: {
    booking: go('/booking'),
    slots: go(slots),
    week: go(`${slots}&doctor_id=1&view=week`),
    hold: press(slots, '.slot'),
    'slots-holding': go(slots),
    lost: async (page) => {
      await follow(page, page.locator('.banner a'))
      await releaseElsewhere(page)
    },
    'in-indonesian': go(`${slots}&lang=id`),
    'back-in-english': go('/booking?lang=en'),
    'nothing-free': go(`${slots}&doctor_id=6&from=2099-01-01`),
    'sign-in': go('/sign-in'),
    'sign-in-ended': go('/sign-in?ended=1'),
    link: go('/sign-in/link?token=x'),
    'link-expired': (page) => follow(page, page.locator('main button')),
    'not-found': go('/nowhere'),
  },
  caller: { code: askForCode },
  newcomer: { welcome: go('/welcome') },
  zero: {
    booking: go('/booking'),
    confirm: press(`${slots}&doctor_id=1`, '.slot'),
    'let-go': (page) => follow(page, page.locator('form[action$="/release"] button')),
    confirmation: go('/booking/confirmation/1'),
    appointments: go('/appointments'),
    'appointments-past': go('/appointments?when=past'),
    appointment: go('/appointments/1'),
    times: go('/appointments/1/times?visit_type_id=1&doctor_id=1'),
    dependant: go('/dependants'),
    account: go('/account'),
    'passkey-new': go('/account/passkeys/new'),
    family: go('/account/family'),
    details: go('/account/details'),
    correct: press('/account/details', 'main .card a'),
    data: go('/account/data'),
    accesses: press('/account/data', 'main section a.more'),
    email: go('/account/email'),
    closing: go('/account/closing'),
    erasure: go('/account/erasure'),
    again: go('/sign-in/again'),
  },
  keyed: {
    account: go('/account'),
    'passkey-name': press('/account', '.passkey-links a:first-child'),
    'passkey-removal': press('/account', '.passkey-links a:last-child'),
    'passkey-asked': go('/sign-in/passkey'),
  },
  desk: {
    booking: go('/booking'),
    slots: go('/booking?visit_type_id=4'),
    appointments: go('/appointments'),
    ...deskPages,
    'new-patient': go('/patients/new'),
    search: go('/patients'),
    patient: go('/patients/1'),
    correct: go('/patients/1/details'),
    accesses: go('/patients/1/accesses'),
    erasure: go('/patients/1/erasure'),
    compared: go('/patients/1/merge?with=2'),
    requests: go('/patients/correction-requests'),
    'may-exist': registerTwice,
    found: find,
    'new-series': go('/series/new'),
    'series-dates': planSeries,
  },
  strange: { day: go('/desk/mine') },
  admin: {
    locations: go('/admin/locations'),
    'location-new': go('/admin/locations/new'),
    location: go('/admin/locations/1'),
    'location-retirement': go('/admin/locations/1/retirement'),
    'visit-types': go('/admin/visit-types'),
    'visit-type': go('/admin/visit-types/1'),
    resources: go('/admin/resources'),
    'resource-new': go('/admin/resources/new'),
    history: go('/admin/history'),
    health: go('/admin/health'),
    email: go('/admin/email'),
    messages: go('/desk/messages'),
    'messages-failed': go('/desk/messages?state=failed'),
    security: go('/admin/security'),
    'security-empty': go('/admin/security?to=2020-01-01'),
    'message-texts': go('/admin/messages'),
    'message-text': go('/admin/messages/booked'),
    'message-text-sms': go('/admin/messages/reminder?channel=sms'),
    'message-templates': go('/admin/messages/reminder?channel=whatsapp'),
    ...mails,
  },
  developer: {
    mailbox: go('/local/mailbox'),
    problem: go('/api/problems/slot_taken'),
    reference: go('/api/docs'),
  },
}

async function find(page: Page): Promise<void> {
  await page.goto('/patients')
  await page.fill('#q', 'zero')
  await follow(page, page.locator('main form button').first())
}

/** Dates too far ahead, so that each has to be decided. */
async function planSeries(page: Page): Promise<void> {
  await page.goto('/series/new?patient_id=1&doctor_id=1&visit_type_id=1')
  await page.fill('#start_at', '2030-01-07T08:00')
  await page.fill('#count', '3')
  await follow(page, page.locator('main form button[type=submit]').last())
}

/** The second time the page asks, because someone like that exists. */
async function registerTwice(page: Page): Promise<void> {
  for (const path of ['/patients/new', '/patients/new']) {
    await page.goto(path)
    await page.fill('#name', 'Patient Zero')
    await page.fill('#birth_date', '1990-05-17')
    await page.fill('#phone', '+62 812 3456 7890')
    await follow(page, page.locator('form button[type=submit]').last())
  }
}

/** Releases the hold as another window would, while this one still shows it. */
async function releaseElsewhere(page: Page): Promise<void> {
  const { origin } = new URL(page.url())
  await page.request.post(`${page.url()}/release`, { headers: { Origin: origin } })
  await page.reload()
}

/** From an address of its own each time: an address gets few codes an hour. */
async function askForCode(page: Page): Promise<void> {
  await page.goto('/sign-in')
  const form = page.locator('form').filter({ has: page.locator('input[name="email"]') })
  await form.locator('input[name="email"]').fill(`caller-${Date.now().toString(36)}@example.com`)
  await follow(page, form.locator('button'))
}
