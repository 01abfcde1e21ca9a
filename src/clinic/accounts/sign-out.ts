import { eq } from 'drizzle-orm'
import { sessions } from '../../../drizzle/schema/sessions.ts'
import type { ClinicContext } from '../context.ts'
import { hashKey } from './hash-key.ts'

/** Ends the session of this token; it may have ended already. */
export async function signOut({ db }: Pick<ClinicContext, 'db'>, token: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, hashKey(token)))
}
