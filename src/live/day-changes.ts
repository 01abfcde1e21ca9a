import type { AppointmentFacts, Happening, Occupancy } from '../clinic/happenings.ts'

/** Something on these local dates, both included, looks different now; or on any date. Says nothing about whom or what. */
export type DayChange = { from: string; to: string } | 'any day'

/** Which days of which location changed; or of all locations. */
export interface ChangedDays {
  locationId: number | 'everywhere'
  days: DayChange
}

type Kind = Happening['kind']
type Of<K extends Kind> = Extract<Happening, { kind: K }>

const everywhere = (): ChangedDays[] => [{ locationId: 'everywhere', days: 'any day' }]
const nowhere = (): ChangedDays[] => []
const atLocation = ({ locationId }: { locationId: number }): ChangedDays[] => [
  { locationId, days: 'any day' },
]

/** Where the desk's pages show each happening. A new kind does not compile until it has a line here. */
const changesOf: { [K in Kind]: (happening: Of<K>) => ChangedDays[] } = {
  'appointment.held': beforeAndAfter,
  'appointment.extended': beforeAndAfter,
  'appointment.released': beforeAndAfter,
  'appointment.booked': beforeAndAfter,
  'appointment.walked_in': beforeAndAfter,
  'appointment.rescheduled': beforeAndAfter,
  'appointment.visit_type_changed': beforeAndAfter,
  'appointment.cancelled': beforeAndAfter,
  'appointment.arrived': beforeAndAfter,
  'appointment.fulfilled': beforeAndAfter,
  'appointment.missed': beforeAndAfter,
  'appointment.reopened': beforeAndAfter,
  'appointment.reassigned': beforeAndAfter,
  'appointment.resized': beforeAndAfter,
  'appointment.requested': beforeAndAfter,
  'appointment.confirmed': beforeAndAfter,
  'appointment.declined': beforeAndAfter,
  'appointment.lapsed': beforeAndAfter,
  'appointment.people_changed': beforeAndAfter,
  'appointment.started': beforeAndAfter,
  'appointment.start_undone': beforeAndAfter,
  'appointment.noted': beforeAndAfter,
  // It names no location.
  'appointment.accepted': everywhere,
  'weekly_hours.changed': everywhere,
  'time_off.entered': whereAway,
  'time_off.changed': whereAway,
  'time_off.withdrawn': whereAway,
  'closure.entered': onItsDays,
  'closure.changed': onItsDays,
  'closure.withdrawn': onItsDays,
  'visit_type.defined': everywhere,
  'visit_type.changed': everywhere,
  'visit_types.offered': everywhere,
  'doctor.hired': atLocation,
  'doctor.changed': everywhere,
  'location.opened': everywhere,
  'location.changed': everywhere,
  'resource.added': atLocation,
  'resource.changed': atLocation,
  'resource_hours.changed': atLocation,
  'resource_absence.entered': onItsDays,
  'resource_absence.changed': onItsDays,
  'resource_absence.withdrawn': onItsDays,
  'travel_times.changed': everywhere,
  'patient.registered': nowhere,
  'patient.merged': everywhere,
  'patient.unmerged': everywhere,
  'patient.corrected': everywhere,
  'patient.flagged': everywhere,
  'patient.erased': everywhere,
  'patient.invited': nowhere,
  'patient.linked': nowhere,
  'account.completed': nowhere,
  'account.changed': nowhere,
  'message.resent': nowhere,
  'message.stopped': nowhere,
  'walk_in.added': atLocation,
  'walk_in.booked': atLocation,
  'walk_in.left': atLocation,
  'walk_in.returned': atLocation,
  'day_note.added': atLocation,
  'day_note.cleared': atLocation,
  'day_note.restored': atLocation,
  'stranding.changed': atLocation,
  'settings.changed': everywhere,
  'api_key.issued': nowhere,
  'api_key.revoked': nowhere,
  'alarm.raised': nowhere,
}

/** Each change once. */
export function dayChanges(happening: Happening): ChangedDays[] {
  const changes = changesOf[happening.kind] as (happening: Happening) => ChangedDays[]
  return changes(happening)
}

function beforeAndAfter({ before, after }: AppointmentFacts): ChangedDays[] {
  return distinct([...(before ? placesOf(before) : []), ...placesOf(after)])
}

/** Whose time it takes at other locations sees it, too. */
function placesOf({ locationId, elsewhere, from, to }: Occupancy): ChangedDays[] {
  const days = { from, to }
  if (locationId === null) return [{ locationId: 'everywhere', days }]
  const others = (elsewhere ?? []).map((where) => where.locationId)
  return [locationId, ...others].map((id) => ({ locationId: id, days }))
}

function whereAway({ locationIds, from, to }: { locationIds: number[]; from: string; to: string }) {
  return locationIds.map((locationId) => ({ locationId, days: { from, to } }))
}

function onItsDays({
  locationId,
  from,
  to,
}: {
  locationId: number
  from: string
  to: string
}): ChangedDays[] {
  return [{ locationId, days: { from, to } }]
}

function distinct(changes: ChangedDays[]): ChangedDays[] {
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()]
}
