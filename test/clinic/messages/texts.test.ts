import { beforeEach, expect, it } from 'vitest'
import { changeMessageTexts } from '../../../src/clinic/messages/change-texts.ts'
import { findMessageTexts } from '../../../src/clinic/messages/find-texts.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { openAccount } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const accountId = await openAccount(sql, { role: 'admin' })
const as = (changes: object = {}) => clinic.context({ actor: { kind: 'admin', accountId }, ...changes })

const text = (body = 'Come on {when}. {change_link}') => ({ subject: 'On {start_day}', body })
const booked = { kind: 'booked', channel: 'email' } as const
const unseen = { en: null, id: null }
const own = async () => (await findMessageTexts(as())).own

beforeEach(async () => {
  await sql.query('delete from message_texts')
  await sql.query('delete from security_events')
  await sql.query('update clinic_settings set messages_name_visit_type = false')
})

it('changes both texts in one trip, and goes back to ours', async () => {
  await own()
  clinic.takeTrips()
  const now = new Date('2026-11-29T10:00:00.123Z')
  const texts = { en: text(), id: text('Datang {when}. {change_link}\r\nYa') }
  expect(await changeMessageTexts(as({ now }), { ...booked, texts, seen: unseen })).toEqual({ ok: true })
  expect(clinic.takeTrips()).toHaveLength(1)
  const found = (await own()).toSorted((one, other) => one.language.localeCompare(other.language))
  expect(clinic.takeTrips()).toHaveLength(1)
  expect(found).toMatchObject([
    { ...booked, language: 'en', ...text(), changedAt: now },
    { ...booked, language: 'id', changedAt: now },
  ])
  const back = { ...booked, texts: { en: null, id: texts.id }, seen: { en: now, id: now } }
  expect(await changeMessageTexts(as(), back)).toEqual({ ok: true })
  expect((await own()).map(({ language, changedAt }) => [language, changedAt])).toEqual([['id', now]])
  const { rows } = await sql.query(
    'select kind, by_account_id::int, details from security_events order by id',
  )
  expect(rows).toMatchObject([
    {
      kind: 'settings.changed',
      by_account_id: accountId,
      details: { before: { message_texts: { booked: { email: {} } } } },
    },
    { details: { before: { message_texts: { booked: { email: { en: text() } } } } } },
  ])
})

it('changes neither text when one has a fault', async () => {
  const texts = { en: text(), id: text('{nama_dokter} {when} {change_link}') }
  expect(await changeMessageTexts(as(), { ...booked, texts, seen: unseen })).toEqual({
    ok: false,
    refusal: 'invalid_text',
    faults: {
      en: [],
      id: [{ part: 'body', fault: 'unknown_field', name: 'nama_dokter', nearest: 'doctor_name' }],
    },
  })
  expect(await own()).toEqual([])
})

it('lets a text name the visit type only while the clinic allows it', async () => {
  const naming = { en: text('{visit_type} {when} {change_link}'), id: null }
  expect(await changeMessageTexts(as(), { ...booked, texts: naming, seen: unseen })).toMatchObject({
    faults: { en: [{ fault: 'not_allowed', name: 'visit_type' }], id: [] },
  })
  await sql.query('update clinic_settings set messages_name_visit_type = true')
  expect(await changeMessageTexts(as(), { ...booked, texts: naming, seen: unseen })).toEqual({ ok: true })
})

it('of 16 who saw the same text, one changes it', async () => {
  const answers = await atOnce(16, (n) =>
    changeMessageTexts(as(), {
      ...booked,
      texts: { en: text(`${n} {when} {change_link}`), id: null },
      seen: unseen,
    }),
  )
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(answers.filter((answer) => !answer.ok && answer.refusal === 'stale')).toHaveLength(15)
})

it('is for admins only', async () => {
  const actor = { kind: 'front_desk', accountId } as const
  await expect(findMessageTexts(as({ actor }))).rejects.toThrow('may not change message texts')
  await expect(
    changeMessageTexts(as({ actor }), { ...booked, texts: { en: text(), id: null }, seen: unseen }),
  ).rejects.toThrow('may not change message texts')
})
