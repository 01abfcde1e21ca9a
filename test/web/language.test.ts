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
  ['nothing is said', '', {}, 'en-GB'],
  ['the browser asks for Indonesian', '', { 'Accept-Language': 'id' }, 'id-ID'],
  ['for that of a country', '', { 'Accept-Language': 'id-ID,id;q=0.9,en;q=0.8' }, 'id-ID'],
  ['in capitals', '', { 'Accept-Language': 'ID-id' }, 'id-ID'],
  ['rather for English', '', { 'Accept-Language': 'id;q=0.5, en-GB;q=0.9' }, 'en-GB'],
  ['first for what nobody speaks here', '', { 'Accept-Language': 'de, id;q=0.7' }, 'id-ID'],
  ['only for what nobody speaks here', '', { 'Accept-Language': 'de' }, 'en-GB'],
  ['for nonsense', '', { 'Accept-Language': ';;q=,,*' }, 'en-GB'],
  ['it was Indonesian last', '', { Cookie: 'lang=id' }, 'id-ID'],
  [
    'it was Indonesian last, whatever the browser asks',
    '',
    { Cookie: 'lang=id', 'Accept-Language': 'en' },
    'id-ID',
  ],
  ['it was none last', '', { Cookie: 'lang=xx', 'Accept-Language': 'id' }, 'id-ID'],
  ['the address says so', '?lang=id', { Cookie: 'lang=en', 'Accept-Language': 'en' }, 'id-ID'],
  ['the address says none', '?lang=xx', {}, 'en-GB'],
  ['the address says none, it was Indonesian last', '?lang=xx', { Cookie: 'lang=id' }, 'id-ID'],
  ['the address says none, and the browser does', '?lang=xx', { 'Accept-Language': 'id' }, 'id-ID'],
  ['the address says none in other words', '?lang=__proto__', {}, 'en-GB'],
])('when %s', async (_, query, headers, language) => {
  expect(await languageOf(query, headers as Record<string, string>)).toBe(language)
})

it('is remembered when the address says it, and only then', async () => {
  const cookies = async (query: string) =>
    (await open(query, { 'Accept-Language': 'id' })).headers.getSetCookie()
  expect(await cookies('?lang=id')).toEqual([
    'lang=id; Max-Age=31536000; Path=/; HttpOnly; Secure; SameSite=Lax',
  ])
  expect(await cookies('?lang=xx')).toEqual([])
  expect(await cookies('')).toEqual([])
})

it('is another page, also to whoever keeps it', async () => {
  const [english, indonesian] = [await open(''), await open('', { 'Accept-Language': 'id' })]
  expect(english.headers.get('Vary')).toContain('Accept-Language')
  expect(english.headers.get('ETag')).not.toBe(indonesian.headers.get('ETag'))
  expect(await english.text()).not.toBe(await indonesian.text())
})
