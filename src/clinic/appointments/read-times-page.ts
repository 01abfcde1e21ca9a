import { requireRight } from '../accounts/guard.ts'
import type { Slot } from '../availability/find-open-slots.ts'
import { prepareSearch, type SearchedSlots, type SearchSlots } from '../availability/search-slots.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { type Appointment, isCompanion, selectAppointment } from './find.ts'
import { movedAppointment } from './moving.ts'
import { isOther } from './read-move-page.ts'

export interface TimesPageContent {
  appointment: Appointment
  found: SearchedSlots | null
}

/**
 * An appointment, and the free times to which it may be moved, in one trip.
 *
 * @throws NotFound when there is none, or it is none of the actor's business; NotSignedIn, Forbidden.
 */
export async function readTimesPage(
  ctx: ClinicContext,
  id: number,
  search: SearchSlots | null,
): Promise<TimesPageContent> {
  const person = requireRight(ctx.actor, 'change appointments')
  const slots = prepareSearch(ctx, search && { ...search, moved: movedAppointment(ctx, id) })
  const [[appointment], ...results] = await ctx.db.batch([
    selectAppointment(ctx, person, id),
    ...slots.queries,
  ])
  if (!appointment || isCompanion(person, appointment)) throw new NotFound('appointment')
  const found = slots.read(results)
  return { appointment, found: found?.ok ? withoutOwn(found, isOther(appointment)) : found }
}

type Found = Extract<SearchedSlots, { ok: true }>

/** The time that it has already is none to move to. */
function withoutOwn(found: Found, isOther: (slot: Slot) => boolean): Found {
  const { slot = null } = found.beyond ?? {}
  const isOwn = slot !== null && !isOther(slot)
  return {
    ...found,
    slots: found.slots.filter(isOther),
    ...(isOwn && { beyond: { slot: null, searchedUntil: slot.startAt } }),
  }
}
