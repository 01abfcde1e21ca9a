import type pg from 'pg'
import { CannotStart } from '../local/cannot-start.ts'
import { openConnection } from '../local/connection.ts'
import { findPendingMigrations } from '../migrate.ts'
import { describeRoutines } from '../migration/routines.ts'
import type { Migration } from '../migration/run.ts'
import { findDestruction } from './destruction.ts'

/**
 * Runs the work while no other deploy to the same database can run; another one is refused at once.
 *
 * @throws CannotStart when another deploy is running, or the database does not answer.
 */
export async function alone<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  // If Neon falls asleep meanwhile, the connection and its lock are gone. That is no reason to stop half-way.
  await using client = await openConnection(databaseUrl).catch((error) => {
    throw new CannotStart(`The database does not answer: ${error.message || error.code}.`)
  })
  const { rows } = await client.query("select pg_try_advisory_lock(hashtext('alobooking deploy')) as is_ours")
  if (!rows[0].is_ours)
    throw new CannotStart('Another deploy to this database is running; nothing was changed.')
  return await work(client)
}

/**
 * The migrations that a deployment would run. They may drop functions that an earlier release retired: the running release
 * does not call them.
 *
 * @throws CannotStart naming what would be destroyed, unless that is allowed or the database is empty.
 */
export async function findMigrations(client: pg.Client, allowsDestruction: boolean): Promise<Migration[]> {
  const pending = await findPendingMigrations(client)
  const retired = (await describeRoutines(client)).filter(({ retiredIn }) => retiredIn !== null)
  const destroyed = await findDestruction(
    pending,
    retired.map(({ name }) => name),
  )
  if (destroyed.length > 0 && !allowsDestruction)
    throw new CannotStart(
      `Nothing was changed: a migration removes what the running release may need: ${destroyed.join('; ')}. If you intend this, use --allow-destructive`,
    )
  return pending
}
