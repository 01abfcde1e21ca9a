import type { DayChange } from './day-changes.ts'

/** What others ask of a feed. */
export interface FeedStub {
  fetch(request: Request): Promise<Response>
  changed(days: DayChange[]): Promise<void>
}

/** The feed that hears of what changes at all locations. */
export const everywhere = 'everywhere'
export const feedOf = (locationId: number) => `location-${locationId}`
