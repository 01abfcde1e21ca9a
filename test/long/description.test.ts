import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { operations as registered } from '../../src/api/description/registry.ts'
import { faults } from '../../src/api/refuse-invalid.ts'
import { openClinic } from '../support/clinic.ts'
import { faultsOf, type Operation, operations } from '../support/description.ts'
import {
  addResource,
  defineVisitType,
  giveKey,
  hireDoctor,
  openAccount,
  openDesk,
  registerPatient,
} from '../support/people.ts'
import { openSampleClinic } from '../support/sample-clinic.ts'
import { seed } from '../support/seed.ts'
import { invalidRequest, type Known, type Sent, validRequest } from './requests.ts'

// Requests generated from the description: what it allows is never called malformed, and what it forbids is never
// granted or a 500. test/support/conformance.ts checks the answers.

const each = Number(process.env.REQUESTS ?? 70)
const clinic = await openClinic()
const { origin, sql } = clinic
let keys: string[]
let known: Known

/** Faults only the clinic can see: in its data, its clock, the key that asks, or between two values. */
const beyondShapes = new Set(
  (
    [
      'missing',
      'not_after_start',
      'too_short',
      'too_long',
      'not_the_length',
      'not_after_opening',
      'absence_too_long',
      'not_a_zone',
      'not_a_birth_date',
      'not_a_cursor',
      'too_far_away',
      'window_too_long',
      'unknown',
      'already_there',
      'beyond_issuer',
      'overlaps_another',
      'not_an_identifier',
      'same_record',
      'named_twice',
      'other_time_zone',
      'count_or_until',
      'too_many_dates',
      'no_dates',
      'not_a_date_of_the_rule',
    ] as const
  ).map((fault) => faults[fault]),
)

/** What must be left out in some cases only: beside another field, or because the clinic does not ask for it. */
const sometimesLeftOut =
  /^\/(appointment\/(doctor_id|start_at|end_at|override_reason|resource_ids|[a-z]+_ids?)|series\/rule\/weekdays|patient\/(sex|phone|birth_date))$/

function isBeyondShapes({ detail, pointer = '' }: { detail: string; pointer?: string }): boolean {
  if (detail === faults.not_expected) return sometimesLeftOut.test(pointer)
  // Two rows of one person, whose appointments no description knows.
  if (pointer === '/doctor/same_person_as') return true
  return beyondShapes.has(detail) || /^overlaps \/\w+\/\d+, /.test(detail)
}

/** Their many fields seldom fit together. If none of so many is granted, as many more are drawn, a few times. */
const timesAsMany: Record<string, number> = { takeWalkIn: 15, bookSeries: 5, moveSession: 5, beginSession: 5 }

/** A patient and an account that acts for them, or an address that has an account: no draw finds them. */
const needsTwoThatMatch = ['linkPatient', 'unlinkPatient']

