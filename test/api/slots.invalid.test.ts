import { describe, expect, it } from 'vitest'
import { openClinic } from '../support/clinic.ts'
import { defineVisitType, hireDoctor } from '../support/people.ts'

const clinic = await openClinic()
const visitType = await defineVisitType(clinic.sql)
const doctor = await hireDoctor(clinic.sql, { visitTypes: [visitType] })
const dateIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function ask(path: string, query: string) {
  const response = await fetch(`${clinic.origin}/api/v1${path}?${query}`)
  return { status: response.status, headers: response.headers, body: await response.json() }
}

/** The parameters that the refusal names. */
async function faultyIn(path: string, query: string): Promise<string[]> {
  const { status, headers, body } = await ask(path, query)
  expect(body).toMatchObject({ status: 422, code: 'invalid', type: '/api/problems/invalid' })
  expect([status, headers.get('Content-Type')]).toEqual([422, 'application/problem+json'])
  for (const { detail } of body.errors) expect(detail).toMatch(/^(is|must|does) /)
  return [...new Set<string>(body.errors.map(({ parameter }: { parameter: string }) => parameter))]
}

const addresses = [['one doctor', `/doctors/${doctor}/slots`] as const, ['any doctor', '/slots'] as const]

describe.each(addresses)('asking when %s is free', (_, path) => {
  it.each([
    '',
    'from=2030-01-07',
    'visit_type_id=',
    'visit_type_id=0',
    'visit_type_id=-1',
    'visit_type_id=1.5',
    'visit_type_id=1e0',
    'visit_type_id=x',
    'visit_type_id=%00',
    'visit_type_id=1&visit_type_id=1',
    'visit_type_id=999999',
    'visit_type_id=9007199254740991',
    'visit_type_id=9007199254740993',
    'visit_type_id=99999999999999999999999',
  ])('needs a visit type, which %j is not', async (query) => {
    expect(await faultyIn(path, query)).toEqual(['visit_type_id'])
  })

  it.each([
    '2026-02-30',
    '2027-02-29',
    '2026-2-1',
    '26-02-01',
    '2026-13-01',
    '2026-02-01T00:00Z',
    ' 2026-02-01',
    '20260201',
    'tomorrow',
    'empty',
    '',
    "''",
    'null',
    '-infinity',
    '+infinity',
    '9999-12-31',
    '0001-01-01',
    '-0001-01-01',
    '2030-01-07\u0000',
    "2030-01-07'; drop table appointments; --",
    '٢٠٣٠-٠١-٠٧',
    `2030-01-0${'7'.repeat(5000)}`,
  ])('needs dates, which %j is not', async (date) => {
    const written = encodeURIComponent(date)
    expect(await faultyIn(path, `visit_type_id=${visitType}&from=${written}`)).toEqual(['from'])
    expect(await faultyIn(path, `visit_type_id=${visitType}&to=${written}`)).toEqual(['to'])
    expect(await faultyIn(path, `from=${written}&to=${written}`)).toEqual(['visit_type_id', 'from', 'to'])
  })

  it.each([
    ['an end before the start', 'from=2030-01-08&to=2030-01-07', 'to'],
    ['an end that has passed', 'to=2020-01-01', 'to'],
    ['sixty-three days', 'from=2030-01-01&to=2030-03-04', 'to'],
    ['a thousand years', 'from=2030-01-01&to=2999-12-31', 'to'],
    ['two starts', 'from=2030-01-07&from=2030-01-08', 'from'],
    ['two ends', 'to=2030-01-07&to=2030-01-07', 'to'],
    ['a start far in the past', 'from=1900-01-01&to=2030-01-01', 'from'],
  ])('is refused for %s', async (_, query, parameter) => {
    expect(await faultyIn(path, `visit_type_id=${visitType}&${query}`)).toEqual([parameter])
  })

  it('works for sixty-two days, for one day and for ten years from now', async () => {
    for (const query of [
      'from=2030-01-01&to=2030-03-03',
      'from=2030-01-01&to=2030-01-01',
      `from=${dateIn(3600)}`,
    ])
      expect((await ask(path, `visit_type_id=${visitType}&${query}`)).status).toBe(200)
  })

  it('is refused for the far future', async () => {
    const query = `visit_type_id=${visitType}&from=2999-01-01`
    expect(await faultyIn(path, query)).toEqual(['from'])
    expect(await faultyIn(path, `${query}&to=2999-01-02`)).toEqual(['from'])
    expect(await faultyIn(path, `visit_type_id=${visitType}&from=${dateIn(3661)}`)).toEqual(['from'])
  })

  it('names each fault once', async () => {
    const { body } = await ask(path, `visit_type_id=${visitType}&from=tomorrow`)
    expect(body.errors).toHaveLength(1)
  })

  it('does not reach the database with unreadable input', async () => {
    clinic.takeTrips()
    await faultyIn(path, 'visit_type_id=x')
    await faultyIn(path, `visit_type_id=${visitType}&from=tomorrow`)
    await faultyIn(path, `visit_type_id=${visitType}&from=2030-01-01&to=2030-03-04`)
    expect(clinic.takeTrips()).toEqual([])
  })
})

