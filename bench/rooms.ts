import type pg from 'pg'

/** How many rooms each location has for the visit type that needs one. */
export const roomsAtEach = 10

/** How many rooms the 500 doctors of the search share. */
const sharedRooms = 60

/** A visit type like another one, that needs a room as well. */
export async function addVisitTypeWithRoom(sql: pg.Pool, like: number): Promise<number> {
  const { rows } = await sql.query(
    `insert into visit_types (name, mode, minutes, bookable_online, horizon_days, notice_minutes)
     select 'Benchmark', mode, minutes, true, horizon_days, notice_minutes from visit_types where id = $1
     returning id`,
    [like],
  )
  const [{ id }] = rows
  await sql.query(
    'insert into doctor_visit_types (doctor_id, visit_type_id) select doctor_id, $2 from doctor_visit_types where visit_type_id = $1',
    [like, id],
  )
  await sql.query(
    `insert into visit_type_needs (visit_type_id, type, kinds, after_minutes) values ($1, 'room', '{benchmark}', 0)`,
    [id],
  )
  await sql.query(
    `insert into resources (location_id, type, kind, name, sort_order)
     select id, 'room', 'benchmark', 'Benchmark ' || place, place from locations cross join generate_series(1, $1::int) place`,
    [roomsAtEach],
  )
  return Number(id)
}

/**
 * Gives 500 other doctors a specialty of their own for a search for a visit type that needs a room of the sample data, and
 * closes the rooms at their locations until clean-up, except for 60.
 */
export async function chooseWithRooms(sql: pg.Pool) {
  const { rows } = await sql.query(`
    with
    need as (select visit_type_id from visit_type_needs where type = 'room' order by id limit 1),
    chosen as (
      insert into benchmark_specialties
      select doctor.id, doctor.specialty
      from need
      join doctor_visit_types offer using (visit_type_id)
      join doctors doctor on doctor.id = offer.doctor_id and doctor.specialty <> 'Benchmark'
      order by doctor.location_id, doctor.id
      limit 500
      returning id
    )
    select (select visit_type_id from need) as visit_type_id, array_agg(id) as doctors from chosen`)
  const [{ visit_type_id: visitTypeId, doctors }] = rows
  await sql.query("update doctors set specialty = 'Benchmark with rooms' where id = any ($1)", [doctors])
  await sql.query(
    `create table benchmark_rooms as
     select id, row_number() over (order by place, location_id) > $3::int as is_closed
     from (
       select room.id, room.location_id, row_number() over (partition by room.location_id order by room.id) as place
       from resources room
       join visit_type_needs need on need.visit_type_id = $1 and need.type = 'room' and room.kind = any (need.kinds)
       where room.type = 'room'
       and room.is_active
       and room.location_id in (select location_id from doctor_locations where doctor_id = any ($2))
     ) room`,
    [visitTypeId, doctors, sharedRooms],
  )
  const { rows: open } = await sql.query(`
    with closed as (
      update resources set is_active = false
      where id in (select id from benchmark_rooms where is_closed)
    )
    select count(*)::int as rooms from benchmark_rooms where not is_closed`)
  await sql.query('vacuum analyze doctors, resources')
  const query = new URLSearchParams({ visit_type_id: visitTypeId, specialty: 'Benchmark with rooms' })
  return { query: query.toString(), doctors: doctors.length, rooms: open[0].rooms as number }
}
