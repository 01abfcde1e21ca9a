import { expect, it } from 'vitest'
import { readSettings } from '../src/env.ts'

const limit = { limit: async () => ({ success: true }) }
const whole = {
  ENVIRONMENT: 'production',
  DATABASE_URL: 'postgres://user:hush@host/clinic',
  AUTH_SECRET: 'x'.repeat(32),
  MAIL_FROM: 'clinic@example.com',
  CLINIC_PHONE: '+62 21 5550 1234',
  RESEND_API_KEY: 're_hush',
  READ_LIMIT: limit,
  WRITE_LIMIT: limit,
  SIGN_IN_LIMIT: limit,
  WIDER_LIMIT: limit,
}

it('complete settings are read', () => {
  expect(readSettings(whole)).toMatchObject(whole)
  expect(
    readSettings({ ...whole, RESEND_API_KEY: undefined, SEND_EMAIL: { send: async () => {} } }),
  ).toBeTruthy()
})

it.each(Object.keys(whole))('a missing %s is named', (name) => {
  expect(() => readSettings({ ...whole, [name]: undefined })).toThrow(
    `Missing or malformed settings: ${name}.`,
  )
})

it('malformed settings are named without their values', () => {
  const bindings = { ...whole, DATABASE_URL: 'mysql://root:hush@host/db', AUTH_SECRET: 'hush' }
  const read = () => readSettings(bindings)
  expect(read).toThrow('DATABASE_URL, AUTH_SECRET')
  expect(read).not.toThrow(/hush/)
})
