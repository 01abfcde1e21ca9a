import { Script } from 'node:vm'
import { expect, it } from 'vitest'
import { deskScript } from '../../../src/web/desk/script.ts'

it('is one script without imports, in which no name stands twice', () => {
  expect(deskScript.text).not.toMatch(/^(import|export)\b/m)
  expect(() => new Script(deskScript.text)).not.toThrow()
})
