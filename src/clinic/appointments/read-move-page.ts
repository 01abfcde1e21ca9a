import { type SQL, sql } from 'drizzle-orm'
import { isDesk, requireRight } from '../accounts/guard.ts'
import { requireLocation, withinReach } from '../accounts/reach.ts'
import { type Slot, type SlotRow, toSlot } from '../availability/find-open-slots.ts'
import { type AskedTime, type LookedAt, prepareLook } from '../availability/look-at-time.ts'
import type { ClinicContext } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import { allLocations, type Location } from '../locations/find.ts'
import { type Appointment, selectAppointment } from './find.ts'

/** From minute to minute since midnight, on the location's clock. */
export type Stretch = [from: number, until: number]

export interface TakenStretch {
  appointmentId: number
  starts: number
  ends: number
  status: string
  patient: string | null
  visitType: string | null
}

/** One doctor's day, as somewhere to move the appointment to. */
export interface DoctorToMoveTo {
  id: number
  name: string
  gridMinutes: number
  /** Starts at which its whole length fits. */
  fits: number[]
  free: Stretch[]
  open: Stretch[]
  taken: TakenStretch[]
}

export interface MovePageContent {
  appointment: Appointment
  /** The location and the day that are shown. */
  locationId: number
  on: string
  doctors: DoctorToMoveTo[]
  locations: Location[]
  /** The closest first. */
  nearest: Slot[]
  /** What there is at the time that was refused. */
  refusedTime: LookedAt | null
}

export interface MoveWish {
  /** Without them, the day and the place of the appointment. */
  on?: string | undefined
  locationId?: number | undefined
  /** Where it could not go. */
  refused?: { doctorId: number; startAt: string } | undefined
}

/**
 * An appointment, and all the places on one day to which the front desk may move it, in one trip.
 *
 * @throws NotFound for an unknown appointment; NotSignedIn, Forbidden.
 */
export async function readMovePage(ctx: ClinicContext, id: number, wish: MoveWish): Promise<MovePageContent> {
  const person = requireRight(ctx.actor, 'change appointments')
  if (!isDesk(ctx.actor)) throw new Forbidden('This page is for the front desk.')
  const { refused } = wish
  requireLocation(ctx, wish.locationId)
  const look = prepareLook(ctx, refused ? movedTo(id, refused) : null, false)
  const [[appointment], days, nearest, locations, ...looked] = await ctx.db.batch([
    selectAppointment(ctx, person, id),
    ctx.db.execute<DayRow>(dayOf(ctx, id, wish)),
    ctx.db.execute<SlotRow>(nearestTo(ctx, id, refused)),
    allLocations(ctx),
    ...look.queries,
  ])
  if (!appointment) throw new NotFound('appointment')
  return {
    appointment,
    locationId: Number(days.rows[0]?.shown_location_id ?? appointment.location.id),
    on: days.rows[0]?.shown_on ?? wish.on ?? appointment.startLocal.slice(0, 10),
    doctors: days.rows.filter(({ doctor_id }) => doctor_id !== null).map(toDoctor),
    locations: withinReach(ctx, locations),
    nearest: nearest.rows
      .map((row) => toSlot(row, appointment.visitType?.id ?? 0))
      .filter(isOther(appointment)),
    refusedTime: look.read(looked).time,
  }
}

/** The time that it has already is no other time. */
export const isOther =
  ({ doctor, startAt }: Appointment) =>
  (slot: Slot) =>
    slot.doctor.id !== doctor.id || slot.startAt.getTime() !== startAt.getTime()

interface DayRow extends Record<string, unknown> {
  shown_location_id: string
  shown_on: string
  doctor_id: string | null
  doctor: string
  grid_minutes: number
  fits: number[]
  free: Stretch[]
  open: Stretch[]
  taken: {
    appointment_id: number
    starts: number
    ends: number
    status: string
    patient: string | null
    visit_type: string | null
  }[]
}

const moved = (id: number): SQL => sql`
  select
    one.id, one.start_at, one.end_at, one.doctor_id, one.visit_type_id,
    coalesce(one.location_id, doctor.location_id) as location_id, location.time_zone
  from appointments one
  join doctors doctor on doctor.id = one.doctor_id
  join locations location on location.id = coalesce(one.location_id, doctor.location_id)
  where one.id = ${id}::bigint`

function dayOf({ now }: ClinicContext, id: number, { on, locationId }: MoveWish): SQL {
  return sql`
    with moved as materialized (
      select
        id, coalesce(${locationId ?? null}::bigint, location_id) as shown_location_id,
        coalesce(${on ?? null}::date, (start_at at time zone time_zone)::date) as shown_on
      from (${moved(id)}) one
    )
    select moved.shown_location_id, moved.shown_on::text, day.*
    from moved
    left join lateral day_to_move_on(
      moved.id, moved.shown_location_id, moved.shown_on, ${now.toISOString()}::timestamptz
    ) day on true`
}

/** The closest to the time that was refused, or to its own. */
function nearestTo({ now }: ClinicContext, id: number, refused: MoveWish['refused']): SQL {
  return sql`
    with moved as materialized (${moved(id)})
    select near.*, location.name as location
    from moved
    cross join lateral nearest_for_desk(
      coalesce(${refused?.doctorId ?? null}::bigint, moved.doctor_id), moved.location_id,
      coalesce(${refused?.startAt ?? null}, to_char(moved.start_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"')),
      moved.visit_type_id, (extract(epoch from moved.end_at - moved.start_at) / 60)::integer, null,
      ${now.toISOString()}::timestamptz, moved.id
    ) near
    join locations location on location.id = near.location_id
    where moved.end_at > moved.start_at
    order by
      near.doctor_id <> coalesce(${refused?.doctorId ?? null}::bigint, moved.doctor_id),
      abs(extract(epoch from near.start_at - coalesce(
        instant_at(${refused?.startAt ?? null}, moved.time_zone), moved.start_at
      ))),
      near.start_at, near.doctor_id`
}

const movedTo = (movedId: number, { doctorId, startAt }: NonNullable<MoveWish['refused']>): AskedTime => ({
  doctorId,
  startAt,
  movedId,
})

function toDoctor(row: DayRow): DoctorToMoveTo {
  return {
    id: Number(row.doctor_id),
    name: row.doctor,
    gridMinutes: row.grid_minutes,
    fits: row.fits,
    free: row.free,
    open: row.open,
    taken: row.taken.map(({ appointment_id: appointmentId, visit_type: visitType, ...taken }) => ({
      ...taken,
      appointmentId,
      visitType,
    })),
  }
}
