import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { readSettings } from '../src/env.ts'
import { authSecret } from './support/clinic.ts'

const limit = { limit: async () => ({ success: true }) }
const secret = createHash('sha256').update('of the settings').digest('hex')
const whole = {
  ENVIRONMENT: 'production',
  DATABASE_URL: 'postgres://user:hush@host/clinic',
  AUTH_SECRET: secret,
  MAIL_FROM: 'clinic@clinic.id',
  SITE_URL: 'https://booking.clinic.id',
  CALENDAR_DOMAIN: 'clinic.id',
  CLINIC_PHONE: '+62 21 5550 7788',
  RESEND_API_KEY: 're_hush',
  READ_LIMIT: limit,
  WRITE_LIMIT: limit,
  SIGN_IN_LIMIT: limit,
  SEARCH_LIMIT: limit,
  WIDER_LIMIT: limit,
}

it('complete settings are read', () => {
  expect(readSettings(whole)).toMatchObject(whole)
  for (const other of [
    { SEND_EMAIL: { send: async () => {} } },
    { SMTP_URL: 'smtps://user:hush@mail.clinic.id:465' },
  ])
    expect(readSettings({ ...whole, RESEND_API_KEY: undefined, ...other })).toMatchObject(other)
})

it.each(Object.keys(whole))('a missing %s is named', (name) => {
  expect(() => readSettings({ ...whole, [name]: undefined })).toThrow(
    `Missing or malformed settings: ${name}.`,
  )
})

it.each([
  { TURNSTILE_SITE_KEY: '1x00', TURNSTILE_SECRET_KEY: '1x01' },
  { WHATSAPP_TOKEN: 'EAA', WHATSAPP_PHONE_NUMBER_ID: '1055' },
  { WHATSAPP_APP_SECRET: 'hush', WHATSAPP_VERIFY_TOKEN: 'hush hush hush hush' },
  { TWILIO_ACCOUNT_SID: 'AC12', TWILIO_AUTH_TOKEN: 'hush', TWILIO_FROM: '+12025550123' },
])('all or none are given of %o', (all) => {
  expect(readSettings({ ...whole, ...all })).toMatchObject(all)
  for (const name of Object.keys(all))
    expect(() => readSettings({ ...whole, ...all, [name]: undefined })).toThrow(
      `Missing or malformed settings: ${Object.keys(all).join(', ')}.`,
    )
})

it('malformed settings are named without their values', () => {
  const bindings = { ...whole, DATABASE_URL: 'mysql://root:hush@host/db', AUTH_SECRET: 'hush' }
  const read = () => readSettings(bindings)
  expect(read).toThrow('DATABASE_URL, AUTH_SECRET')
  expect(read).not.toThrow(/hush/)
})

const weak = {
  'the secret of the tests': authSecret,
  'one character': 'x'.repeat(64),
  'a repetition': 'abcdefghijklmnop'.repeat(4),
  'few characters': `${'0123456789'.repeat(6)}1`,
  words: 'ThisIsTheSecretOfOurClinicInBandung42',
}
const unsafe: [string, Record<string, string>, string][] = [
  [
    'NEON_BRIDGE_URL',
    { NEON_BRIDGE_URL: 'http://127.0.0.1:4444/sql' },
    'NEON_BRIDGE_URL is only for local use, remove it',
  ],
  [
    'TURNSTILE_URL',
    { TURNSTILE_URL: 'http://127.0.0.1:4446' },
    'TURNSTILE_URL is only for local use, remove it',
  ],
  [
    'WHATSAPP_URL',
    { WHATSAPP_URL: 'http://127.0.0.1:4447' },
    'WHATSAPP_URL is only for local use, remove it',
  ],
  ['DNS_URL', { DNS_URL: 'http://127.0.0.1:4449' }, 'DNS_URL is only for local use, remove it'],
  ['TWILIO_URL', { TWILIO_URL: 'http://127.0.0.1:4448' }, 'TWILIO_URL is only for local use, remove it'],
  ['RESEND_URL', { RESEND_URL: 'http://127.0.0.1:4445' }, 'RESEND_URL is only for local use, remove it'],
  [
    'SMTP_URL on its own machine',
    { SMTP_URL: 'smtp://clinic:hush@localhost:587' },
    'SMTP_URL is only for local use, remove it',
  ],
  ['SMTP_URL with port 25', { SMTP_URL: 'smtp://clinic:hush@mail.clinic.id:25' }, 'SMTP_URL has port 25'],
  ['the local RESEND_API_KEY', { RESEND_API_KEY: 'local' }, 'RESEND_API_KEY is no key of Resend'],
  [
    'SENTRY_DSN over http',
    { SENTRY_DSN: 'http://hush@sentry.io/1' },
    'SENTRY_DSN is not encrypted, use https',
  ],
  [
    'a DATABASE_TIME_LIMIT_MS of a minute',
    { DATABASE_TIME_LIMIT_MS: '60000' },
    'DATABASE_TIME_LIMIT_MS keeps visitors waiting',
  ],
  ['an example of MAIL_FROM', { MAIL_FROM: 'Hush <hush@mail.example.com>' }, 'MAIL_FROM is an example'],
  ['an example of SITE_URL', { SITE_URL: 'https://booking.example.com' }, 'SITE_URL is an example'],
  ['SITE_URL over http', { SITE_URL: 'http://booking.clinic.id' }, 'SITE_URL is not encrypted, use https'],
  ['an example of CALENDAR_DOMAIN', { CALENDAR_DOMAIN: 'clinic.example' }, 'CALENDAR_DOMAIN is an example'],
  ['the example of CLINIC_PHONE', { CLINIC_PHONE: '+62 21 55501234' }, 'CLINIC_PHONE is an example'],
  ['AUTH_SECRET twice', { AUTH_SECRET_PREVIOUS: secret }, 'AUTH_SECRET_PREVIOUS is AUTH_SECRET, remove it'],
  ...['AUTH_SECRET', 'AUTH_SECRET_PREVIOUS'].flatMap((name) =>
    Object.entries(weak).map(([what, value]): (typeof unsafe)[number] => [
      `${name}: ${what}`,
      { [name]: value },
      `${name} can be guessed, make one with \`openssl rand -hex 32\``,
    ]),
  ),
]

it.each(unsafe)('a deployed Worker refuses %s, and only a local one takes it', (_, changed, fault) => {
  for (const environment of ['staging', 'production']) {
    const read = () => readSettings({ ...whole, ENVIRONMENT: environment, ...changed })
    expect(read).toThrow(`Unsafe settings for ${environment}: ${fault}`)
    for (const value of Object.values(changed)) expect(read).not.toThrow(value)
  }
  expect(readSettings({ ...whole, ENVIRONMENT: 'local', ...changed })).toMatchObject({ ENVIRONMENT: 'local' })
})

it('all unsafe settings are named at once', () => {
  const read = () => readSettings({ ...whole, RESEND_URL: 'http://h', MAIL_FROM: 'a@example.org' })
  expect(read).toThrow(/RESEND_URL .+; MAIL_FROM /)
})
