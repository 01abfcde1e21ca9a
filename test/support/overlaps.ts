import type pg from 'pg'

/**
 * Pairs of appointments that share a minute of a doctor, or of a patient. It trusts neither our constraints
 * nor our generated column: it compares the bare times.
 */
export async function findOverlaps(sql: pg.Pool, whose: 'doctor' | 'patient'): Promise<[number, number][]> {
  const { rows } = await sql.query(`
    select one.id as one, other.id as other
    from appointments one
    join appointments other
      on other.id > one.id
      and other.${whose}_id = one.${whose}_id
      and other.start_at < one.end_at
      and one.start_at < other.end_at
    where one.status not in ('cancelled', 'noshow') and other.status not in ('cancelled', 'noshow')`)
  return rows.map(({ one, other }) => [Number(one), Number(other)])
}
