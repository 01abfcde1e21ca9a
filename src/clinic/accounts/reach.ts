import { type ClinicContext, locationsOf, personOf } from '../context.ts'
import { NotFound } from '../errors.ts'

/** Those of the locations at which the actor works: a front desk account may be bound to some. */
export function withinReach<Place extends { id: number }>(
  { actor }: Pick<ClinicContext, 'actor'>,
  places: Place[],
): Place[] {
  const bound = locationsOf(personOf(actor))
  return bound ? places.filter(({ id }) => bound.includes(id)) : places
}

/** @throws NotFound for a location at which the actor does not work. */
export function requireLocation(
  { actor }: Pick<ClinicContext, 'actor'>,
  locationId: number | undefined,
): void {
  const bound = locationsOf(personOf(actor))
  if (bound && locationId !== undefined && !bound.includes(locationId)) throw new NotFound('location')
}
