import { sql } from 'drizzle-orm'
import { connect, type Database } from '../../src/database/connect.ts'

interface Bindings {
  DATABASE_URL: string
  NEON_BRIDGE_URL: string
}

let db: Database | undefined

/** One insert under the same constraint, over the same driver and bridge: two claims and their appointment. */
export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    db ??= connect(bindings)
    const { doctor_id, patient_id, visit_type_id, start_at, end_at } = (await request.json()) as Record<
      string,
      string | number
    >
    const { rows } = await db.execute(sql`
      with
      wanted as (
        select nextval('appointments_id_seq') as id, resource_id, location_id
        from doctors
        where id = ${doctor_id}
      ),
      taken as (
        insert into claims (appointment_id, resource_id, part, doctor_id, location_id, during)
        select wanted.id, claim.*, tstzrange(${start_at}, ${end_at})
        from wanted
        cross join lateral (values
          (wanted.resource_id, 'doctor', ${doctor_id}::bigint, wanted.location_id),
          (-${patient_id}::bigint, 'patient', null, null)
        ) claim (resource_id, part, doctor_id, location_id)
        order by claim.resource_id
        on conflict do nothing
        returning 1
      )
      insert into appointments (id, doctor_id, location_id, patient_id, visit_type_id, start_at, end_at)
      overriding system value
      select id, ${doctor_id}, location_id, ${patient_id}, ${visit_type_id}, ${start_at}, ${end_at}
      from wanted
      where (select count(*) from taken) = 2
      returning id`)
    return Response.json(rows, { status: rows.length > 0 ? 201 : 409 })
  },
}
