import { expect, it } from 'vitest'
import { openClinic } from '../support/clinic.ts'

const clinic = await openClinic()

const open = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${clinic.origin}/booking${query}`, { headers })

async function languageOf(query: string, headers: Record<string, string> = {}): Promise<string | undefined> {
  const page = await (await open(query, headers)).text()
  return /<html lang="([\w-]+)"/.exec(page)?.[1]
}

it.each([
  ['nothing is asked for', '', {}, 'en-GB'],
  ['the browser asks for Indonesian', '', { 'Accept-Language': 'id' }, 'id-ID'],
  ['the browser asks for a country’s', '', { 'Accept-Language': 'id-ID,id;q=0.9,en;q=0.8' }, 'id-ID'],
  ['the browser asks in capitals', '', { 'Accept-Language': 'ID-id' }, 'id-ID'],
  ['the browser prefers English', '', { 'Accept-Language': 'id;q=0.5, en-GB;q=0.9' }, 'en-GB'],
  ['the browser’s first choice is unsupported', '', { 'Accept-Language': 'de, id;q=0.7' }, 'id-ID'],
  ['the browser’s only choice is unsupported', '', { 'Accept-Language': 'de' }, 'en-GB'],
  ['the browser sends nonsense', '', { 'Accept-Language': ';;q=,,*' }, 'en-GB'],
  ['the cookie says Indonesian', '', { Cookie: 'lang=id' }, 'id-ID'],
  ['the cookie and the browser differ', '', { Cookie: 'lang=id', 'Accept-Language': 'en' }, 'id-ID'],
  ['the cookie is unsupported', '', { Cookie: 'lang=xx', 'Accept-Language': 'id' }, 'id-ID'],
  ['the address says Indonesian', '?lang=id', { Cookie: 'lang=en', 'Accept-Language': 'en' }, 'id-ID'],
  ['the address is unsupported', '?lang=xx', {}, 'en-GB'],
  ['the address is unsupported and the cookie is not', '?lang=xx', { Cookie: 'lang=id' }, 'id-ID'],
  ['the address is unsupported and the browser is not', '?lang=xx', { 'Accept-Language': 'id' }, 'id-ID'],
  ['the address names a prototype', '?lang=__proto__', {}, 'en-GB'],
])('when %s', async (_, query, headers, language) => {
  expect(await languageOf(query, headers as Record<string, string>)).toBe(language)
})

it('is remembered only when the address says it', async () => {
  const cookies = async (query: string) =>
    (await open(query, { 'Accept-Language': 'id' })).headers.getSetCookie()
  expect(await cookies('?lang=id')).toEqual([
    'lang=id; Max-Age=31536000; Path=/; HttpOnly; Secure; SameSite=Lax',
  ])
  expect(await cookies('?lang=xx')).toEqual([])
  expect(await cookies('')).toEqual([])
})

it('makes a separate page for caches too', async () => {
  const [english, indonesian] = [await open(''), await open('', { 'Accept-Language': 'id' })]
  expect(english.headers.get('Vary')).toContain('Accept-Language')
  expect(english.headers.get('ETag')).not.toBe(indonesian.headers.get('ETag'))
  expect(await english.text()).not.toBe(await indonesian.text())
})
