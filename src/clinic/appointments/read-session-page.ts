import { isDesk, requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { type PatientChoice, patientsOf } from '../patients/find.ts'
import { queriesOfSession, type Session, toSession } from './find-sessions.ts'

export interface SessionContent extends Session {
  /** Whom the front desk may add; null for doctors, who add nobody. */
  forWhom: PatientChoice | null
}

/**
 * A session with all who take part, and the patients found by what was `typed`, in one trip.
 *
 * @throws NotFound as `findSession` does; NotSignedIn, Forbidden.
 */
export async function readSessionPage(
  ctx: ClinicContext,
  id: number,
  wanted: { typed?: string | undefined; chosenId?: number | undefined },
): Promise<SessionContent> {
  const person = requireRight(ctx.actor, 'see participants')
  const forWhom = patientsOf(ctx, isDesk(ctx.actor) ? person : null, wanted)
  const [sessions, participants, patients] = await ctx.db.batch([
    ...queriesOfSession(ctx, id, person),
    forWhom.query,
  ])
  const mayAdd = isDesk(ctx.actor)
  return { ...toSession(sessions, participants), forWhom: mayAdd ? forWhom.read(patients.rows) : null }
}
