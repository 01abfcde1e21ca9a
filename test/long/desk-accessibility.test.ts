import { beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../scripts/local/browser.ts'
import { openClinic } from '../support/clinic.ts'
import { showDesk } from './desk-states.ts'
import { inspect } from './inspect.ts'

// By the same rules as every other page.

const clinic = await openClinic()
let found: Awaited<ReturnType<typeof inspect>>

beforeAll(async () => {
  const browser = await launchBrowser()
  const pages = await showDesk(clinic, ['en', 'id'])
  found = await inspect(browser, clinic.origin, pages, () => true)
  await browser.close()
}, 420_000)

describe('no page of the front desk in any state', () => {
  it('has an axe violation, in light or dark, narrow or wide', () => {
    expect(found.axe).toEqual([])
  })
  it('cuts anything off, narrow, with wider text or from right to left', () => {
    expect(found.cut).toEqual([])
  })
  it('has a target that is too small', () => {
    expect(found.targets).toEqual([])
  })
  it('hides focus or the edge of a field or button', () => {
    expect(found.faint).toEqual([])
  })
  it('has a wrong heading, landmark or language', () => {
    expect(found.outline).toEqual([])
  })
  it('refuses a form without focusing the reason and naming it at the field', () => {
    expect(found.problems).toEqual([])
  })
})
