import type pg from 'pg'

const count = 20

/**
 * Holds a few slots now, found by the clinic's own function and with all constraints in place. Nothing else depends on the
 * clock: holds expire in ten minutes.
 */
export async function holdSlots(client: pg.Client): Promise<void> {
  await client.query(
    `with
     found as (
       select
         doctor.id as doctor_id, doctor.location_id, slot.start_at, slot.end_at,
         (select max(id) from appointments) + row_number() over (order by doctor.id) as id
       from (select id, location_id from doctors order by id limit $1) doctor
       cross join lateral (
         select start_at, end_at
         from open_slots(
           doctor.id, null, 1, tstzrange(now() + interval '1 day', now() + interval '12 days'), false, now(), null
         )
         order by start_at
         limit 1
       ) slot
     ),
     held as (
       select found.*, now() + interval '10 minutes' as expires_at, facts.after, event_hash(row(
         null, id, 1, 'appointment.held', now(), 'anonymous', null, null, 'generated', null, null, facts.after, null, null,
         null, null
       )::events) as hash
       from found
       cross join lateral (
         select appointment_facts(
           'pending', doctor_id, null, 1, start_at, end_at, now() + interval '10 minutes'
         ) as after
         offset 0
       ) facts
     ),
     stored as (
       insert into appointments (
         id, doctor_id, location_id, visit_type_id, status, start_at, end_at, hold_expires_at, stranger_id, event_count,
         last_event_hash
       ) overriding system value
       select id, doctor_id, location_id, 1, 'pending', start_at, end_at, expires_at, md5(id::text)::uuid, 1, hash from held
       returning id
     ),
     anchored as (
       insert into event_heads (appointment_id, event_count, last_event_hash) select id, 1, hash from held
     )
     insert into events (
       id, appointment_id, number, kind, at, actor_kind, request_id, after, hash
     ) overriding system value
     select
       (select max(id) from events) + row_number() over (order by id),
       id, 1, 'appointment.held', now(), 'anonymous', 'generated', after, hash
     from held`,
    [count],
  )
}

/** Continues each table's numbering after the generated rows. */
export async function setSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`
    select table_name as name from information_schema.columns where table_schema = 'public' and is_identity = 'YES'`)
  for (const { name } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence('${name}', 'id'), max(id)) from ${name} having max(id) is not null`,
    )
  await client.query("select setval('resource_ids', max(id)) from resources")
}
