import { beforeAll, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { giveKey, openAccount, openSession, registerPatient } from '../../support/people.ts'
import { allRoutes } from '../../support/routes.ts'

// Every route under /desk that is mounted, whoever wrote it, and some that are not.

const clinic = await openClinic()
const { sql, origin } = clinic
let outsiders: Record<string, Record<string, string>>
const routes = new Set([
  ...allRoutes()
    .map(({ path }) => path)
    .filter((path) => path === '/desk' || path.startsWith('/desk/')),
  '/desk',
  '/desk/',
  '/desk/no-such-page',
  '/desk/appointments/no-number',
])

beforeAll(async () => {
  const patient = await openAccount(sql, { patientIds: [await registerPatient(sql)] })
  const admin = await openAccount(sql, { role: 'admin' })
  outsiders = {
    'a stranger': {},
    'a patient': { Cookie: await openSession(sql, patient) },
    'an invented session': { Cookie: `__Host-session=${'a'.repeat(43)}` },
    'a key of an admin': { Authorization: `Bearer ${await giveKey(sql, admin, { role: 'admin' })}` },
  }
})

const ask = (path: string, method: string, headers: Record<string, string>) =>
  fetch(origin + path, {
    method,
    headers: { Origin: origin, ...headers },
    redirect: 'manual',
    ...(method === 'POST' && { body: new URLSearchParams({ name: 'Anybody' }) }),
  })

it.each([...routes])('%s does not exist for outsiders', async (route) => {
  const path = route.replace(/:\w+/g, '1')
  const answers = await Promise.all(
    Object.entries(outsiders).flatMap(([who, headers]) =>
      ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].map(
        async (method) => `${who}: ${method} ${(await ask(path, method, headers)).status}`,
      ),
    ),
  )
  expect(answers.filter((answer) => !answer.endsWith(' 404'))).toEqual([])
})

it('staff whose session has ended sign in again, and come back', async () => {
  const account = await openAccount(sql, { role: 'front_desk' })
  const cookie = await openSession(sql, account, new Date('2020-01-01'))
  const answer = await ask('/desk/messages', 'GET', { Cookie: cookie })
  expect([answer.status, answer.headers.get('Location')]).toEqual([
    303,
    expect.stringContaining('/sign-in?return_to=%2Fdesk%2Fmessages'),
  ])
})
