import { write } from './asks.ts'
import { describe } from './load.ts'
import type { SizedClinic, Stage } from './stage.ts'
import { median } from './statistics.ts'

export interface SeriesResult {
  /** How many appointments each series has. */
  dates: number
  /** How many series were booked. */
  times: number
  /** PostgreSQL's own time for one, in milliseconds. */
  execution: number
  most: number
}

const dates = 12
const times = 15

/**
 * Series of weekly appointments, booked by the front desk. Only the statement of a preview goes through the Worker: the booking
 * is taken back, so that every series finds the clinic as it was.
 */
export async function measureSeries({ main }: Stage): Promise<SeriesResult> {
  const measured: number[] = []
  const connection = await main.scene.sql.connect()
  try {
    const { rows } = await connection.query(freeWeeks, [main.scene.visitTypeId, dates, times + 1])
    for (const { doctor_id, start_at } of rows) {
      const [statement, params] = await previewed(main, { doctor_id, start_at })
      await connection.query('begin')
      const explained = await connection.query(
        `explain (analyze, timing off, format json) ${statement}`,
        params,
      )
      const { rows: booked } = await connection.query(
        'select count(*)::int as many from appointments where series_id = (select max(id) from series)',
      )
      await connection.query('rollback')
      if (booked[0].many !== dates) throw new Error(`A series has ${booked[0].many} appointments.`)
      measured.push(explained.rows[0]['QUERY PLAN'][0]['Execution Time'])
    }
  } finally {
    await connection.query('rollback')
    connection.release()
  }
  // The first also plans what the connection has not asked before.
  const warm = measured.slice(1)
  return { dates, times: warm.length, execution: median(warm), most: Math.max(0, ...warm) }
}

/** Doctors, and when each is free in as many weeks. */
const freeWeeks = `
  select offer.doctor_id::int, free.start_at
  from (select * from doctor_visit_types where visit_type_id = $1 order by hashint8(doctor_id) limit 400) offer
  cross join lateral (
    select slot.start_at
    from open_slots(
      offer.doctor_id, null, $1, tstzrange(now() + interval '2 days', now() + interval '9 days'), false, now(), null
    ) slot
    where not exists (
      select from generate_series(1, $2::int - 1) week
      where not is_open_slot(
        offer.doctor_id, null, $1, slot.start_at + week * interval '7 days', false, now(), null
      )
    )
    limit 1
  ) free
  limit $3`

async function previewed(
  { client, bridge, scene }: SizedClinic,
  free: { doctor_id: number; start_at: Date },
): Promise<[string, unknown[]]> {
  const rule = { every: 1, unit: 'week', count: dates }
  const series = { ...free, patient_id: scene.takeIdler().id, visit_type_id: scene.visitTypeId, rule }
  await bridge.take()
  const ask = write('POST', '/series/preview', scene.deskKey, { series })
  // Its answer would be kept, and the statement could not run again.
  delete ask.headers?.['idempotency-key']
  const answer = await client.send(ask)
  if (answer.status !== 200) throw new Error(`No series was previewed: ${describe(answer)}`)
  const statement = (await bridge.take()).last.find(({ query }) => query.includes('book_series'))
  if (!statement) throw new Error('The preview did not ask the database.')
  const params = (statement.params ?? []).map((param) =>
    typeof param === 'string' ? param.replace('"is_preview":true', '"is_preview":false') : param,
  )
  return [statement.query, params]
}
