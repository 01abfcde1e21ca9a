import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { messageKinds } from '../../../src/clinic/messages/content.ts'
import { openClinic } from '../../support/clinic.ts'
import { openAccount, openSession } from '../../support/people.ts'

const clinic = await openClinic()
const { origin, sql } = clinic
let cookie: string

beforeAll(async () => {
  const admin = await openAccount(sql, { name: 'Dewi', role: 'admin', email: 'dewi@example.com' })
  cookie = await openSession(sql, admin)
})
beforeEach(async () => {
  await sql.query('delete from message_texts')
})

async function ask(path: string, fields?: Record<string, string>) {
  const response = await fetch(origin + path, {
    redirect: 'manual',
    headers: { Cookie: cookie, Origin: origin },
    ...(fields && { method: 'POST', body: new URLSearchParams(fields) }),
  })
  return { response, status: response.status, text: await response.text() }
}

const email = '/admin/messages/booked'
const texts = {
  channel: 'email',
  subject_en: 'On {start_day}',
  body_en: 'Hello {patient_first_name}\n\n{when}\n\n{change_link}',
  subject_id: 'Pada {start_day}',
  body_id: 'Halo {patient_first_name}\n\n{when}\n\n{change_link}',
  seen_en: '',
  seen_id: '',
}

describe('the list of texts', () => {
  it('has every kind, and says which the clinic changed, in two trips', async () => {
    await ask(email, texts)
    clinic.takeTrips()
    const { status, text } = await ask('/admin/messages')
    expect(clinic.takeTrips().length).toBeLessThanOrEqual(2)
    expect(status).toBe(200)
    for (const kind of messageKinds) expect(text).toContain(`href="/admin/messages/${kind}"`)
    expect(text.match(/Changed: Email/g)).toHaveLength(1)
    expect(text).toContain('Sent at once when the patient books; after 3 minutes when the front desk does.')
  })
})

describe('the editor', () => {
  it.each(messageKinds)('shows the fields and texts of %s in every channel', async (kind) => {
    for (const channel of ['email', 'whatsapp', 'sms']) {
      const { status, text } = await ask(`/admin/messages/${kind}?channel=${channel}`)
      expect(status).toBe(200)
      expect(text).toContain(channel === 'whatsapp' ? `appointment_${kind}_1` : 'name="body_en"')
    }
    expect((await ask('/admin/messages/nothing')).status).toBe(404)
  })

  it('saves both texts, and goes back to ours', async () => {
    const saved = await ask(email, texts)
    expect([saved.status, saved.response.headers.get('Location')]).toEqual([
      303,
      '/admin/messages/booked?channel=email&saved=yes',
    ])
    const { text } = await ask(`${email}?channel=email&saved=yes`)
    expect(text).toContain('Saved')
    expect(text).toContain('Hello {patient_first_name}\n\n{when}\n\n{change_link}</textarea>')
    expect(text).toMatch(/Changed by Dewi on .*: compare, or go back/)
    const seen = (language: string) =>
      new RegExp(`name="seen_${language}" value="([^"]+)"`).exec(text)?.[1] ?? ''
    const back = { ...texts, do: 'original', seen_en: seen('en'), seen_id: seen('id') }
    expect((await ask(email, back)).status).toBe(303)
    expect((await sql.query('select from message_texts')).rowCount).toBe(0)
  })

  it('keeps what was typed and suggests the field that was meant', async () => {
    const wrong = { ...texts, body_id: `${texts.body_id} {nama_dokter} </textarea><b>` }
    const { status, text } = await ask(email, wrong)
    expect(status).toBe(422)
    expect(text).toContain('href="#body_id"')
    expect(text).toContain('Indonesian: {nama_dokter} is not a field. Use {doctor_name}.')
    expect(text).toContain('{nama_dokter} &lt;/textarea&gt;&lt;b&gt;</textarea>')
    expect((await sql.query('select from message_texts')).rowCount).toBe(0)
    expect((await ask(email, { ...texts, body_en: 'x'.repeat(2001) })).text).toContain(
      'Make this text shorter',
    )
  })

  it('shows what someone else saved in the meantime', async () => {
    await ask(email, texts)
    const { status, text } = await ask(email, { ...texts, body_en: 'Mine. {when} {change_link}' })
    expect(status).toBe(412)
    expect(text).toContain('someone else has changed these texts')
    expect(text).toContain('Mine. {when} {change_link}</textarea>')
  })

  it('may frame the preview, and nothing else', async () => {
    const { response } = await ask(email)
    expect(response.headers.get('Content-Security-Policy')).toContain("; frame-src 'self'")
    const list = await ask('/admin/messages')
    expect(list.response.headers.get('Content-Security-Policy')).not.toContain('frame-src')
  })
})

describe('the preview', () => {
  const preview = `${email}/preview`

  it('shows the saved mail, and what is typed', async () => {
    expect((await ask(preview)).text).toContain('We’ve booked your appointment with Dr. Maya Sari.')
    expect((await ask(`${preview}?preview=id`)).text).toContain('sudah terjadwal')
    const typed = await ask(preview, { ...texts, preview: 'id', child: 'yes', plain: 'yes' })
    expect(typed.text).toMatch(/^Pada Kam 3 Des\n\nHalo Budi\n\n {2}Kam 3 Des, 08.30/)
    expect(typed.response.headers.get('Content-Type')).toMatch(/^text\/plain/)
    expect((await sql.query('select from message_texts')).rowCount).toBe(0)
    expect((await ask(preview, { ...texts, preview: 'en', dark: 'yes' })).text).toContain('@media all')
    const sms = await ask(preview, { channel: 'sms', body_en: 'On {when}: {change_link}', preview: 'en' })
    expect(sms.text).toMatch(/^On Thu 3 Dec, 08:30, Jakarta time: http/)
  })

  it('runs nothing, loads nothing, and is framed by us only', async () => {
    const sly = { ...texts, body_en: '<script>alert(1)</script> {when} {change_link}' }
    for (const { response, text } of [await ask(preview), await ask(preview, sly)]) {
      const policy = response.headers.get('Content-Security-Policy')?.split('; ')
      expect(policy).toEqual([
        'sandbox',
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
      ])
      expect(response.headers.get('X-Frame-Options')).toBe('SAMEORIGIN')
      expect(response.headers.get('Cache-Control')).toBe('private, no-store')
      expect(text).not.toContain('<script')
    }
  })
})

describe('a test', () => {
  it('goes to the admin in both languages, and says so', async () => {
    clinic.mails.length = 0
    await ask(email, texts)
    const { status, text } = await ask(`${email}/test`, {})
    expect(status).toBe(200)
    expect(text).toMatch(/Sent to dewi@example.com at /)
    const sent = clinic.mails.map(({ to, subject }) => [to, subject]).toSorted()
    expect(sent).toEqual([
      ['dewi@example.com', 'On Thu 3 Dec'],
      ['dewi@example.com', 'Pada Kam 3 Des'],
    ])
  })
})
