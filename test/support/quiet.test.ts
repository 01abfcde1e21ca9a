import { expect, it } from 'vitest'
import { assertQuiet, takeErrors } from './quiet.ts'

it('fails a test in which something writes to console.error', () => {
  console.error('the printer is on fire')
  expect(assertQuiet).toThrow(/the printer is on fire/)
})

it('lets a test expect what is written', () => {
  console.error('the printer is on fire')
  expect(takeErrors()).toEqual(['the printer is on fire'])
  expect(assertQuiet).not.toThrow()
})
