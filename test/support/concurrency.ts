import type pg from 'pg'

/** Starts as many calls together; answers in their order. */
export function atOnce<T>(many: number, call: (n: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: many }, (_, n) => call(n)))
}

/** Returns once as many statements wait for a lock in this database. */
export async function untilBlocked(sql: pg.Pool, many = 1): Promise<void> {
  while ((await countBlocked(sql)) < many);
}

/** Returns once the call has ended, or as many statements wait for a lock. */
export async function untilBlockedOrDone(sql: pg.Pool, call: Promise<unknown>, many = 1): Promise<void> {
  let isDone = false
  const done = () => {
    isDone = true
  }
  call.then(done, done)
  while (!isDone && (await countBlocked(sql)) < many);
}

export async function countBlocked(sql: pg.Pool): Promise<number> {
  const { rows } = await sql.query(
    `select count(*)::int from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
  )
  return rows[0].count
}

export async function countDeadlocks(sql: pg.Pool): Promise<number> {
  const { rows } = await sql.query(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  )
  return rows[0].deadlocks
}
