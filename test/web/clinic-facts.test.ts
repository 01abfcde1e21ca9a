import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openClinic } from '../support/clinic.ts'
import { liftCaps, openAdmin } from '../support/people.ts'

const clinic = await openClinic()
let key: string

beforeAll(async () => {
  await liftCaps(clinic.sql)
  key = await openAdmin(clinic.sql)
})

beforeEach(() => change({ name: null, languages: ['en', 'id'], messages_language: 'en' }))

async function change(settings: object) {
  const answer = await fetch(`${clinic.origin}/api/v1/settings`, {
    method: 'PATCH',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', 'If-Match': '*' },
    body: JSON.stringify({ settings }),
  })
  return { status: answer.status, body: await answer.json() }
}

const page = async (path: string, headers: Record<string, string> = {}) =>
  (await fetch(clinic.origin + path, { headers })).text()

/** One page through the cache in front of what is public, and one that is made for the visitor. */
describe.each(['/booking?visit_type_id=', '/sign-in'])('%s', (path) => {
  it('shows the clinic’s name as soon as it is given', async () => {
    expect(await page(path)).toMatch(/<title>[^<]+ · AloBooking<\/title>/)
    expect((await change({ name: 'Klinik <Sehat> & Kawan' })).status).toBe(200)
    expect(await page(path)).toMatch(/<title>[^<]+ · Klinik &lt;Sehat&gt; &amp; Kawan<\/title>/)
  })

  it('is in the clinic’s only language, and offers no other', async () => {
    expect(await page(path)).toContain('hreflang="id-ID"')
    await change({ languages: ['id'], messages_language: 'id' })
    const shown = await page(`${path}${path.includes('?') ? '&' : '?'}lang=en`, { Cookie: 'lang=en' })
    expect(shown).toContain('<html lang="id-ID"')
    expect(shown).not.toContain('hreflang=')
  })

  it('is in the default language for whoever asks for another one', async () => {
    await change({ messages_language: 'id' })
    expect(await page(path, { 'Accept-Language': 'de' })).toContain('<html lang="id-ID"')
    expect(await page(path, { 'Accept-Language': 'en' })).toContain('<html lang="en-GB"')
  })
})

it('refuses a default language that is none of the clinic’s', async () => {
  expect(await change({ languages: ['id'] })).toMatchObject({
    status: 422,
    body: { code: 'language_not_offered' },
  })
  expect((await change({ languages: [] })).status).toBe(422)
  expect((await change({ languages: ['id', 'id'], messages_language: 'id' })).status).toBe(422)
})
