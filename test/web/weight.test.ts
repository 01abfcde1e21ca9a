import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { seedClinic } from '../../scripts/seed.ts'
import { openClinic } from '../support/clinic.ts'

const clinic = await openClinic()
/** With three locations, eight doctors and five visit types. */
beforeAll(() => seedClinic(clinic.databaseUrl))

const open = async (path: string) => {
  const response = await fetch(clinic.origin + path)
  return { response, text: await response.text() }
}

interface Weight {
  gzip: number
  brotli: number
}

function weigh(...texts: string[]): Weight {
  const sum = (compress: (text: string) => Buffer) =>
    texts.reduce((bytes, text) => bytes + compress(text).length, 0)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
  return {
    gzip: sum((text) => gzipSync(text, { level: 9 })),
    // As fast as Cloudflare compresses, not as small as possible.
    brotli: sum((text) => brotliCompressSync(text, { params })),
  }
}

const kilobytes = (many: number) => many * 1024
const scriptIn = (html: string) => /<script type="module" src="([^"]+)"><\/script>/.exec(html)?.[1] ?? ''
const slotsIn = (html: string) => html.match(/name="slot"/g)?.length ?? 0

describe('the first page view', () => {
  it.each([
    ['', 0],
    ['?visit_type_id=1', 24],
    ['?visit_type_id=1&lang=id', 24],
  ])(
    'is at most 14 KB compressed with its style and script: /booking%s with %i times',
    async (query, slots) => {
      const { text } = await open(`/booking${query}`)
      expect(slotsIn(text)).toBe(slots)
      const script = await open(scriptIn(text))
      expect(script.text).toContain('addEventListener')
      const { gzip, brotli } = weigh(text, script.text)
      console.log(`/booking${query} and its script: ${gzip} bytes by gzip, ${brotli} by brotli`)
      expect(gzip).toBeLessThanOrEqual(kilobytes(14))
      expect(brotli).toBeLessThanOrEqual(kilobytes(14))
    },
  )

  it('is at most 20 KB as a week of 40 times', async () => {
    const { text } = await open('/booking?visit_type_id=1&view=week')
    expect(slotsIn(text)).toBeGreaterThan(40)
    const { gzip, brotli } = weigh(text)
    console.log(`A week of ${slotsIn(text)} times: ${gzip} bytes by gzip, ${brotli} by brotli`)
    expect(gzip).toBeLessThanOrEqual(kilobytes(20))
  })
})

describe('the script', () => {
  it('is at most 5 KB compressed, and cached for good under its hash', async () => {
    const path = scriptIn((await open('/booking')).text)
    const { response, text } = await open(path)
    expect(path).toMatch(/^\/assets\/enhance-[\w-]{12}\.js$/)
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('Content-Type')).toMatch(/^text\/javascript/)
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
    expect(path).toContain(Buffer.from(digest).toString('base64url').slice(0, 12))
    const { gzip, brotli } = weigh(text)
    console.log(`The script: ${gzip} bytes by gzip, ${brotli} by brotli`)
    expect(gzip).toBeLessThanOrEqual(kilobytes(5))
  })

  it('for passkeys is at most 2 KB compressed, and cached for good as well', async () => {
    const { text: page } = await open('/sign-in')
    const [path = ''] = page.match(/\/assets\/passkeys-[\w-]{12}\.js/) ?? []
    const { response, text } = await open(path)
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
    const { gzip, brotli } = weigh(text)
    console.log(`The script for passkeys: ${gzip} bytes by gzip, ${brotli} by brotli`)
    expect(gzip).toBeLessThanOrEqual(kilobytes(2))
  })

  it('is the only thing a page loads: no font, image, third party or inline script', async () => {
    for (const path of [
      '/booking?visit_type_id=1',
      '/booking?visit_type_id=1&view=week',
      '/sign-in',
      '/nowhere',
    ]) {
      const { text } = await open(path)
      const loaded = text.match(/<(script|link|img|iframe|video|audio|object|embed|source)\b[^>]*>/g) ?? []
      const scripts = path === '/sign-in' ? ['enhance', 'passkeys'] : ['enhance']
      expect(loaded).toEqual([
        expect.stringMatching(/^<link rel="icon" href="data:image\/svg\+xml,/),
        ...scripts.map((name) =>
          expect.stringMatching(new RegExp(`^<script type="module" src="/assets/${name}-[\\w-]{12}\\.js">$`)),
        ),
      ])
      expect(text).not.toMatch(/<script(?![^>]* src=)/)
      expect(text).not.toMatch(/\s(on\w+|style)="/)
      expect(text).not.toMatch(/@font-face|@import|url\(/)
      const addresses = text.match(/https?:\/\/[\w./:-]+/g) ?? []
      // The SVG namespace, which is never requested.
      expect(addresses.filter((address) => address !== 'http://www.w3.org/2000/svg')).toEqual([])
    }
  })
})

describe('without a script', () => {
  it('the page has free times with forms to hold them, and links to more', async () => {
    const { text } = await open('/booking?visit_type_id=1')
    const [, form = ''] = /<form method="post" action="\/booking\/holds">([\s\S]*?)<\/form>/.exec(text) ?? []
    expect(slotsIn(form)).toBe(24)
    expect(form.match(/<time datetime="[^"]+">\d\d:\d\d<\/time>/g)).toHaveLength(24)
    expect(text).toMatch(/<a rel="next" href="\/booking\?[^"]+">Later times<\/a>/)
    expect(text).not.toContain('<noscript')
  })
})
