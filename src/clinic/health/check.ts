import { sql } from 'drizzle-orm'
import type { ClinicContext } from '../context.ts'

/** Throws when the database does not answer. */
export async function checkHealth({ db }: ClinicContext): Promise<void> {
  await db.execute(sql`select 1`)
}
