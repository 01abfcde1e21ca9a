import pg from 'pg'
import { CannotStart } from '../local/cannot-start.ts'
import { findPendingMigrations, type Migration } from '../migrate.ts'
import { describeRoutines } from '../migration/routines.ts'
import { findDestruction } from './destruction.ts'

/**
 * Does the work while no other deploy to the same database can; another that comes in the meantime is refused at once.
 *
 * @throws CannotStart when somebody else is deploying, or the database does not answer.
 */
export async function alone<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl })
  // A Neon that fell asleep in the meantime takes the lock with it; that is no reason to stop half-way.
  client.on('error', () => {})
  await client.connect().catch((error) => {
    throw new CannotStart(`The database does not answer: ${error.message || error.code}.`)
  })
  try {
    const { rows } = await client.query(
      "select pg_try_advisory_lock(hashtext('alobooking deploy')) as is_ours",
    )
    if (!rows[0].is_ours)
      throw new CannotStart('Another deploy to this database is under way; nothing was done.')
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
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
      `Nothing was done, because a migration takes away what the running release may need: ${destroyed.join('; ')}. If that is meant: --allow-destructive`,
    )
  return pending
}
