import { beforeAll, describe, expect, it } from 'vitest'
import { readPhone } from '../../../src/i18n/phones.ts'
import { openClinic } from '../../support/clinic.ts'
import { hireDoctor, openAccount, openSession, registerPatient } from '../../support/people.ts'

const { sql, origin } = await openClinic()
const cookies: Record<string, string> = {}
let mother: number
let child: number

beforeAll(async () => {
  mother = await registerPatient(sql, 'Mother of One')
  child = await registerPatient(sql, 'Only Child')
  cookies.desk = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
  cookies.mother = await openSession(sql, await openAccount(sql, { patientIds: [mother, child] }))
  cookies.doctor = await openSession(
    sql,
    await openAccount(sql, { role: 'doctor', doctorId: await hireDoctor(sql) }),
  )
})

async function send(who: string, path: string, form?: Record<string, string>) {
  const response = await fetch(`${origin}${path}`, {
    method: form ? 'POST' : 'GET',
    headers: { Cookie: cookies[who] ?? '', Origin: origin },
    body: form ? new URLSearchParams(form) : null,
    redirect: 'manual',
  })
  return { status: response.status, location: response.headers.get('Location'), page: await response.text() }
}

/** The form as the page shows it, with some fields filled in otherwise. */
async function fill(who: string, path: string, changed: Record<string, string>) {
  const { page } = await send(who, path)
  const fields: Record<string, string> = {}
  for (const [tag] of page.matchAll(/<input [^>]*>/g)) {
    const [, name = ''] = /name="([^"]+)"/.exec(tag) ?? []
    const isLeftOut = tag.includes('type="checkbox"') && !tag.includes('checked')
    if (name && !isLeftOut) fields[name] = /value="([^"]*)"/.exec(tag)?.[1] ?? ''
  }
  for (const [, name = '', options = ''] of page.matchAll(
    /<select id="[^"]+" name="([^"]+)"[^>]*>(.*?)<\/select>/g,
  ))
    fields[name] = /value="([^"]*)" selected/.exec(options)?.[1] ?? ''
  for (const [, name = '', text = ''] of page.matchAll(/<textarea id="[^"]+" name="([^"]+)"[^>]*>([^<]*)</g))
    fields[name] = text
  return { ...fields, ...changed }
}

const read = async (id: number) =>
  (await sql.query('select *, birth_date::text from patients where id = $1', [id])).rows[0]

describe('the front desk', () => {
  it('corrects everything on one form, with a number typed as people type it', async () => {
    const path = `/patients/${mother}/details`
    const form = await fill('desk', path, {
      phone: '0812-3456-7890',
      contact_email: 'family@example.com',
      address: 'Jl. Melati 5\r\nJakarta',
      language: 'id',
      preferred_channel: 'whatsapp',
      passport: 'id: x1234567',
      desk_note: 'Hard of hearing',
    })
    expect(await send('desk', path, form)).toMatchObject({ status: 303, location: `/patients/${mother}` })
    expect(await read(mother)).toMatchObject({ phone: '+6281234567890', address: 'Jl. Melati 5\nJakarta' })
    const { page } = await send('desk', `/patients/${mother}`)
    for (const shown of [
      'href="tel:+6281234567890"',
      'Indonesian',
      'WhatsApp',
      'ID:X1234567',
      'Hard of hearing',
    ])
      expect(page).toContain(shown)
    // Saving the form as it is changes nothing.
    const { version } = await read(mother)
    await send('desk', path, await fill('desk', path, {}))
    expect((await read(mother)).version).toBe(version)
  })

  it('sees both versions when someone else was faster, and can save again', async () => {
    const path = `/patients/${mother}/details`
    const form = await fill('desk', path, { address: 'Jl. Baru 1' })
    await send('desk', path, await fill('desk', path, { address: 'Jl. Lain 2' }))
    const { status, page } = await send('desk', path, form)
    expect(status).toBe(412)
    expect(page).toContain('Address: <bdi>Jl. Lain 2</bdi>')
    expect(page).toMatch(/<textarea id="address"[^>]*>Jl. Baru 1</)
    const [, version = ''] = /name="version" value="(\d+)"/.exec(page) ?? []
    expect((await send('desk', path, { ...form, version })).status).toBe(303)
    expect((await read(mother)).address).toBe('Jl. Baru 1')
  })

  it('is told what is wrong, and who has a number', async () => {
    const path = `/patients/${child}/details`
    const wrong = await fill('desk', path, { phone: '12', nik: '1', contact_email: 'x' })
    const refused = await send('desk', path, wrong)
    expect([refused.status, refused.page.match(/aria-invalid/g)?.length]).toEqual([422, 3])
    const taken = await send('desk', path, await fill('desk', path, { passport: 'ID:X1234567' }))
    expect(taken.status).toBe(409)
    expect(taken.page).toContain(`href="/patients/${mother}"`)
    expect(taken.page).toContain('<bdi>Mother of One</bdi>')
  })
})

