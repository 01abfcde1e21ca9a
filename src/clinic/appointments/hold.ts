import type * as z from 'zod'
import { requireRight } from '../accounts/guard.ts'
import type { Actor, ClinicContext } from '../context.ts'
import { NotSignedIn } from '../errors.ts'
import { beginAppointment } from './begin.ts'
import { type BookedAppointment, bookAppointmentInput, toWish } from './book.ts'
import { holdMinutes } from './holds.ts'
import { type JoinedSession, type JoiningRefusal, joinSessionInput } from './join-session.ts'

export const holdSlotInput = bookAppointmentInput.omit({
  overrideReason: true,
  reasonForVisit: true,
  colleagueIds: true,
  resourceIds: true,
  companionIds: true,
})

export type HoldSlot = z.infer<typeof holdSlotInput>

type Own = 'too_many_holds' | 'too_many_appointments'

/**
 * Holds a slot for ten minutes while the patient decides, in one trip: it occupies the doctor, and the patient,
 * as if it were booked. What may be held is what may be booked (`too_many_appointments` among the refusals). The clinic
 * sets how many open holds an account may have (`too_many_holds`). Holding again what one holds is the same hold.
 *
 * With `ctx.browser`, and unless a patient is named, it is held for no patient yet, signed in or not: one slot at a
 * time, another one lets the first go, and ten from one network, 40 from an IPv6 /48 (`too_many_holds`). Without, the
 * front desk may leave the patient out.
 *
 * @throws NotFound for an unknown doctor or patient, NotSignedIn, Forbidden.
 */
export async function holdSlot(ctx: ClinicContext, input: HoldSlot): Promise<BookedAppointment<Own>> {
  const holder = findHolder(ctx, input.patientId)
  if (!holder.ok) return holder
  if (input.visitTypeId === undefined && (input.endAt === undefined || input.doctorId === undefined))
    return { ok: false, refusal: 'invalid', faults: { visitTypeId: 'missing' } }
  return beginAppointment<Own>(ctx, toWish(input, holder.columns), 'hold')
}

export const holdPlaceInput = joinSessionInput.omit({ reasonForVisit: true })

/**
 * Holds a place in a session, as `holdSlot` holds a slot and `joinSession` books a place.
 *
 * @throws NotFound for an unknown session or patient, NotSignedIn, Forbidden.
 */
export async function holdPlace(
  ctx: ClinicContext,
  { sessionId, patientId }: z.infer<typeof holdPlaceInput>,
): Promise<JoinedSession<Own>> {
  const holder = findHolder(ctx, patientId)
  if (!holder.ok) return holder
  return beginAppointment<Own, JoiningRefusal>(ctx, { wanted: { sessionId, ...holder.columns } }, 'hold')
}

/** The columns that say whose hold it is, and until when. */
function findHolder(ctx: ClinicContext, named: number | undefined) {
  const holder = requireRight(ctx.actor, 'hold slots')
  if (holder.kind === 'anonymous' && !ctx.browser) throw new NotSignedIn()
  const patientId = forWhom(ctx, holder, named)
  if (patientId === undefined)
    return { ok: false, refusal: 'invalid', faults: { patientId: 'missing' } } as const
  if (patientId !== null && holder.kind === 'patient' && !holder.patientIds.includes(patientId))
    return { ok: false, refusal: 'not_your_patient' } as const
  const holdExpiresAt = new Date(ctx.now.getTime() + holdMinutes * 60_000)
  return { ok: true, columns: { patientId, holdExpiresAt, ...strangerIn(ctx, patientId) } } as const
}

/** Whose hold it is until it is for a patient. A caller without a browser gets an id of their own. */
function strangerIn({ browser, source }: ClinicContext, patientId: number | null) {
  if (!browser) return patientId === null ? { strangerId: crypto.randomUUID() } : {}
  const networks = { strangerAddressHash: browser.addressHash, strangerWiderHash: source?.widerHash ?? null }
  return { strangerId: browser.id, ...(patientId === null && networks) }
}

/** Null when no patient is needed yet; undefined when one is needed and missing. */
function forWhom(
  { browser }: ClinicContext,
  holder: Actor,
  named: number | undefined,
): number | null | undefined {
  if (holder.kind === 'anonymous' || (browser && named === undefined)) return null
  return holder.kind === 'patient' ? (named ?? holder.patientIds[0]) : (named ?? null)
}
