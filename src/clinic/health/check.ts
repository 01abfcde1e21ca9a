import { sql } from 'drizzle-orm'
import type { ClinicContext } from '../context.ts'

/** Asks the database for no more than an answer; throws when there is none. */
export async function checkHealth({ db }: ClinicContext): Promise<void> {
  await db.execute(sql`select 1`)
}
