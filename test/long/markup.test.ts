import { HtmlValidate } from 'html-validate'
import { beforeAll, expect, it } from 'vitest'
import { openClinic } from '../support/clinic.ts'
import { type Shown, showEveryPage } from './every-page.ts'

const clinic = await openClinic()
let pages: Shown[]

beforeAll(async () => {
  pages = await showEveryPage(clinic, ['en', 'id'])
}, 180_000)

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:standard'],
  // Hono's way of writing these.
  rules: {
    'doctype-style': ['error', { style: 'lowercase' }],
    'void-style': ['error', { style: 'selfclose' }],
    'attribute-boolean-style': ['error', { style: 'empty' }],
    'attribute-empty-style': ['error', { style: 'empty' }],
    // Titles name people, and some have long names.
    'long-title': 'off',
    // Tables that become cards on a phone would lose theirs.
    'no-redundant-role': 'off',
  },
})

/** The buttons of this form stand in the entries of the day; without an entry to press there are none. */
const isPressed = ({ ruleId, selector }: { ruleId: string; selector: string | null }) =>
  ruleId === 'wcag/h32' && selector === '#press'

it('no page in any state or language has invalid HTML', async () => {
  const faults = new Set<string>()
  for (const { name, language, html } of pages)
    for (const { messages } of (await validator.validateString(html)).results)
      for (const { ruleId, message, selector } of messages.filter((one) => !isPressed(one)))
        faults.add(`${ruleId}: ${message} (${selector}; ${language}, ${name})`)
  expect([...faults]).toEqual([])
})
