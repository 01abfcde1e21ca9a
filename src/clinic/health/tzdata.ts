import { type SQL, sql } from 'drizzle-orm'

/** PostgreSQL cannot say which tzdata it uses, so it is recognised by what each release changed (its NEWS). */
const marks: [release: string, zone: string, instant: string, wallClock: string][] = [
  ['2026c', 'Africa/Casablanca', '2026-12-01T00:00Z', '2026-12-01 00:00:00'],
  ['2026b', 'America/Vancouver', '2026-12-01T00:00Z', '2026-11-30 17:00:00'],
  ['2026a', 'Europe/Chisinau', '2026-03-29T00:30Z', '2026-03-29 02:30:00'],
  ['2025c', 'America/Tijuana', '1962-06-01T00:00Z', '1962-05-31 17:00:00'],
  ['2025b', 'Asia/Tehran', '1978-12-01T00:00Z', '1978-12-01 03:30:00'],
  ['2025a', 'America/Asuncion', '2025-06-01T00:00Z', '2025-05-31 21:00:00'],
  ['2024a', 'Asia/Almaty', '2024-06-01T00:00Z', '2024-06-01 05:00:00'],
]

/** The newest tzdata release whose changes PostgreSQL applies; a release after 2026c shows as 2026c. */
export function tzdataRelease(): SQL {
  return sql`case ${sql.join(marks.map(whenShown), sql` `)} else 'before 2024a' end`
}

function whenShown([release, zone, instant, wallClock]: (typeof marks)[number]): SQL {
  return sql`when ${instant}::timestamptz at time zone ${zone} = ${wallClock}::timestamp then ${release}`
}
