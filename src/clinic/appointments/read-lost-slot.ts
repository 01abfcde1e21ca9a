import { nearestSlots } from '../availability/find-nearest-slots.ts'
import { type Slot, toSlot } from '../availability/find-open-slots.ts'
import type { ClinicContext } from '../context.ts'

export interface LostSlot {
  doctorId: number
  visitTypeId: number
  /** As `holdSlot` takes it. */
  startAt: string
}

/**
 * The free times nearest to a slot that was just taken, in one trip; none when an id is unknown.
 * Anybody may ask.
 */
export async function readLostSlot(
  ctx: ClinicContext,
  { doctorId, visitTypeId, startAt }: LostSlot,
): Promise<Slot[]> {
  const { rows } = await nearestSlots(ctx, { doctorId, visitTypeId, near: startAt })
  return rows.map((row) => toSlot(row, visitTypeId))
}
