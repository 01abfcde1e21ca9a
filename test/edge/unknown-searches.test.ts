import { expect, it } from 'vitest'
import { openEdgeClinic } from '../support/edge.ts'
import { defineVisitType, hireDoctor } from '../support/people.ts'

// What strangers may put into the cache, and into the database's day, by asking for pages of what does not exist.

const { sql, origin, takeTrips } = await openEdgeClinic()
const visitType = await defineVisitType(sql)
const hire = () => hireDoctor(sql, { visitTypes: [visitType] })

const pathTo = (fields: Record<string, string | number>) =>
  `/booking?${new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]))}`

async function statusOf(path: string): Promise<string | null> {
  const response = await fetch(origin + path)
  await response.body?.cancel()
  return response.headers.get('CF-Cache-Status')
}

it('a doctor who was hired just now is known', async () => {
  for (let n = 0; n < 2; n++) {
    const path = pathTo({ visit_type_id: visitType, doctor_id: await hire() })
    expect([await statusOf(path), await statusOf(path)]).toEqual(['MISS', 'HIT'])
  }
})

it('each spelling of a search is one entry', async () => {
  const path = pathTo({ visit_type_id: visitType, doctor_id: await hire() })
  expect(await statusOf(path)).toBe('MISS')
  const spellings = [
    `${path}&view=nothing`,
    path.replace('doctor_id=', 'doctor_id=00'),
    `${path}&from=2020-01-01`,
  ]
  expect(await Promise.all(spellings.map(statusOf))).toEqual(Array(3).fill('HIT'))
})

it('eighty pages of what does not exist are no entries, and take one trip in five seconds', async () => {
  await statusOf('/booking?specialty=Unknown')
  const unknown = (n: number) => [
    { specialty: `Unknown ${n}` },
    { location_id: 900_000 + n },
    { doctor_id: 900_000 + n },
    { visit_type_id: 900_000 + n },
    { visit_type_id: `x${n}` },
    { visit_type_id: visitType, specialty: `Unknown ${n}` },
    { visit_type_id: visitType, doctor_id: 900_000 + n },
    { visit_type_id: visitType, from: `209${n}-01-01` },
  ]
  const paths = Array.from({ length: 10 }, (_, n) => unknown(n).map(pathTo)).flat()
  takeTrips()
  const begun = performance.now()
  expect(new Set(await Promise.all(paths.map(statusOf)))).toEqual(new Set(['BYPASS']))
  const seconds = (performance.now() - begun) / 1_000
  expect(takeTrips()).toBeLessThanOrEqual(Math.floor(seconds / 5) + 1)
  const page = await (await fetch(`${origin}/booking?specialty=Unknown`)).text()
  expect(page).toContain('Choose one from the list')
})
