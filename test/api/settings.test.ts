import { beforeAll, expect, it } from 'vitest'
import { openClinic } from '../support/clinic.ts'
import { openAdmin } from '../support/people.ts'

const { origin, sql } = await openClinic()
let key: string

beforeAll(async () => {
  key = await openAdmin(sql)
})

async function ask(method: 'GET' | 'PATCH', body?: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${origin}/api/v1/settings`, {
    method,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...headers },
    body: body ? JSON.stringify(body) : null,
  })
  const text = await response.text()
  return {
    status: response.status,
    tag: response.headers.get('ETag') ?? '',
    body: text ? JSON.parse(text) : null,
  }
}

it('changes only the version that the client has read', async () => {
  const { tag, body } = await ask('GET')
  expect(body.settings).toMatchObject({ most_open_appointments: 4, staff_need_passkeys: false })
  expect((await ask('GET', undefined, { 'If-None-Match': tag })).status).toBe(304)

  const wish = { settings: { most_open_appointments: 5 } }
  expect(await ask('PATCH', wish)).toMatchObject({ status: 428, body: { code: 'precondition_required' } })
  const changed = await ask('PATCH', wish, { 'If-Match': tag })
  expect(changed).toMatchObject({ status: 200, body: { settings: { ...body.settings, ...wish.settings } } })
  expect(await ask('PATCH', wish, { 'If-Match': tag })).toMatchObject({
    status: 412,
    body: { code: 'stale' },
  })
  expect((await ask('GET')).tag).toMatch(/^"1-[0-9a-f]{8}"$/)
  expect((await ask('PATCH', wish, { 'If-Match': '*' })).status).toBe(200)
})

it('changes everything about messages', async () => {
  const wish = {
    grace_seconds: 60,
    quiet_from: '22:00',
    quiet_until: '07:30',
    messages_language: 'id',
    messages_name_visit_type: true,
    most_emails_a_day: 1_000,
    most_whatsapps_a_day: null,
    most_sms_a_day: 0,
    email_cost: 0.5,
    whatsapp_cost: 356,
    sms_cost: 600,
    currency: 'EUR',
    messages_kept_days: 90,
    late_alert_minutes: 5,
    waiting_alert_minutes: 15,
    with_doctor_alert_minutes: 45,
    doctors_see_one_another: true,
  }
  const changed = await ask('PATCH', { settings: wish }, { 'If-Match': '*' })
  expect(changed).toMatchObject({ status: 200, body: { settings: wish } })
  expect((await ask('GET')).body).toEqual(changed.body)
})

it.each([
  [{ most_open_appointments: 0 }, '/settings/most_open_appointments', 'must be a whole number of at least 1'],
  [{ most_holds: 101 }, '/settings/most_holds', 'must be a whole number of at most 100'],
  [{ most_dependants: -1 }, '/settings/most_dependants', 'must be a whole number of at least 0'],
  [{ staff_need_passkeys: 'yes' }, '/settings/staff_need_passkeys', 'must be one of the documented values'],
  [{ version: 3 }, '/settings/version', expect.stringContaining('is not recognised')],
  [{ grace_seconds: 3601 }, '/settings/grace_seconds', 'must be a whole number of at most 3600'],
  [{ quiet_from: '24:00' }, '/settings/quiet_from', 'must be a local time from 00:00 to 23:59'],
  [{ messages_language: 'de' }, '/settings/messages_language', 'must be one of the documented values'],
  [{ most_emails_a_day: -1 }, '/settings/most_emails_a_day', 'must be a whole number of at least 0'],
  [{ sms_cost: -1 }, '/settings/sms_cost', 'must be a number from 0 to 1000000'],
  [{ currency: 'Rp' }, '/settings/currency', 'must be one of the documented values'],
  [{ waiting_alert_minutes: 0 }, '/settings/waiting_alert_minutes', 'must be a whole number of at least 1'],
  [{ messages_kept_days: 29 }, '/settings/messages_kept_days', 'must be a whole number of at least 30'],
])('refuses %j', async (settings, pointer, detail) => {
  const { status, body } = await ask('PATCH', { settings }, { 'If-Match': '*' })
  expect([status, body.errors]).toEqual([422, [{ pointer, detail }]])
})
