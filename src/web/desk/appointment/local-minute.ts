/**
 * An instant as the location's clock shows it, to the minute: `2026-11-23T09:00`. Messages and identity checks belong to no
 * location, so PostgreSQL does not say.
 */
export function localMinute(instant: Date, timeZone: string): string {
  const style = { timeZone, dateStyle: 'short', timeStyle: 'short' } as const
  // Swedish is written as ISO 8601, but for a space.
  return new Intl.DateTimeFormat('sv-SE', style).format(instant).replace(' ', 'T')
}