describe('searching all doctors', () => {
  it.each([
    ['specialty=Alchemy', 'specialty'],
    ['specialty=', 'specialty'],
    ['specialty=%20', 'specialty'],
    ['specialty=%00', 'specialty'],
    ['specialty=a%0Ab', 'specialty'],
    ['specialty=%E0%A4%A', 'specialty'],
    [`specialty=${'x'.repeat(101)}`, 'specialty'],
    ['specialty=a&specialty=b', 'specialty'],
    ['location_id=999999', 'location_id'],
    ['location_id=x', 'location_id'],
    ['location_id=', 'location_id'],
    ['location_id=9007199254740993', 'location_id'],
    ['doctor_id=999999', 'doctor_id'],
    ['doctor_id=0', 'doctor_id'],
    ['doctor_id=', 'doctor_id'],
    ['doctor_id=99999999999999999999', 'doctor_id'],
    ['part_of_day=night', 'part_of_day'],
    ['part_of_day=Morning', 'part_of_day'],
    ['part_of_day=', 'part_of_day'],
    ['part_of_day=morning&part_of_day=evening', 'part_of_day'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=x', 'limit'],
    ['limit=', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=1e1', 'limit'],
    ['limit=9007199254740993', 'limit'],
    ['limit=5&limit=5', 'limit'],
  ])('names %s as wrong', async (query, parameter) => {
    expect(await faultyIn('/slots', `visit_type_id=${visitType}&${query}`)).toEqual([parameter])
  })

  it('names everything wrong at once', async () => {
    const unread =
      'visit_type_id=x&specialty=&location_id=0&doctor_id=0&from=x&to=x&part_of_day=x&limit=0&cursor=x'
    const parameters = unread.split('&').map((written) => written.split('=')[0])
    expect(await faultyIn('/slots', unread)).toEqual(parameters)
    const unknown = 'visit_type_id=999999&specialty=Alchemy&location_id=999999&doctor_id=999999'
    expect(await faultyIn('/slots', unknown)).toEqual(parameters.slice(0, 4))
  })

  it('names misspelt parameters', async () => {
    const query = `visit_type_id=${visitType}&locationid=2&toString=1`
    expect(await faultyIn('/slots', query)).toEqual(['locationid', 'toString'])
  })
})

it.each([
  '0',
  '-1',
  '1.5',
  'abc',
  '%00',
  '%E0%A4%A',
  '999999',
  '9007199254740991',
  '9007199254740993',
  '1'.repeat(400),
])('the unknown doctor %s is 404, and so are their slots', async (id) => {
  for (const path of [`/doctors/${id}`, `/doctors/${id}/slots`]) {
    const { status, headers, body } = await ask(path, `visit_type_id=${visitType}`)
    expect([status, headers.get('Content-Type')]).toEqual([404, 'application/problem+json'])
    expect(body).toMatchObject({
      code: 'not_found',
      detail: 'No such doctor. Check the path and the ids, and that your key may see it.',
    })
  }
})
