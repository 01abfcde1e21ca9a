import type { ManagedLocation } from '../../../clinic/locations/find.ts'

export const tabs = ['all', 'open', 'retired', 'to_fix'] as const

export interface LocationFilter {
  /** What someone typed: part of the name or address. */
  q: string
  /** One of the tabs, or empty for all. */
  show: string
}

/** What patients miss. What is closed for good needs nothing. */
export const fixesOf = (location: ManagedLocation): ('address' | 'phone')[] =>
  location.isActive ? (['address', 'phone'] as const).filter((field) => location[field] === null) : []

const isIn: Record<string, (location: ManagedLocation) => boolean> = {
  open: ({ isActive }) => isActive,
  retired: ({ isActive }) => !isActive,
  to_fix: (location) => fixesOf(location).length > 0,
}

/** A clinic has few locations, so all are read, and the filter counts them. */
export function locationsIn(locations: ManagedLocation[], { q, show }: LocationFilter): ManagedLocation[] {
  const typed = q.trim().toLowerCase()
  return locations
    .filter((location) => isIn[show]?.(location) ?? true)
    .filter(({ name, address }) => `${name} ${address ?? ''}`.toLowerCase().includes(typed))
}