beforeAll(async () => {
  const many = <T>(make: () => Promise<T>) => Promise.all(Array.from({ length: 12 }, make))
  const visitTypes = [
    await defineVisitType(sql),
    await defineVisitType(sql, { name: 'Long', minutes: 60 }),
    await defineVisitType(sql, { name: 'Group', capacity: 8 }),
  ]
  const doctors = await many(() => hireDoctor(sql, { visitTypes }))
  // At the first location as well as their own.
  await sql.query('update doctors set location_id = 1')
  const patients = await many(() => registerPatient(sql))
  const accounts = await many(() => openAccount(sql))
  for (const account of accounts) await giveKey(sql, account)
  const { rows } = await sql.query('select array_agg(id::int) as spare from api_keys')
  const own = await openAccount(sql, { patientIds: patients.slice(0, 3) })
  const admin = await openAccount(sql, { role: 'admin' })
  keys = [await giveKey(sql, admin, { role: 'admin' }), await openDesk(sql), await giveKey(sql, own)]
  const { rows: agreed } = await sql.query(
    `insert into appointments (doctor_id, patient_id, visit_type_id, status, start_at, end_at, hold_expires_at)
     select
       $1, $2, $3, case when n >= 200 then 'pending' when n < 24 and n % 2 = 0 then 'arrived' else 'booked' end, at, at + interval '30 minutes',
       case when n >= 200 then now() + interval '10 minutes' end
     from generate_series(-24, 299) n, lateral (select date_trunc('day', now(), 'Asia/Jakarta') + n * interval '1 hour' as at) hour
     returning id::int, status`,
    [doctors[0], patients[0], visitTypes[0]],
  )
  const room = await addResource(sql, 1)
  for (const [absence, of] of [
    ['time_off (doctor_id', doctors[0]],
    ['closures (location_id', 1],
    ['resource_absences (resource_id', room],
  ])
    await sql.query(
      `insert into ${absence}, starts_at, ends_at)
       select $1, day, day + interval '1 hour' from generate_series('2030-01-01', '2030-02-09', interval '1 day') day`,
      [of],
    )
  const ids: number[] = agreed.map(({ id }) => id)
  const idsOf = (status: string) => agreed.filter((one) => one.status === status).map(({ id }) => id)
  const holds = idsOf('pending')
  const there: Record<string, number[]> = {
    doctors,
    patients,
    accounts,
    holds,
    locations: [1, 2, 3],
    appointments: idsOf('booked'),
    'visit-types': visitTypes,
    'api-keys': rows[0].spare,
    'time-off': doctors.slice(0, 1),
    closures: [1],
    absences: [room],
  }
  known = {
    doctor_id: doctors,
    patient_id: patients,
    visit_type_id: visitTypes,
    visit_type_ids: visitTypes,
    location_id: [1, 2, 3],
    account_id: accounts,
    // A key issues keys of its own owner only.
    owner_id: [admin, accounts[0] ?? admin],
    hold_id: holds,
    colleague_ids: await many(() => hireDoctor(sql, { visitTypes })),
    companion_ids: await many(() => registerPatient(sql)),
    resource_ids: [room],
  }
  for (const operation of registered) {
    const { address, appointment } = operation
    const [collection] = [...address.matchAll(/([\w-]+)\/\{/g)].map(([, name = '']) => name).toReversed()
    // Today's and yesterday's: just after midnight, none of today's has begun.
    if (collection)
      known[address] = appointment?.isToday ? ids.slice(0, 48) : await idsIn(collection, operation)
  }

  /** The ids above; for a collection that is not there, a few new things. */
  async function idsIn(collection: string, operation: (typeof registered)[number]): Promise<number[]> {
    const make = openSampleClinic(clinic).things[collection]
    if (!make && !there[collection]) throw new Error(`The sample clinic has no ${collection}.`)
    const some = () => many(async () => Number(await make?.({ operation: undefined, parent: 1 })))
    // What one operation decides, another cannot decide again.
    if (['correction-requests', 'sessions'].includes(collection)) return some()
    // Those that failed can be sent again, those that wait can be stopped.
    if (collection === 'messages') return many(async () => Number(await make?.({ operation, parent: 1 })))
    // One, so that a body often names an appointment of the series that the path names.
    if (collection === 'series' && !there.series) {
      there.series = [Number(await make?.({ operation: undefined, parent: 1 }))]
      const { rows } = await sql.query('select id::int from appointments where series_id = $1', there.series)
      known.from = rows.map(({ id }) => id)
    }
    there[collection] ??= await some()
    return there[collection]
  }
})

async function send(
  { method, address, requestBody }: Operation,
  { path, query, headers, body }: Sent,
  n: number,
) {
  const place = address.replace(/\{(\w+)\}/g, (_, name) => String(path[name]))
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  const response = await fetch(`${origin}/api/v1${place}?${search}`, {
    method,
    headers: {
      Authorization: `Bearer ${keys[n % 5] ?? keys[0]}`,
      ...(requestBody && { 'Content-Type': 'application/json' }),
      ...(headers as Record<string, string>),
      ...(method === 'PATCH' && { 'If-Match': '*' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, answer: text && !response.ok ? JSON.parse(text) : {} }
}

let sent = 0

async function aFewAtOnce<T>(requests: Sent[], ask: (request: Sent, n: number) => Promise<T>): Promise<T[]> {
  const answers: T[] = []
  for (let n = 0; n < requests.length; n += 10)
    answers.push(...(await Promise.all(requests.slice(n, n + 10).map((one, more) => ask(one, n + more)))))
  sent += requests.length
  return answers
}

/** A seed for each, or all would draw the same ids in the same order. */
const seedOf = (operation: Operation) => seed + operations.indexOf(operation)

describe.each(operations.map((operation) => [operation.operationId, operation] as const))(
  '%s',
  (_, operation) => {
    it('never calls an allowed request wrong', { timeout: 300_000 }, async () => {
      const numRuns = each * (timesAsMany[operation.operationId] ?? 1)
      const schema = operation.requestBody?.content['application/json'].schema
      const ask = async (request: Sent, n: number) => {
        if (schema) expect(faultsOf(request.body, schema, 'drawn')).toEqual([])
        const { status, answer } = await send(operation, request, n)
        const errors: { detail: string; pointer?: string }[] = answer.errors ?? []
        const wrong = errors.filter((error) => !isBeyondShapes(error))
        expect([status, answer, wrong, request]).toEqual([expect.toSatisfy(isJudged), answer, [], request])
        return status
      }
      let granted = 0
      const mostRounds = needsTwoThatMatch.includes(operation.operationId) ? 1 : 10
      for (let round = 0; round < mostRounds && granted === 0; round++) {
        const drawn = { numRuns, seed: seedOf(operation) + round * operations.length }
        const requests = fc.sample(validRequest(operation, known), drawn)
        granted = (await aFewAtOnce(requests, ask)).filter(isGranted).length
      }
      if (mostRounds > 1) expect(granted).toBeGreaterThan(0)
      // So many new keys and roles raise alarms, as they should.
      const errors = clinic.takeLines().filter(({ level }) => level === 'error')
      expect(errors.filter(({ message }) => message !== 'security alarm')).toEqual([])
    })

    it('refuses a request the description forbids', async () => {
      const forbidden = invalidRequest(operation, known)
      const requests = forbidden ? fc.sample(forbidden, { numRuns: each, seed: seedOf(operation) }) : []
      await aFewAtOnce(requests, async (request) => {
        const { status, answer } = await send(operation, request, 0)
        expect([status, answer, request]).toEqual([expect.toSatisfy(isRefused), answer, request])
      })
    })
  },
)

it('many were sent', () => expect(sent).toBeGreaterThan(each === 70 ? 5_000 : 0))

/** Granted, or refused for what only the clinic knows. */
const isJudged = (status: number) => [200, 201, 204, 401, 403, 404, 409, 412, 422].includes(status)
const isGranted = (status: number) => status < 300
const isRefused = (status: number) => status >= 400 && status < 500
