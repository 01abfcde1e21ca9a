import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Email, Sms, WhatsAppTemplate } from '../../src/channels/channel.ts'
import type { MessageContent } from '../../src/clinic/messages/content.ts'
import { renderMessage } from '../../src/messages/render.tsx'
import { sampleContent } from '../../src/messages/sample.ts'
import { segmentsOf } from '../../src/messages/sms.ts'
import { templatesOf } from '../../src/messages/whatsapp.ts'
import { seed } from '../support/seed.ts'
import { changed, every, hardCases, options, siteUrl } from './samples.ts'

const mail = (content: MessageContent) => renderMessage(content, options) as Email
const sms = (content: MessageContent) => renderMessage({ ...content, channel: 'sms' }, options) as Sms
const template = (content: MessageContent) =>
  renderMessage({ ...content, channel: 'whatsapp' }, options) as WhatsAppTemplate

/** The words that a reader of the HTML sees, and where its links lead. */
function readHtml(html: string) {
  const body = html.replace(/^.*?<body/s, '<body').replace(/<div aria-hidden="true".*?<\/div>/s, '')
  const links = [...body.matchAll(/href="([^"]*)"/g)].map(([, url = '']) => decode(url))
  const words = decode(body.replace(/<[^>]*>/g, ' '))
  return { words: words.split(/\s+/).filter(Boolean), links }
}

const decode = (html: string) =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

const cases = Object.entries(hardCases).flatMap(([name, make]) =>
  every.map((which) => ({ ...which, name, make })),
)

it.each(Object.entries(hardCases))('HTML and plain text say the same: %s', (_, make) => {
  for (const which of every) compare(make(which))
})

function compare(content: MessageContent) {
  const { html = '', text } = mail(content)
  const { words, links } = readHtml(html)
  const addresses = text.match(/https:\/\/[^\s)]+/g) ?? []
  const written = text
    .replace(/\(?https:\/\/[^\s)]+\)?/g, ' ')
    .split(/\s+/)
    .map((word) => word.replace(/:$/, ''))
  expect(written.filter(Boolean)).toEqual(words.map((word) => word.replace(/:$/, '')))
  expect(addresses).toEqual(links.filter((link) => link.startsWith('https:')))
}

it.each(Object.entries(hardCases))('no sentence is broken: %s', (_, make) => {
  for (const which of every) proofread(make(which))
})

function proofread(content: MessageContent) {
  const { subject, text, html = '' } = mail(content)
  for (const written of [subject, text, sms(content).text, ...template(content).body]) {
    expect(written).not.toMatch(/[{}]|undefined|null|NaN|\s[.,:;]|\.\.|\(\)|,,|Invalid/)
    expect(written.trim()).not.toBe('')
  }
  expect(html).toMatch(/^<!doctype html><html lang="(en-GB|id-ID)" dir="ltr">/)
  expect(subject).not.toMatch(/[\r\n]/)
}

it('greets the reader, and says whose appointment it is', () => {
  const booked = { kind: 'booked', language: 'en' } as const
  const { child, family, several } = hardCases
  expect(mail(sampleContent(booked)).subject).toBe('Your appointment on Thu 3 Dec, 08:30')
  expect(child && mail(child(booked)).subject).toBe('Siti’s appointment on Thu 3 Dec, 08:30')
  expect(child && mail(child(booked)).text).toContain('Hello Budi,')
  expect(several && mail(several(booked)).subject).toBe('Your appointments on Thu 3 Dec, 08:30 and 10:30')
  expect(family && mail(family({ ...booked, language: 'id' })).subject).toBe(
    'Janji temu Anda dan Siti Kam 3 Des, 08.30 dan 10.30',
  )
})

it('names the time zone in words, and the offset in the hour that comes twice', () => {
  const { text } = mail(sampleContent({ kind: 'booked', language: 'id' }))
  expect(text).toContain('Kam 3 Des, 08.30\n  Waktu Jakarta · 30 menit')
  const repeated = hardCases['repeated-hour']
  expect(repeated && mail(repeated({ kind: 'booked', language: 'en' })).text).toMatch(
    /Sun 31 Oct 2027, 02:30 .*\+0?2.*\n {2}Berlin time/,
  )
})

