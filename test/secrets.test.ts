import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { TestHarness } from 'wrangler'
import { freePort } from '../scripts/local/ports.ts'
import { isLocalDatabase, localKeys, seedClinic } from '../scripts/seed.ts'
import { authSecret, openWorker } from './support/clinic.ts'
import { signCookie } from './support/people.ts'

const bundle = () =>
  readdirSync(inject('bundle'))
    .map((file) => readFileSync(join(inject('bundle'), file), 'utf8'))
    .join('')

describe('what is shipped', () => {
  it('contains no local mailbox, local key or secret', () => {
    const text = bundle()
    expect(text).toContain('/sign-in')
    for (const local of ['/local/mailbox', ...localKeys.map(({ key }) => key)])
      expect(text).not.toContain(local)
  })

  it('does not serve the local mailbox', async () => {
    const worker = openWorker({ DATABASE_URL: 'postgres://user@localhost/nowhere' })
    const { url } = await worker.listen()
    expect((await fetch(new URL('/local/mailbox', url))).status).toBe(404)
    await worker.close()
  })

  it('is configured without secrets, and lists those it needs', () => {
    const config = readFileSync('wrangler.toml', 'utf8')
    const [, list = ''] = /required = \[(.+)\]/.exec(config) ?? []
    const example = readFileSync('.dev.vars.example', 'utf8')
    for (const name of list.replaceAll('"', '').split(', ')) expect(example).toContain(`\n${name}="`)
    expect(config).not.toMatch(/SECRET *=|API_KEY *=|postgres:/)
    expect(readFileSync('.gitignore', 'utf8')).toContain('\n.dev.vars\n')
  })
})

it.each(['AUTH_SECRET', 'RESEND_API_KEY', 'DATABASE_URL'])(
  'without %s every request is 503, and one log line names it',
  async (name) => {
    const worker = openWorker({ DATABASE_URL: 'postgres://me:hush@localhost/db', [name]: '' })
    const { url } = await worker.listen()
    for (const path of ['/', '/booking', '/healthz', '/api/v1/slots', '/nowhere']) {
      worker.clearLogs()
      const answer = await fetch(new URL(path, url))
      expect(answer.status).toBe(503)
      expect(answer.headers.get('Cache-Control')).toBe('private, no-store')
      expect(await answer.text()).not.toContain(name)
      const message = `Missing or malformed settings: ${name}. .dev.vars.example explains each.`
      const logged = worker.getLogs().map((line) => [line.level, JSON.parse(line.message)])
      expect(logged).toEqual([
        ['error', { level: 'error', message, request_id: answer.headers.get('X-Request-Id') }],
      ])
    }
    await worker.close()
  },
)

describe('when everything fails', () => {
  let worker: TestHarness
  let origin: string
  beforeAll(async () => {
    const bindings = {
      DATABASE_URL: 'postgres://me:hush@localhost/clinic',
      NEON_BRIDGE_URL: `http://127.0.0.1:${await freePort()}/sql`,
    }
    worker = openWorker(bindings)
    origin = (await worker.listen()).url.origin
  })
  afterAll(() => worker.close())

  it('no secret or email address reaches the log or the answer', async () => {
    const token = 'a-token-to-keep-secret'
    const requests: [string, RequestInit][] = [
      ['/booking', { headers: { Cookie: await signCookie('__Host-session', token) } }],
      [
        '/sign-in',
        {
          method: 'POST',
          headers: { Origin: origin },
          body: new URLSearchParams({ email: 'nina@example.com' }),
        },
      ],
      ['/api/v1/appointments/1', { headers: { Authorization: 'Bearer alo_a-key-to-keep-secret' } }],
    ]
    const answers = await Promise.all(requests.map(([path, request]) => fetch(origin + path, request)))
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503])
    const said = [
      ...(await Promise.all(answers.map((answer) => answer.text()))),
      ...worker.getLogs().map(({ message }) => message),
    ]
    expect(said.join('\n')).toContain('"path":"/sign-in"')
    for (const hidden of ['hush', token, 'nina@example.com', 'to-keep-secret', authSecret]) {
      expect(said.join('\n')).not.toContain(hidden)
    }
  })
})

describe('the seed, whose keys are public,', () => {
  it.each([
    ['postgres://me@127.0.0.1:5432/db', true],
    ['postgres://me@localhost/db', true],
    ['postgres://me@ep-x.eu-central-1.aws.neon.tech/db', false],
    ['postgres://me@localhost.example.com/db', false],
    ['postgres://localhost@example.com/db', false],
  ])('knows whether %s is local', (url, local) => expect(isLocalDatabase(url)).toBe(local))

  it('refuses any other database', async () => {
    await expect(seedClinic('postgres://me@example.com/db')).rejects.toThrow(
      'only a database on this machine',
    )
  })
})
