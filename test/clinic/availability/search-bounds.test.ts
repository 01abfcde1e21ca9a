import { beforeAll, describe, expect, it } from 'vitest'
import { type SearchSlots, searchSlots } from '../../../src/clinic/availability/search-slots.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { openClinic } from '../../support/clinic.ts'
import { defineVisitType, hireDoctor } from '../../support/people.ts'

// A clinic of 500 doctors. What a search costs is counted as calls: how often it looked at a doctor's day.

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const now = new Date('2026-11-22T12:00:00Z')
const hours = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt: '09:00', closesAt: '10:00' }]
let visitTypeId: number

beforeAll(async () => {
  visitTypeId = await defineVisitType(sql, { name: 'Half an hour', horizonDays: 30 })
  const one = await hireDoctor(sql, { hours, gridMinutes: 30, visitTypes: [visitTypeId] })
  await sql.query(
    `with hired as (
       insert into doctors (name, specialty, location_id, grid_minutes)
       select 'Dr. ' || n, 'Busy', location_id, grid_minutes from doctors, generate_series(2, 500) n where id = $1
       returning id
     )
     insert into doctor_visit_types (doctor_id, visit_type_id) select id, $2 from hired`,
    [one, visitTypeId],
  )
  await sql.query('analyze')
})

/** The doctors' days that a search looked at: the loops of the plan over their weekly hours. */
async function daysRead(search: Omit<SearchSlots, 'visitTypeId'>, actor: Actor = { kind: 'anonymous' }) {
  clinic.takeTrips()
  const found = await searchSlots(clinic.context({ actor, now }), { visitTypeId, ...search })
  const [, query] = clinic.takeTrips()[0] ?? []
  const { rows } = await sql.query(`explain (analyze, format json) ${query?.query}`, query?.params)
  const reads = nodesOf(rows[0]['QUERY PLAN'][0].Plan).filter(
    (node) => node['Relation Name'] === 'weekly_hours',
  )
  return { found, days: Math.max(0, ...reads.map((node) => Number(node['Actual Loops']))) }
}

type Node = Record<string, unknown> & { Plans?: Node[] }
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

describe('a search of 500 doctors', () => {
  it('reads nobody’s hours beyond the horizon', async () => {
    const { found, days } = await daysRead({ limit: 20, from: '2027-06-01', to: '2027-08-01' })
    expect([found, days]).toEqual([{ ok: true, slots: [], next: null }, 0])
  })

  it('ends a page after a week of them, and says where the next one begins', async () => {
    const evenings = { limit: 20, from: '2026-11-22', partOfDay: 'evening' } as const
    const { found, days } = await daysRead(evenings)
    expect(found).toEqual({
      ok: true,
      slots: [],
      next: { startAt: new Date('2026-11-29T11:59:59.999Z'), load: 1_000_000, doctorId: 1, locationId: 1 },
    })
    expect(days).toBeGreaterThan(0)
    expect(days).toBeLessThanOrEqual(3_500)
  })

  it('is as bounded for the front desk', async () => {
    const evenings = { limit: 100, from: '2026-11-23', partOfDay: 'evening' } as const
    const { found, days } = await daysRead(evenings, { kind: 'front_desk', accountId: 0 })
    expect(found).toMatchObject({ slots: [], next: { startAt: new Date('2026-11-29T16:59:59.999Z') } })
    expect(days).toBeLessThanOrEqual(3_500)
    const far = { limit: 100, from: '2030-01-01', to: '2030-03-01' }
    const beyond = await daysRead(far, { kind: 'front_desk', accountId: 0 })
    expect(beyond).toEqual({ found: { ok: true, slots: [], next: null }, days: 0 })
  })

  it('looks beyond an empty window no further than that, and says how far', async () => {
    const week = { limit: 20, from: '2026-11-23', to: '2026-11-25', partOfDay: 'evening' } as const
    const { found, days } = await daysRead({ ...week, looksBeyond: true })
    expect(found).toEqual({
      ok: true,
      slots: [],
      next: null,
      beyond: { slot: null, searchedUntil: new Date('2026-11-29T17:00:00Z') },
    })
    expect(days).toBeLessThanOrEqual(3_500)
    const far = await daysRead({ limit: 20, from: '2027-06-01', to: '2027-08-01', looksBeyond: true })
    const nothing = { slot: null, searchedUntil: null }
    expect(far).toEqual({ found: { ok: true, slots: [], next: null, beyond: nothing }, days: 0 })
  })

  it('finds every slot once, page by page, up to the end of the horizon', async () => {
    const starts: string[] = []
    let after: SearchSlots['after']
    let pages = 0
    do {
      const search = { visitTypeId, limit: 7, from: '2026-11-22', to: '2027-01-20', after }
      const found = await searchSlots(clinic.context({ actor: { kind: 'anonymous' }, now }), search)
      if (!found.ok) throw new Error(found.refusal)
      starts.push(...found.slots.map(({ startLocal }) => startLocal))
      after = found.next ?? undefined
      pages += 1
    } while (after && pages < 100)
    // Today’s have passed. Two a day on each of the 30 days of the horizon.
    expect(starts.length).toBe(60)
    expect([starts[0], starts.at(-1), new Set(starts).size]).toEqual([
      '2026-11-23T09:00',
      '2026-12-22T09:30',
      60,
    ])
  })
})