it('says in how many days it is when it is sent, not when it was planned', () => {
  const content = sampleContent({ kind: 'reminder', language: 'en' })
  const subjectAt = (now: string) =>
    (renderMessage(content, { ...options, now: new Date(now) }) as Email).subject
  expect(subjectAt('2026-11-30T03:00:00Z')).toBe('Reminder: your appointment in 3 days, 08:30')
  expect(subjectAt('2026-12-02T10:00:00Z')).toBe('Reminder: your appointment tomorrow, 08:30')
  expect(subjectAt('2026-12-03T01:00:00Z')).toBe('Reminder: your appointment today, 08:30')
})

it('sends nobody to an address for a call', () => {
  for (const kind of ['booked', 'moved', 'reminder'] as const) {
    const video = hardCases.video?.({ kind, language: 'en' })
    expect(video && mail(video).text).not.toMatch(/Cikini|post office/)
    expect(video && mail(video).text).toContain('By video')
  }
})

it('says who made a change, why, and what it was before', () => {
  const moved = sampleContent({ kind: 'moved', language: 'en' })
  const { text } = mail(moved)
  expect(text).toContain('We changed your appointment.')
  expect(text).toContain('Before: Wed 2 Dec, 10:00, Jakarta time.\nThe reason: Dr. Maya is away on that day.')
  const own = changed(moved, () => ({ changedBy: 'patient' }))
  expect(mail(own).text).toContain('You changed your appointment.')
  const ofChild = changed(sampleContent({ kind: 'moved', language: 'en', forChild: true }), () => ({
    changedBy: 'patient',
  }))
  expect(mail(ofChild).text).toContain('You, or someone else who acts for Siti, changed Siti’s appointment.')
})

it('attaches a calendar entry for each appointment when it is booked, moved or cancelled', () => {
  const attached = every.flatMap((which) => {
    const { attachments = [] } = mail(hardCases.several?.(which) as MessageContent)
    const methods = attachments.map(({ contentType }) => /method=(\w+)/.exec(contentType)?.[1])
    return which.language === 'en' && methods.length > 0 ? [[which.kind, ...methods]] : []
  })
  expect(attached).toEqual([
    ['booked', 'REQUEST', 'REQUEST'],
    ['moved', 'REQUEST', 'REQUEST'],
    ['cancelled', 'CANCEL', 'CANCEL'],
  ])
  const untold = changed(sampleContent({ kind: 'cancelled', language: 'en' }), () => ({ before: null }))
  expect(mail(untold).attachments).toEqual([])
})

