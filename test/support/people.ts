import type pg from 'pg'

interface DoctorWishes {
  timeZone?: string
  /** ISO weekdays, and the location's wall clock. */
  hours?: { weekdays: number[]; opensAt: string; closesAt: string; startsOn?: string; endsOn?: string }[]
}

const everyDay = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opensAt: '00:00', closesAt: '24:00' }]

/** A doctor with a location of their own; at work around the clock unless told otherwise. Answers the id. */
export async function hireDoctor(
  sql: pg.Pool,
  { timeZone = 'Asia/Jakarta', hours = everyDay }: DoctorWishes = {},
) {
  const doctor = await insert(
    sql,
    `with location as (insert into locations (name, time_zone) values ('Menteng', $1) returning id)
     insert into doctors (location_id, name) select id, 'Dr. Strange' from location returning id`,
    [timeZone],
  )
  for (const { weekdays, opensAt, closesAt, startsOn, endsOn } of hours) {
    await sql.query(
      `insert into weekly_hours (doctor_id, weekday, opens_at, closes_at, starts_on, ends_on)
       select $1, unnest($2::smallint[]), $3, $4, $5, $6`,
      [doctor, weekdays, opensAt, closesAt, startsOn, endsOn],
    )
  }
  return doctor
}

export function registerPatient(sql: pg.Pool, name = 'Patient Zero'): Promise<number> {
  return insert(sql, 'insert into patients (name) values ($1) returning id', [name])
}

async function insert(sql: pg.Pool, statement: string, values: unknown[]): Promise<number> {
  const { rows } = await sql.query(statement, values)
  return Number(rows[0].id)
}
