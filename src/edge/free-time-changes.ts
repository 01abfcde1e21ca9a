import type { AppointmentFacts, Happening, Occupancy } from '../clinic/happenings.ts'

/** The free time of a doctor changed on these local dates, both included; or of any doctor on any date. */
export type FreeTimeChange = { doctorId: number; locationId: number; from: string; to: string } | 'everything'

type Kind = Happening['kind']
type Of<K extends Kind> = Extract<Happening, { kind: K }>

const everything = (): FreeTimeChange[] => ['everything']
const nothing = (): FreeTimeChange[] => []

/** What each happening changes about free time. A new kind does not compile until it has a line here. */
const changesOf: { [K in Kind]: (happening: Of<K>) => FreeTimeChange[] } = {
  'appointment.held': whenItOccupies,
  'appointment.extended': nothing,
  'appointment.released': whenItOccupies,
  'appointment.booked': whenItOccupies,
  'appointment.walked_in': whenItOccupies,
  'appointment.rescheduled': beforeAndAfter,
  'appointment.visit_type_changed': beforeAndAfter,
  'appointment.cancelled': whenItOccupies,
  'appointment.arrived': nothing,
  'appointment.fulfilled': nothing,
  'appointment.missed': whenItOccupies,
  'appointment.reopened': whenItOccupies,
  'appointment.reassigned': nothing,
  'appointment.resized': nothing,
  'appointment.requested': whenItOccupies,
  'appointment.confirmed': nothing,
  'appointment.declined': whenItOccupies,
  // Its time has been free since the deadline.
  'appointment.lapsed': nothing,
  // Of those who came or left, and of those who stayed.
  'appointment.people_changed': (changed) => (changed.after.occupies ? beforeAndAfter(changed) : []),
  'appointment.accepted': nothing,
  'appointment.started': nothing,
  'appointment.start_undone': nothing,
  'appointment.noted': nothing,
  'weekly_hours.changed': everything,
  'time_off.entered': whereAway,
  'time_off.changed': whereAway,
  'time_off.withdrawn': whereAway,
  // The doctors who work there are not looked up.
  'closure.entered': everything,
  'closure.changed': nothing,
  'closure.withdrawn': everything,
  'visit_type.defined': everything,
  'visit_type.changed': everything,
  'visit_types.offered': everything,
  'doctor.hired': everything,
  'doctor.changed': everything,
  'location.changed': everything,
  'resource.added': everything,
  'resource.changed': everything,
  'resource_hours.changed': everything,
  'resource_absence.entered': everything,
  'resource_absence.changed': nothing,
  'resource_absence.withdrawn': everything,
  'location.opened': everything,
  'travel_times.changed': everything,
  'patient.registered': nothing,
  'patient.merged': nothing,
  'patient.unmerged': nothing,
  'patient.corrected': nothing,
  'patient.flagged': nothing,
  'patient.erased': nothing,
  'patient.invited': nothing,
  'patient.linked': nothing,
  'account.completed': nothing,
  'account.changed': nothing,
  'message.resent': nothing,
  'message.stopped': nothing,
  'walk_in.added': nothing,
  'walk_in.booked': nothing,
  'walk_in.left': nothing,
  'walk_in.returned': nothing,
  'day_note.added': nothing,
  'day_note.cleared': nothing,
  'day_note.restored': nothing,
  'stranding.changed': nothing,
  'settings.changed': nothing,
  'api_key.issued': nothing,
  'api_key.revoked': nothing,
  'alarm.raised': nothing,
}

/** Each change once. */
export function freeTimeChanges(happening: Happening): FreeTimeChange[] {
  const changes = changesOf[happening.kind] as (happening: Happening) => FreeTimeChange[]
  return changes(happening)
}

function beforeAndAfter({ before, after }: AppointmentFacts): FreeTimeChange[] {
  return distinct([...toChanges(before ?? after), ...toChanges(after)])
}

/** Only what starts or stops occupying its time; a booked hold keeps the time it had. */
function whenItOccupies({ before, after }: AppointmentFacts): FreeTimeChange[] {
  return (before?.occupies ?? false) === after.occupies ? [] : toChanges(after)
}

const day = 24 * 60 * 60 * 1000
/** Above so many days, naming each would take more tags than it saves pages. */
const longest = 62

/** The appointment's own doctor and location, and everyone else who has less time, or more, because of it. */
function toChanges({ elsewhere = [], ...own }: Occupancy): FreeTimeChange[] {
  return elsewhere === null
    ? ['everything']
    : [own, ...elsewhere].map((where) => toChange({ ...own, ...where }))
}

function whereAway({
  locationIds,
  ...timeOff
}: Of<'time_off.entered'> | Of<'time_off.changed'> | Of<'time_off.withdrawn'>) {
  return distinct(locationIds.map((locationId) => toChange({ ...timeOff, locationId })))
}

type Where = { doctorId: number; locationId: number | null; from: string; to: string }

function toChange({ doctorId, locationId, from, to }: Where): FreeTimeChange {
  if (locationId === null) return 'everything'
  if (Date.parse(to) - Date.parse(from) >= longest * day) return 'everything'
  return { doctorId, locationId, from, to }
}

function distinct(changes: FreeTimeChange[]): FreeTimeChange[] {
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()]
}
