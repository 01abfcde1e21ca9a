import { sql } from 'drizzle-orm'
import { connect, type Database } from '../../src/database/connect.ts'

interface Bindings {
  DATABASE_URL: string
  NEON_BRIDGE_URL: string
}

let db: Database | undefined

/** One insert under the same constraints, over the same driver and bridge. */
export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    db ??= connect(bindings)
    const { doctor_id, patient_id, visit_type_id, start_at, end_at } = (await request.json()) as Record<
      string,
      string | number
    >
    const { rows } = await db.execute(sql`
      insert into appointments (doctor_id, patient_id, visit_type_id, start_at, end_at)
      values (${doctor_id}, ${patient_id}, ${visit_type_id}, ${start_at}, ${end_at})
      on conflict do nothing
      returning id`)
    return Response.json(rows, { status: rows.length > 0 ? 201 : 409 })
  },
}
