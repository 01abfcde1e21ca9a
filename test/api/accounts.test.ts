import { beforeAll, expect, it } from 'vitest'
import { asking, pagesFrom } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { giveKey, openAccount, openAdmin } from '../support/people.ts'

const clinic = await openClinic()
let ask: ReturnType<typeof asking>

beforeAll(async () => {
  ask = asking(clinic.origin, await openAdmin(clinic.sql))
  for (let n = 0; n < 4; n++) await giveKey(clinic.sql, await openAccount(clinic.sql))
})

/** The ids on each page of two. */
async function readAll(noun: 'accounts' | 'api_keys', path: string) {
  const pages: number[][] = []
  for await (const { body, next } of pagesFrom(ask, `${path}?limit=2`)) {
    pages.push(body[noun].map(({ id }: { id: number }) => id))
    expect(next ?? '').not.toContain('example.com')
  }
  return pages
}

it.each([
  ['accounts', '/accounts', 'accounts'],
  ['api_keys', '/api-keys', 'api_keys'],
] as const)('%s are paged, each once, oldest first', async (noun, path, table) => {
  const { rows } = await clinic.sql.query(`select id::int from ${table} order by id`)
  const pages = await readAll(noun, path)
  expect(pages.map((page) => page.length)).toEqual([2, 2, 1])
  expect(pages.flat()).toEqual(rows.map(({ id }) => id))
})

it('a cursor of another list or no cursor at all is refused', async () => {
  const { headers } = await ask('GET', '/api-keys?limit=2')
  const [, cursor] = /cursor=([^>&]+)/.exec(headers.get('Link') ?? '') ?? []
  for (const wrong of [cursor, 'rubbish']) {
    const { status, body } = await ask('GET', `/accounts?cursor=${wrong}`)
    expect([status, body.code]).toEqual([422, 'invalid'])
  }
})
