import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../../scripts/local/browser.ts'
import { openLocation } from '../../../src/clinic/locations/open.ts'
import { openClinic } from '../../support/clinic.ts'
import { asCookie, visit } from '../../support/pages.ts'
import { openAccount, openSession } from '../../support/people.ts'

const clinic = await openClinic()
const { sql } = clinic
let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

async function openAdmin(name: string, wishes?: Parameters<typeof visit>[2]): Promise<Page> {
  const { page } = await visit(clinic, browser, { baseURL: clinic.origin, ...wishes })
  const session = await openSession(sql, await openAccount(sql, { role: 'admin', name }))
  await page.context().addCookies([asCookie(session, clinic.origin)])
  return page
}

async function openPlace() {
  const actor = { kind: 'admin', accountId: await openAccount(sql, { role: 'admin' }) } as const
  const wish = { name: 'AloClinic Kemang', phone: '021 1', timeZone: 'Asia/Jakarta' }
  const opened = await openLocation(clinic.context({ actor }), wish)
  const id = opened.ok ? opened.location.id : 0
  return { id, path: `/admin/locations/${id}` }
}

const stored = async (id: number) => (await sql.query('select * from locations where id = $1', [id])).rows[0]

describe.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'two admins who change the same location (%o)',
  (wishes) => {
    it('see both versions, choose by keyboard, and lose nothing', async () => {
      const { id, path } = await openPlace()
      const [dewi, rina] = [await openAdmin('Dewi', wishes), await openAdmin('Rina', wishes)]
      await dewi.goto(path)
      await rina.goto(path)
      await rina.fill('#name', 'AloClinic Kemang Selatan')
      await rina.fill('#address', 'Jl. Kemang Raya 1')
      await rina.press('#address', 'Enter')
      await rina.getByText('Saved.').waitFor()

      await dewi.fill('#name', 'AloClinic Kemang Utara')
      await dewi.fill('#directions', 'Upstairs')
      await dewi.press('#name', 'Enter')
      await dewi.getByRole('heading', { name: 'Rina changed this' }).waitFor()
      expect(await dewi.evaluate(() => document.activeElement?.id)).toBe('summary')
      expect(await dewi.getByRole('radio', { checked: true }).count()).toBe(0)
      expect(await dewi.inputValue('#address')).toBe('Jl. Kemang Raya 1')
      await dewi.keyboard.press('Tab')
      await dewi.keyboard.press('ArrowDown')
      await dewi.keyboard.press('Space')
      expect(await dewi.getByRole('radio', { checked: true }).getAttribute('value')).toMatch(/mine|theirs/)
      await dewi.getByLabel('Yours, not saved').check()
      await dewi.getByRole('button', { name: 'Save with my choices' }).click()
      await dewi.getByText('Saved.').waitFor()
      expect(await stored(id)).toMatchObject({
        name: 'AloClinic Kemang Utara',
        address: 'Jl. Kemang Raya 1',
        directions: 'Upstairs',
      })
    })
  },
)

describe('with a script, a form', () => {
  it('says what changed while someone types, and asks before it is left behind', async () => {
    const page = await openAdmin('Dewi')
    const { path } = await openPlace()
    await page.goto(path)
    await page.fill('#phone', '021 2')
    expect(await page.textContent('#phone-was')).toContain('Was: 021 1')
    expect(await page.getAttribute('#phone', 'aria-describedby')).toContain('phone-was')
    expect(await page.textContent('.save p')).toBe('1 change not savedPhone')
    await page.selectOption('#wanted_messages', 'nothing')
    expect(await page.textContent('#wanted_messages-was')).toContain('Was: Requests that need an answer')
    expect(await page.textContent('.save b')).toBe('2 changes not saved')
    const asked = new Promise((resolve) =>
      page.once('dialog', async (dialog) => {
        resolve(dialog.type())
        await dialog.dismiss()
      }),
    )
    await page.getByRole('link', { name: 'Health' }).click()
    expect(await asked).toBe('beforeunload')
    await page.fill('#phone', '021 1')
    expect(await page.locator('#phone-was').count()).toBe(0)
  })

  it('is saved by Ctrl+S, and the slash goes to the search', async () => {
    const page = await openAdmin('Dewi')
    const { id, path } = await openPlace()
    await page.goto(path)
    await page.fill('#phone', '021 3')
    await page.keyboard.press('Control+s')
    await page.getByText('Saved.').waitFor()
    expect(await stored(id)).toMatchObject({ phone: '021 3' })
    await page.goto('/admin/locations')
    await page.keyboard.press('/')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('q')
    await page.keyboard.type('a/b')
    expect(await page.inputValue('#q')).toBe('a/b')
  })
})

it('the menu opens and closes on a phone without a script', async () => {
  const page = await openAdmin('Dewi', { javaScriptEnabled: false, viewport: { width: 360, height: 740 } })
  await page.goto('/admin/locations')
  const menu = page.getByRole('navigation', { name: 'Set-up' })
  expect(await menu.isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Menu' }).click()
  expect(await menu.isVisible()).toBe(true)
  await page.keyboard.press('Escape')
  expect(await menu.isVisible()).toBe(false)
})
