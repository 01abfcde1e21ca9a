import { sql } from 'drizzle-orm'
import { type ClinicContext, deedOf } from '../context.ts'
import { NotFound } from '../errors.ts'
import type { MessageLink } from './links.ts'

/** Why nothing was recorded: it starts at another time by now, has started, is not booked, or is not theirs to answer. */
export type ResponseRefusal = 'moved' | 'too_late' | 'not_booked' | 'not_theirs'

export type Responded = { ok: true } | { ok: false; refusal: ResponseRefusal }

/**
 * "Yes, I'll come", from a message's link, which is the authority: nobody has to be signed in. It counts for the start that
 * they saw. One trip; doing it again changes nothing.
 *
 * @throws NotFound when the recipient may no longer know of the appointment.
 */
export async function respondToAppointment(
  ctx: ClinicContext,
  { appointmentId, recipient }: MessageLink,
  { startAt }: { startAt: Date },
): Promise<Responded> {
  const { rows } = await ctx.db.execute<{ outcome: Outcome }>(sql`
    select accept_appointment(
      ${appointmentId}::bigint, ${recipient}, ${startAt.toISOString()}::timestamptz,
      ${ctx.now.toISOString()}::timestamptz
    ) as outcome`)
  const outcome = rows[0]?.outcome
  if (!outcome || appointmentId === null) throw new NotFound('appointment')
  if (outcome === 'accepted') ctx.tell({ kind: 'appointment.accepted', appointmentId, ...deedOf(ctx) })
  return outcome === 'accepted' || outcome === 'already' ? { ok: true } : { ok: false, refusal: outcome }
}

type Outcome = 'accepted' | 'already' | ResponseRefusal | null
