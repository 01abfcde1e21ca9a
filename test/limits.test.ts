import { expect, it } from 'vitest'
import { openClinic } from './support/clinic.ts'
import { giveKey, openAccount, openDesk } from './support/people.ts'

const clinic = await openClinic({ realLimits: true })

async function statuses(times: number, ask: () => Promise<Response>): Promise<Response[]> {
  const answers: Response[] = []
  for (let n = 0; n < times; n++) answers.push(await ask())
  return answers
}

it('a key that writes too often is told when to come back, and no other key suffers', async () => {
  const write = (key: string) => () =>
    fetch(`${clinic.origin}/api/v1/appointments`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
      body: '{}',
    })
  const [busy, calm] = [await openDesk(clinic.sql), await giveKey(clinic.sql, await openAccount(clinic.sql))]
  const answers = await statuses(61, write(busy))
  expect(answers.slice(0, 60).every(({ status }) => status === 422)).toBe(true)
  const refused = answers[60] as Response
  expect(refused.status).toBe(429)
  expect(refused.headers.get('Retry-After')).toBe('60')
  expect(refused.headers.get('Content-Type')).toBe('application/problem+json')
  expect(await refused.json()).toMatchObject({ code: 'too_many_requests' })
  expect((await write(calm)()).status).toBe(422)
})

it('an address that asks for codes too often is stopped, whatever it claims to be', async () => {
  let n = 0
  const ask = () =>
    fetch(`${clinic.origin}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Origin: clinic.origin, 'X-Forwarded-For': `10.0.0.${++n}`, 'X-Real-IP': `10.0.0.${n}` },
      body: new URLSearchParams({ email: `n${n}@example.com` }),
    })
  const answers = await statuses(11, ask)
  expect(answers.slice(0, 10).every(({ status }) => status === 303)).toBe(true)
  const refused = answers[10] as Response
  expect(refused.status).toBe(429)
  expect(refused.headers.get('Retry-After')).toBe('60')
  expect(await refused.text()).toContain('That was too often')
})

it('reading is allowed far more often than writing', async () => {
  const key = await openDesk(clinic.sql)
  const read = () =>
    fetch(`${clinic.origin}/api/v1/appointments/1`, { headers: { Authorization: `Bearer ${key}` } })
  const answers = await statuses(100, read)
  expect(answers.every(({ status }) => status === 404)).toBe(true)
})

it('keys that nobody has cannot be guessed without end, and a known key goes on', async () => {
  const known = await openDesk(clinic.sql)
  const read = (key: string) => () =>
    fetch(`${clinic.origin}/api/v1/appointments/1`, { headers: { Authorization: `Bearer ${key}` } })
  expect((await read(known)()).status).toBe(404)
  const answers = await statuses(300, read('a-guess'))
  expect(answers[0]?.status).toBe(401)
  clinic.takeTrips()
  const refused = await read('one-guess-more')()
  expect(refused.status).toBe(429)
  expect(refused.headers.get('Retry-After')).toBe('60')
  expect(clinic.takeTrips()).toEqual([])
  expect((await read(known)()).status).toBe(404)
})
