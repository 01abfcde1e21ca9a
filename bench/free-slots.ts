import type pg from 'pg'

/** A time that can be booked online, and a patient for it. */
export interface FreeSlot {
  doctorId: number
  patientId: number
  startAt: string
  endAt: string
}

const fiveMinutes = 300_000
/** How far ahead to look; every visit type of the sample data allows this. */
const days = 150

/** The visit type most doctors offer among those that are bookable online, without cap, buffers and needs. */
export async function findVisitType(sql: pg.Pool): Promise<number> {
  const { rows } = await sql.query(`
    select visit.id
    from visit_types visit
    join doctor_visit_types offer on offer.visit_type_id = visit.id
    where bookable_online and daily_cap is null and buffer_before_minutes = 0 and buffer_after_minutes = 0
    and visit.id not in (select visit_type_id from visit_type_needs)
    group by visit.id
    order by count(*) desc, visit.id
    limit 1`)
  return Number(rows[0].id)
}

interface Wanted {
  visitTypeId: number
  patientIds: number[]
  many: number
  /** How many rooms each location has for it; without one, as many as anyone needs. */
  rooms?: number
}

/** Up to `many` times in random order, of which no two overlap for a doctor or a patient. */
export async function chooseSlots(
  sql: pg.Pool,
  { visitTypeId, patientIds, many, rooms = Number.POSITIVE_INFINITY }: Wanted,
): Promise<FreeSlot[]> {
  const patient = handOut(patientIds)
  const takes = handOutDoctorAndRoom(rooms)
  const chosen: FreeSlot[] = []
  // A few days at a time; all at once would take minutes.
  for (let day = 2; day < days && chosen.length < many; day += 4) {
    const { rows } = await sql.query(
      `select offer.doctor_id::int as doctor, slot.location_id::int as location, slot.start_at as start, slot.end_at as end
       from (
         select * from doctor_visit_types where visit_type_id = $1
         order by hashint8extended(doctor_id, $2::bigint) limit $3
       ) offer
       cross join lateral open_slots(
         offer.doctor_id, null, offer.visit_type_id,
         tstzrange(now() + $2::int * interval '1 day', now() + ($2::int + 4) * interval '1 day'), false, now(), null
       ) slot
       order by offer.doctor_id, slot.start_at`,
      // Never more doctors than patients.
      [visitTypeId, day, patientIds.length],
    )
    for (const { doctor, location, start, end } of rows as Row[]) {
      const patientId = takes(doctor, location, start, end) && patient(start.getTime(), end.getTime())
      if (!patientId) continue
      chosen.push({ doctorId: doctor, patientId, startAt: start.toISOString(), endAt: end.toISOString() })
    }
  }
  return shuffle(chosen).slice(0, many)
}

interface Row {
  doctor: number
  location: number
  start: Date
  end: Date
}

/** Returns the next patient who is free at that time, in turn. */
function handOut(patientIds: number[]) {
  const busy = new Set<string>()
  let turn = 0
  return (start: number, end: number): number | undefined => {
    const cells = cellsOf(start, end)
    for (let tries = 0; tries < patientIds.length; tries++) {
      const patient = patientIds[turn++ % patientIds.length] as number
      if (cells.some((cell) => busy.has(`${patient} ${cell}`))) continue
      for (const cell of cells) busy.add(`${patient} ${cell}`)
      return patient
    }
    return undefined
  }
}

/** Takes the doctor and a room of the location for that time, if both are free. Times are asked for in order. */
function handOutDoctorAndRoom(rooms: number) {
  const occupiedUntil = new Map<number, number>()
  const roomsTaken = new Map<string, number>()
  return (doctor: number, location: number, start: Date, end: Date): boolean => {
    const cells = cellsOf(start.getTime(), end.getTime()).map((cell) => `${location} ${cell}`)
    if (start.getTime() < (occupiedUntil.get(doctor) ?? 0)) return false
    if (cells.some((cell) => (roomsTaken.get(cell) ?? 0) >= rooms)) return false
    occupiedUntil.set(doctor, end.getTime())
    for (const cell of cells) roomsTaken.set(cell, (roomsTaken.get(cell) ?? 0) + 1)
    return true
  }
}

const cellsOf = (start: number, end: number) =>
  Array.from({ length: Math.ceil((end - start) / fiveMinutes) }, (_, n) => start + n * fiveMinutes)

/** A reproducible shuffle, so that two runs do the same. */
function shuffle<T>(items: T[]): T[] {
  let state = 1
  const draw = (below: number) => {
    state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647 || 1
    return state % below
  }
  for (let last = items.length - 1; last > 0; last--) {
    const other = draw(last + 1)
    ;[items[last], items[other]] = [items[other] as T, items[last] as T]
  }
  return items
}