it('can be stopped with one press only where nobody asked for it', () => {
  const stoppable = every.filter((which) => mail(sampleContent(which)).headers?.['List-Unsubscribe'])
  expect([...new Set(stoppable.map(({ kind }) => kind))]).toEqual(['reminder', 'missed'])
  expect(mail(sampleContent({ kind: 'reminder', language: 'en' })).headers).toMatchObject({
    'List-Unsubscribe': `<${options.links.unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  })
})

it('escapes what people wrote, and never reads it as a field', () => {
  const sly = '<script>alert(1)</script> & "{when}" {change_link}'
  const content = changed(sampleContent({ kind: 'booked', language: 'en' }), ({ location, visitType }) => ({
    doctorName: sly,
    location: { ...location, name: sly, address: sly, directions: sly },
    visitType: visitType && { ...visitType, bring: sly },
  }))
  const { html = '', text } = mail({ ...content, recipient: { ...content.recipient, calledName: sly } })
  expect(html).not.toContain('<script')
  expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(4)
  expect(text.split(sly).length).toBe(html.split('&lt;script&gt;').length)
  const own = { subject: '<b>{doctor_name}</b>', body: '<img src=x> {when}\n\n{change_link}' }
  const { html: ownHtml = '' } = mail({ ...sampleContent({ kind: 'booked', language: 'en' }), ownText: own })
  expect(ownHtml).toContain('&lt;img src=x&gt; Thu 3 Dec')
  expect(ownHtml).toContain('<title>&lt;b&gt;Dr. Maya Sari&lt;/b&gt;</title>')
})

it('names what the visit is for only if the clinic allows it', () => {
  const secret = fc.stringMatching(/^[a-z]{12,20}$/)
  fc.assert(
    fc.property(fc.constantFrom(...every), secret, fc.boolean(), (which, name, namesVisitType) => {
      const content = changed(sampleContent({ ...which, namesVisitType }), ({ visitType }) => ({
        visitType: visitType && { ...visitType, name },
      }))
      const { subject, html = '', text } = mail(content)
      expect(text.includes(name) && html.includes(name)).toBe(namesVisitType)
      expect([subject, sms(content).text, ...template(content).body].join()).not.toContain(name)
      const ownText = { subject: 'About {visit_type}', body: 'For {visit_type}.\n{when}\n{visit_type}' }
      const own = mail({ ...content, ownText })
      expect((own.subject + own.html + own.text).includes(name)).toBe(namesVisitType)
    }),
    { numRuns: 100, seed },
  )
})

it('leaves out a sentence with an empty field, and keeps the rest of its line', () => {
  const body =
    'Find us at {location_address}. Call {location_phone}! It is {when}.\nBring {bring}.\n\n{change_link}'
  const content = changed(sampleContent({ kind: 'booked', language: 'en' }), ({ location }) => ({
    location: { ...location, address: null },
    visitType: null,
  }))
  const { text } = mail({ ...content, ownText: { subject: 'About {bring}. Booked', body } })
  expect(text).toMatch(
    /^Call \+62 21 5550 1234! It is Thu 3 Dec, 08:30, Jakarta time\.\n\nChange or cancel: https/,
  )
})

it('keeps names of other scripts from reordering the words beside them', () => {
  const doctorName = 'د. مها'
  const { text } = mail(changed(sampleContent({ kind: 'booked', language: 'en' }), () => ({ doctorName })))
  expect(text).toContain(`with \u2068${doctorName}\u2069.`)
})

it('fits a text message into two parts, unless its time and link alone are longer', () => {
  for (const { make, name, ...which } of cases) {
    const { text } = sms(make(which))
    if (!['several', 'family', 'long-names'].includes(name)) expect(segmentsOf(text), text).toBeLessThan(3)
    expect(text).toContain(siteUrl)
    expect(text).not.toMatch(/[‘’“”–…\u00a0]/)
  }
  expect(
    ['a'.repeat(160), 'a'.repeat(161), '€'.repeat(80), '€'.repeat(81), 'ş'.repeat(70), 'ş'.repeat(71)].map(
      segmentsOf,
    ),
  ).toEqual([1, 2, 1, 2, 1, 2])
})

it('gives WhatsApp every variable and button that the registered template has', () => {
  const registered = templatesOf(siteUrl)
  expect(registered).toHaveLength(every.length)
  for (const which of every) {
    const {
      template: name,
      language,
      body,
      buttons,
      to,
    } = template(hardCases.bare?.(which) as MessageContent)
    const form = registered.find((each) => each.name === name && each.language === language)
    const numbers = new Set(form?.body.match(/\{\{\d+\}\}/g))
    expect([...numbers]).toEqual(body.map((_, n) => `{{${n + 1}}}`))
    expect(form?.body).not.toMatch(/^\{\{|\}\}$/)
    expect(form?.buttons.map(({ label }) => label.length <= 25)).toEqual(buttons.map(() => true))
    expect(body.every((variable) => variable.trim() && !/\n|\t| {4}/.test(variable))).toBe(true)
    expect(buttons.every((rest) => rest.startsWith('m/'))).toBe(true)
    expect(to).toBe('budi@example.com')
  }
})