describe('a patient', () => {
  it('sees their people and corrects contact data, but not what is for the desk', async () => {
    const { page } = await send('mother', '/account/details')
    for (const id of [mother, child]) expect(page).toContain(`href="/account/details/${id}"`)
    const form = (await send('mother', `/account/details/${child}`)).page
    for (const hidden of ['name="nik"', 'name="desk_note"', 'name="is_deceased"'])
      expect(form).not.toContain(hidden)
    const path = `/account/details/${child}`
    const saved = await send('mother', path, await fill('mother', path, { called_name: 'Adik' }))
    expect([saved.status, (await read(child)).called_name]).toEqual([303, 'Adik'])
    expect((await send('mother', `/account/details/${await registerPatient(sql)}`)).status).toBe(404)
    expect((await send('doctor', path)).status).toBe(403)
  })

  it('asks for another name, which the desk declines with a reason or accepts', async () => {
    const path = `/account/details/${child}`
    await send('mother', path, await fill('mother', path, { name: 'Only Child Santoso' }))
    expect((await send('mother', path)).page).toContain('The front desk will check these changes:')
    // Other data can be saved without losing the request.
    await send('mother', path, await fill('mother', path, { called_name: '' }))
    expect((await send('desk', '/patients')).page).toContain('href="/patients/correction-requests"')
    expect((await send('doctor', '/patients')).page).not.toContain('href="/patients/correction-requests"')
    const list = (await send('desk', '/patients/correction-requests')).page
    expect(list).toContain('Name: <bdi>Only Child Santoso</bdi>')
    expect((await send('desk', `/patients/${child}`)).page).toContain('<bdi>Only Child Santoso</bdi>')
    const [, request = ''] = /correction-requests\/(\d+)\/rejection/.exec(list) ?? []
    const rejection = `/patients/correction-requests/${request}/rejection`
    const unreasoned = await send('desk', rejection, { reason: '' })
    expect([unreasoned.status, unreasoned.page.includes('aria-invalid')]).toEqual([422, true])
    expect((await send('desk', rejection, { reason: 'Bring a birth certificate' })).status).toBe(303)
    expect((await send('mother', path)).page).toContain('Bring a birth certificate')
    expect((await send('desk', rejection, { reason: 'Again' })).status).toBe(409)

    await send('mother', path, await fill('mother', path, { name: 'Only Child Wijaya' }))
    const next = (await send('desk', '/patients/correction-requests')).page
    const [, open = ''] = /correction-requests\/(\d+)\/acceptance/.exec(next) ?? []
    expect((await send('desk', `/patients/correction-requests/${open}/acceptance`, {})).status).toBe(303)
    expect((await read(child)).name).toBe('Only Child Wijaya')
    expect((await send('mother', path)).page).toContain('Your last changes were accepted:')
    expect((await send('mother', '/patients/correction-requests')).status).toBe(403)
  })

  it('takes a request back with one button, which the desk then no longer sees', async () => {
    const path = `/account/details/${child}`
    await sql.query(`update patients set birth_date = '2015-01-02' where id = $1`, [child])
    await send('mother', path, await fill('mother', path, { birth_date: '2015-02-01', sex: 'male' }))
    const asked = (await send('mother', path)).page
    const [button = ''] = /<form(?:(?!<form)[\s\S])*?name="withdraws"[\s\S]*?<\/form>/.exec(asked) ?? []
    const fields = [...button.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value],
    )
    expect((await send('mother', path, Object.fromEntries(fields))).status).toBe(303)
    const { page } = await send('mother', path)
    expect(page).toContain('You withdrew your last changes.')
    expect(page).not.toContain('name="withdraws"')
    expect((await send('desk', '/patients/correction-requests')).page).toContain('No requests are open.')
    expect(await read(child)).toMatchObject({ birth_date: '2015-01-02', sex: null })
  })
})

it.each([
  ['0812 3456 7890', '+6281234567890'],
  ['(021) 555-01234', '+622155501234'],
  ['+62 812.3456.7890', '+6281234567890'],
  ['０８１２３４５６７８９０', '+6281234567890'],
  ['+49 30 901820', '+4930901820'],
  ['0049 30 901820', '+4930901820'],
  ['12', null],
  ['0812 3456 7890 ext. 5', null],
  ['call me', null],
])('a clinic in Indonesia reads %j as %j', (written, phone) => {
  expect(readPhone(written, '+62 21 5550 1234')).toBe(phone)
})
