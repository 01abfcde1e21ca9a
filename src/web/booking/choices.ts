import type { BookingWish, PublicOffers } from '../../clinic/appointments/read-booking-page.ts'
import { addDays, type Finder, type FinderFaults } from '../read-finder.ts'

/** What there is to choose from on the booking page. */
export type Choices = Pick<
  PublicOffers,
  'facts' | 'specialties' | 'locations' | 'visitTypes' | 'highestDoctorId'
>

/** For how long the choices of a page may be shown again; in milliseconds. */
const freshMs = 60_000
/** For how long after a trip that found nothing else to be unknown the choices decide alone; in milliseconds. */
const trustedMs = 5_000

/**
 * Remembers the choices of the last page, so that pages which name something else take a trip every few seconds at most,
 * however many are asked for. The first one takes it, because a doctor may just have been hired.
 */
export function rememberChoices() {
  let kept: { choices: Choices; at: number } | null = null
  let wastedAt = Number.NEGATIVE_INFINITY
  return {
    /** @param isWasted whether the trip was for something unknown. */
    keep(choices: Choices, now: Date, isWasted: boolean): void {
      kept = { choices, at: now.getTime() }
      if (isWasted) wastedAt = now.getTime()
    },
    get: (now: Date): Choices | null => (kept && now.getTime() - kept.at < freshMs ? kept.choices : null),
    areTrusted: (now: Date) => now.getTime() - wastedAt < trustedMs,
  }
}

/** What a search names that does not exist, or is a date beyond the horizon of its visit type. */
export function unknownIn(wish: BookingWish, { from }: Finder, choices: Choices, now: Date): FinderFaults {
  const { visitTypeId, specialty, locationId, doctorId } = wish
  const { visitTypes, specialties, locations, highestDoctorId } = choices
  const visitType = visitTypes.find(({ id }) => id === visitTypeId)
  // Two days, because dates differ around the world.
  const last = visitType && addDays(now.toISOString().slice(0, 10), visitType.horizonDays + 2)
  return {
    ...(visitTypeId !== undefined && !visitType && { visit_type_id: 'unknown' as const }),
    ...(specialty !== undefined && !specialties.includes(specialty) && { specialty: 'unknown' as const }),
    ...(locationId !== undefined &&
      !locations.some(({ id }) => id === locationId) && { location_id: 'unknown' as const }),
    ...((doctorId ?? 0) > highestDoctorId && { doctor_id: 'unknown' as const }),
    ...(last && from > last && { from: 'too_far_away' as const }),
  }
}
