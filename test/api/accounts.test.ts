import { beforeAll, expect, it } from 'vitest'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { giveKey, openAccount, openAdmin } from '../support/people.ts'

const clinic = await openClinic()
let ask: ReturnType<typeof asking>

beforeAll(async () => {
  ask = asking(clinic.origin, await openAdmin(clinic.sql))
  for (let n = 0; n < 4; n++) await giveKey(clinic.sql, await openAccount(clinic.sql))
})

/** Every page, two at a time, by the link from one to the next. */
async function readAll(noun: 'accounts' | 'api_keys', path: string) {
  const pages: number[][] = []
  for (let next: string | undefined = `${path}?limit=2`; next; ) {
    const { status, headers, body } = await ask('GET', next)
    expect(status).toBe(200)
    pages.push(body[noun].map(({ id }: { id: number }) => id))
    next = /<\/api\/v1([^>]+)>; rel="next"/.exec(headers.get('Link') ?? '')?.[1]
    expect(next ?? '').not.toContain('example.com')
  }
  return pages
}

it.each([
  ['accounts', '/accounts', 'accounts'],
  ['api_keys', '/api-keys', 'api_keys'],
] as const)('%s are read page by page, each once, the oldest first', async (noun, path, table) => {
  const { rows } = await clinic.sql.query(`select id::int from ${table} order by id`)
  const pages = await readAll(noun, path)
  expect(pages.map((page) => page.length)).toEqual([2, 2, 1])
  expect(pages.flat()).toEqual(rows.map(({ id }) => id))
})

it('a cursor of another list, and one that is none, is refused', async () => {
  const { headers } = await ask('GET', '/api-keys?limit=2')
  const [, cursor] = /cursor=([^>&]+)/.exec(headers.get('Link') ?? '') ?? []
  for (const wrong of [cursor, 'rubbish']) {
    const { status, body } = await ask('GET', `/accounts?cursor=${wrong}`)
    expect([status, body.code]).toEqual([422, 'invalid'])
  }
})
