import { expect, it } from 'vitest'
import { channelNames } from '../../src/channels/channel.ts'
import { checkText } from '../../src/clinic/messages/check-text.ts'
import { originalText } from '../../src/messages/texts.ts'
import { every } from './samples.ts'

const booked = { kind: 'booked', channel: 'email', namesVisitType: false } as const
const check = (body: string, about: Parameters<typeof checkText>[1] = booked, subject = 'Booked') =>
  checkText({ subject, body }, about)

it.each(every)('our own texts are valid: $kind in $language', ({ kind, language }) => {
  for (const channel of channelNames) {
    const faults = checkText(originalText(kind, language, channel), { kind, channel, namesVisitType: false })
    // A WhatsApp template has its buttons beside its text.
    const expected = faults.filter(({ fault }) => channel !== 'whatsapp' || fault !== 'missing_field')
    expect(expected).toEqual([])
  }
})

it('suggests the field that was meant, in any order of its words', () => {
  const named = (name: string) =>
    check(`{${name}} {when} {change_link}`).map((fault) => 'nearest' in fault && fault.nearest)
  expect(named('nama_dokter')).toEqual(['doctor_name'])
  expect(named('Doctor Name')).toEqual(['doctor_name'])
  expect(named('pateint_first_name')).toEqual(['patient_first_name'])
  expect(named('location_adress')).toEqual(['location_address'])
  expect(named('zzzzzz')).toEqual([null])
  expect(named('')).toEqual([null])
})

it('names fields that this kind does not have, or that are missing', () => {
  expect(check('{when} {change_link} {old_when}')).toEqual([
    { part: 'body', fault: 'not_here', name: 'old_when' },
  ])
  expect(check('Hello')).toEqual([
    { part: 'body', fault: 'missing_field', name: 'when' },
    { part: 'body', fault: 'missing_field', name: 'change_link' },
  ])
  expect(check('{when} {change_link}', booked, 'See {change_link}')).toEqual([
    { part: 'subject', fault: 'not_here', name: 'change_link' },
  ])
})

it('finds a brace that is not part of a field, and texts that say nothing', () => {
  for (const body of ['{when} {change_link} {', '{when}} {change_link}', '{when} {change_link} {doc\ntor}'])
    expect(check(body)).toEqual([{ part: 'body', fault: 'brace' }])
  expect(check(' \n', { ...booked, kind: 'staff_booked' })).toContainEqual({ part: 'body', fault: 'empty' })
  expect(check('{when} {change_link}', booked, ' ')).toEqual([{ part: 'subject', fault: 'empty' }])
})

it('lets a text name the visit type only if the clinic allows it', () => {
  const body = '{visit_type} {when} {change_link}'
  expect(check(body)).toEqual([{ part: 'body', fault: 'not_allowed', name: 'visit_type' }])
  expect(check(body, { ...booked, namesVisitType: true })).toEqual([])
})
