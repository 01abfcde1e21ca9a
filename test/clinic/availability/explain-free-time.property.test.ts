import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { storeClinic } from '../../support/clinic-in-sql.ts'
import { enterAgreed } from '../../support/enter-agreed.ts'
import { clinicsWithWishes } from '../../support/imagine-clinic.ts'
import { seed } from '../../support/seed.ts'

const cases = Number(process.env.CASES ?? 60)
const { sql } = await openClinic({ worker: false })
/** One connection remembers its plans; each case is a transaction that is rolled back. */
const client = await sql.connect()
afterAll(() => client.release())

/** Makes a clinic in which a rule does not exist, for a doctor ($1) and a visit type ($2). */
const abolish: Record<string, string> = {
  time_off: 'delete from time_off where doctor_id = $1 and $2::bigint > 0',
  closures: 'delete from closures where $1::bigint + $2::bigint > 0',
  appointments:
    'delete from claims where resource_id = (select resource_id from doctors where id = $1) and $2::bigint > 0',
  buffers: `
    with plain as (
      update visit_types set buffer_before_minutes = 0, buffer_after_minutes = 0 where id = $2
    )
    update claims set before_minutes = 0, after_minutes = 0, during = tstzrange(
      lower(during) + before_minutes * interval '1 minute', upper(during) - after_minutes * interval '1 minute'
    )
    where resource_id = (select resource_id from doctors where id = $1)
    and during is not null`,
  travel: 'delete from travel_times where $1::bigint + $2::bigint > 0',
  needs: 'delete from visit_type_needs where visit_type_id = $2 and $1::bigint > 0',
  notice: 'update visit_types set notice_minutes = 0 where id = $2 and $1::bigint > 0',
  horizon: 'update visit_types set horizon_days = 3650 where id = $2 and $1::bigint > 0',
  cap: 'update visit_types set daily_cap = null where id = $2 and $1::bigint > 0',
}

const [day, from, to] = ['2027-06-14', '2027-06-14T00:00+07:00', '2027-06-15T00:00+07:00']
const search = `select coalesce(json_agg(start_at order by start_at), '[]') as starts
  from open_slots($1, $3, $2, '[${from},${to})', $4, $5, null)`

interface Step {
  rule: string
  remaining: string
  is_left: boolean
  adds_up: boolean
  starts: string[] | null
}
const explain = `
  select
    rule, remaining::text, taken::text,
    remaining <@ coalesce(lag(remaining) over (order by place), '{(,)}') as is_left,
    coalesce(lag(remaining) over (order by place) = taken + remaining, true) as adds_up,
    to_json(starts) as starts
  from explain_free_time($1, $3, $2, '${day}', $4, $5)
  order by place`

const terms = fc.record({
  notice: fc.constantFrom(0, 0, 0, 300, 600),
  horizon: fc.constantFrom(3650, 3650, 3650, 3650, 3650, 1),
  cap: fc.constantFrom(null, 1, 1, 1),
  daysBefore: fc.constantFrom(0, 0, 1, 3),
  byDesk: fc.constantFrom(false, false, false, true),
  place: fc.constantFrom(null, null, 1, 2),
})
const counted: Record<string, number> = {}

it('ends with what the search finds, and leaves a rule out as if the clinic did not have it', async () => {
  await fc.assert(
    fc.asyncProperty(clinicsWithWishes, terms, async ({ clinic, agreed }, { byDesk, place, ...drawn }) => {
      await client.query('begin')
      try {
        await storeClinic(client, clinic, enterAgreed(clinic, agreed).entries)
        await client.query(
          'update visit_types set notice_minutes = $1, horizon_days = $2, daily_cap = $3 where id = 1',
          [drawn.notice, drawn.horizon, drawn.cap],
        )
        const now = new Date(Date.parse(from) + clinic.as_of * 60_000 - drawn.daysBefore * 86_400_000)
        for (const doctor of clinic.rows.keys()) await compare([doctor + 1, 1, place, byDesk, now])
      } finally {
        await client.query('rollback')
      }
    }),
    { numRuns: cases, seed },
  )
  // Every rule made a difference somewhere.
  expect(Object.keys(abolish).filter((rule) => !counted[rule])).toEqual([])
})

async function compare(asked: [number, number, number | null, boolean, Date]): Promise<void> {
  const find = async () =>
    (await client.query({ name: 'search', text: search, values: asked })).rows[0].starts
  const { rows } = await client.query<Step>({ name: 'explain', text: explain, values: asked })
  const found = await find()
  expect(rows.at(-1)).toMatchObject({ rule: 'grid', starts: found.length > 0 ? found : null })
  expect(rows.filter(({ is_left, adds_up }) => !is_left || !adds_up)).toEqual([])
  for (const { rule, starts } of rows) {
    const without = abolish[rule]
    if (!without) continue
    await client.query('savepoint as_it_is')
    await client.query(without, asked.slice(0, 2))
    const wouldBeFree = await find()
    await client.query('rollback to as_it_is')
    expect({ rule, starts: starts ?? [] }).toEqual({ rule, starts: wouldBeFree })
    if (wouldBeFree.length > found.length) counted[rule] = (counted[rule] ?? 0) + 1
  }
}
