import { beforeAll, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { openAccount, openSession } from '../../support/people.ts'

const clinic = await openClinic()
const { origin, sql } = clinic
let cookie: string

beforeAll(async () => {
  cookie = await openSession(sql, await openAccount(sql, { name: 'Dewi', role: 'admin' }))
})

async function ask(path: string, fields?: Record<string, string>) {
  const response = await fetch(origin + path, {
    redirect: 'manual',
    headers: { Cookie: cookie, Origin: origin },
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  })
  const text = (await response.text()).replaceAll(/\s+/g, ' ')
  return { status: response.status, text, to: (response.headers.get('Location') ?? '').split('?')[0] ?? '' }
}

const versionIn = ({ text }: { text: string }) => /name="version" value="(\d+)"/.exec(text)?.[1] ?? ''

const whole = {
  name: 'Vaccination',
  mode: 'in_person',
  minutes: '20',
  buffer_before_minutes: '0',
  buffer_after_minutes: '5',
  capacity: '',
  bookable_online: 'yes',
  notice_minutes: '60',
  cancellation_notice_minutes: '1440',
  horizon_days: '90',
  daily_cap: '12',
  approval_hours: '48',
  reminder_days: '1, 7',
  bring: 'Your card\r\nand glasses',
  preparation: '',
  needs: 'room: vaccination (0, 5)\r\nrole: nurse',
}

const stored = async (path: string) =>
  (await sql.query('select * from visit_types where id = $1', [path.split('/').at(-1)])).rows[0]

it('an admin adds a visit type and changes every field of it, each in one trip', async () => {
  const { to: path } = await ask('/admin/visit-types/new', whole)
  expect(await stored(path)).toMatchObject({
    name: 'Vaccination',
    minutes: 20,
    daily_cap: 12,
    capacity: null,
    bookable_online: true,
    requires_approval: false,
    reminder_days: [7, 1],
    bring: 'Your card\nand glasses',
    preparation: null,
  })
  const page = await ask(path)
  expect(page.text).toContain('room: vaccination (0, 5) role: nurse')
  expect(page.text).toContain('name="reminder_days"')
  expect(page.text).toContain('value="7, 1"')
  const { bookable_online: _, ...others } = whole
  clinic.takeTrips()
  await ask(path, {
    ...others,
    daily_cap: '',
    reminder_days: '',
    requires_approval: 'yes',
    version: versionIn(page),
  })
  expect(clinic.takeTrips()).toHaveLength(1)
  expect(await stored(path)).toMatchObject({
    bookable_online: false,
    requires_approval: true,
    daily_cap: null,
    reminder_days: [],
  })
  expect((await ask(`/admin/history?subject=visit_type&key=${path.split('/').at(-1)}`)).text).toMatch(
    /<b>Most a day for each doctor<\/b>: <bdi>12<\/bdi>.*<bdi>nothing<\/bdi>/,
  )
})

it('a name that is taken and numbers out of range are refused beside their fields', async () => {
  await ask('/admin/visit-types/new', { ...whole, name: 'Taken' })
  const taken = await ask('/admin/visit-types/new', { ...whole, name: 'Taken' })
  expect(taken.status).toBe(422)
  expect(taken.text).toContain('Another visit type has this name')
  const { to: path } = await ask('/admin/visit-types/new', { ...whole, name: 'Other' })
  const renamed = await ask(path, { ...whole, name: 'Taken', version: versionIn(await ask(path)) })
  expect(renamed.status).toBe(422)
  expect(renamed.text).toContain('Another visit type has this name')
  expect((await ask(path, { ...whole, minutes: '3', reminder_days: 'soon' })).text).toContain(
    'From 5 to 480 minutes',
  )
})

it('is listed, withdrawn and offered again', async () => {
  const { to: path } = await ask('/admin/visit-types/new', { ...whole, name: 'Massage' })
  expect((await ask('/admin/visit-types?q=mass&show=online')).text).toContain(`href="${path}"`)
  expect((await ask('/admin/visit-types.csv?q=mass')).text).toContain('Massage,in_person,20,0,5,online,')
  const asked = await ask(`${path}/retirement`)
  await ask(`${path}/retirement`, { version: versionIn(asked) })
  expect(await stored(path)).toMatchObject({ is_active: false })
  await ask(`${path}/reinstatement`, {})
  expect(await stored(path)).toMatchObject({ is_active: true })
})
