import { type SQL, sql } from 'drizzle-orm'
import { type ClinicContext, locationsOf, personOf } from '../context.ts'

/** A doctor takes time off; a location is closed; a room or device is out of order. */
export type Absentee = 'doctor' | 'location' | 'resource'

/** Conditions that keep a front desk account to the absences at the locations that it is bound to. */
export interface AbsenceReach {
  /** Whether the doctor works at one of them, or it is a location or a resource there. */
  knows: SQL
  /** Of an absence at this location, or at all: whether it concerns no others. */
  mayChange: (locationId: SQL) => SQL
  /** Of a row in the list. */
  sees: SQL
  /** Of an appointment `one` at that time. */
  seesAppointment: SQL
}

export function absenceReachOf(ctx: ClinicContext, absentee: Absentee, absenteeId: number): AbsenceReach {
  const bound = locationsOf(personOf(ctx.actor))
  const [all, id] = [sql`true`, sql`${absenteeId}::bigint`]
  if (!bound) return { knows: all, mayChange: () => all, sees: all, seesAppointment: all }
  const own = sql`${`{${bound}}`}::bigint[]`
  if (absentee === 'doctor')
    return {
      knows: sql`exists (select from doctor_locations where doctor_id = ${id} and location_id = any (${own}))`,
      mayChange: (locationId) => sql`(
        select bool_and(work.location_id = any (${own}))
        from doctor_locations work
        where work.doctor_id = ${id} and work.location_id = coalesce(${locationId}, work.location_id)
      )`,
      sees: sql`coalesce(time_off.location_id = any (${own}), true)`,
      seesAppointment: sql`location_of(one) = any (${own})`,
    }
  const isThere =
    absentee === 'location'
      ? sql`${id} = any (${own})`
      : sql`(select location_id = any (${own}) from resources where id = ${id})`
  return { knows: isThere, mayChange: () => isThere, sees: all, seesAppointment: all }
}
