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
  /** Times that were chosen before, for the same doctors and patients. */
  besides?: FreeSlot[]
}

/** Up to `many` times in random order. No two overlap for a doctor or a patient, nor with those `besides`. */
export async function chooseSlots(
  sql: pg.Pool,
  { visitTypeId, patientIds, many, rooms = Number.POSITIVE_INFINITY, besides = [] }: Wanted,
): Promise<FreeSlot[]> {
  const patient = handOut(patientIds, besides)
  const takes = handOutDoctorAndRoom(rooms, besides)
  const chosen: FreeSlot[] = []
  // A few days at a time; all at once would take minutes.
  for (let day = 2; day < days && chosen.length < many; day += 4) {
    const { rows } = await sql.query(
      `select offer.doctor_id::int as doctor, slot.location_id::int as location, slot.start_at as start, slot.end_at as end
       from (
         select * from doctor_visit_types offer
         where visit_type_id = $1
         -- Only people with one location and one row: the times of others depend on one another.
         and 1 = (select count(*) from doctor_locations work where work.doctor_id = offer.doctor_id)
         and 1 = (
           select count(*) from doctors one join doctors same using (resource_id) where one.id = offer.doctor_id
         )
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
      const patientId = takes(doctor, location, cellsOf(start, end)) && patient(cellsOf(start, end))
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
function handOut(patientIds: number[], besides: FreeSlot[]) {
  const busy = new Set(besides.flatMap(({ patientId, ...slot }) => keysOf(patientId, slot)))
  let turn = 0
  return (cells: number[]): number | undefined => {
    for (let tries = 0; tries < patientIds.length; tries++) {
      const patient = patientIds[turn++ % patientIds.length] as number
      if (cells.some((cell) => busy.has(`${patient} ${cell}`))) continue
      for (const cell of cells) busy.add(`${patient} ${cell}`)
      return patient
    }
    return undefined
  }
}

/** Takes the doctor and a room of the location for that time, if both are free. */
function handOutDoctorAndRoom(rooms: number, besides: FreeSlot[]) {
  const busy = new Set(besides.flatMap(({ doctorId, ...slot }) => keysOf(doctorId, slot)))
  const roomsTaken = new Map<string, number>()
  return (doctor: number, location: number, cells: number[]): boolean => {
    const taken = cells.map((cell) => roomsTaken.get(`${location} ${cell}`) ?? 0)
    if (cells.some((cell) => busy.has(`${doctor} ${cell}`)) || taken.some((many) => many >= rooms))
      return false
    for (const [n, cell] of cells.entries()) {
      busy.add(`${doctor} ${cell}`)
      roomsTaken.set(`${location} ${cell}`, (taken[n] as number) + 1)
    }
    return true
  }
}

const keysOf = (id: number, { startAt, endAt }: Pick<FreeSlot, 'startAt' | 'endAt'>) =>
  cellsOf(new Date(startAt), new Date(endAt)).map((cell) => `${id} ${cell}`)

/** The stretches of five minutes that a time takes. */
function cellsOf(start: Date, end: Date): number[] {
  const many = Math.ceil((end.getTime() - start.getTime()) / fiveMinutes)
  return Array.from({ length: many }, (_, n) => start.getTime() + n * fiveMinutes)
}

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
