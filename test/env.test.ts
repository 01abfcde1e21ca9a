import { expect, it } from 'vitest'
import { readSettings } from '../src/env.ts'

it('a missing setting is named', () => {
  expect(() => readSettings({})).toThrow('Missing or malformed settings: DATABASE_URL.')
})

it('a malformed setting is named, and its value is not', () => {
  const bindings = { DATABASE_URL: 'mysql://root:secret@host/db', NEON_BRIDGE_URL: 'ftp://secret' }
  const read = () => readSettings(bindings)
  expect(read).toThrow('DATABASE_URL, NEON_BRIDGE_URL')
  expect(read).not.toThrow(/secret/)
})
