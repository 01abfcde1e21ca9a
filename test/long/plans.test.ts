import { sql } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import type { Query } from '../../scripts/local/bridge.ts'
import { searchSlots } from '../../src/clinic/availability/search-slots.ts'
import type { ClinicContext } from '../../src/clinic/context.ts'
import { findDoctor, findDoctors } from '../../src/clinic/doctors/find.ts'
import { openClinic } from '../support/clinic.ts'

const clinic = await openClinic({ worker: false })
const now = new Date('2026-11-22T12:00:00Z')

// Half a year of 500 doctors, nearly full. Constraints and foreign keys are dropped while filling: no read uses them,
// and they would take a minute.
beforeAll(async () => {
  await clinic.sql.query(`
    set session_replication_role = replica;
    alter table claims drop constraint claims_never_twice;
    drop index appointments_by_doctor, appointments_by_patient, appointments_by_expiry;

    insert into locations (name, time_zone)
    select 'Location ' || n, (array['Asia/Jakarta', 'Europe/Berlin', 'America/New_York'])[1 + n % 3]
    from generate_series(1, 50) n;
    insert into doctors (location_id, name, specialty, grid_minutes)
    select 1 + n % 50, 'Dr. ' || n, (array['Cardiology', 'Dermatology', 'Paediatrics', 'Surgery'])[1 + n % 4], 20
    from generate_series(1, 500) n;
    insert into weekly_hours (doctor_id, weekday, opens_at, closes_at)
    select doctor, weekday, opens_at, opens_at + interval '3 hours 40 minutes'
    from generate_series(1, 500) doctor, generate_series(1, 6) weekday,
      (values (time '08:00'), (time '12:00'), (time '16:00')) opening (opens_at);
    insert into visit_types (name, minutes, notice_minutes, daily_cap)
    select 'Visit ' || n, 20 * n, 60, 100 from generate_series(1, 5) n;
    insert into doctor_visit_types select doctor, visit from generate_series(1, 500) doctor, generate_series(1, 5) visit;
    insert into time_off (doctor_id, starts_at, ends_at)
    select doctor, start, start + interval '3 days'
    from generate_series(1, 500) doctor, generate_series(timestamp '2024-01-05', '2027-12-31', '2 months') start;
    insert into closures (location_id, starts_at, ends_at)
    select location, start, start + interval '1 day'
    from generate_series(1, 50) location, generate_series(timestamp '2020-01-01', '2027-12-31', '1 month') start;
    insert into appointments (doctor_id, location_id, patient_id, visit_type_id, start_at, end_at)
    select doctor, 1 + doctor % 50, 1 + (doctor * 7919 + n * 31) % 100000, 1, start_at, start_at + interval '20 minutes'
    from generate_series(1, 500) doctor, generate_series(1, 2000) n,
    lateral (select timestamptz '2026-08-20 01:00Z' + (n / 13) * interval '1 day'
      + (n % 13) * interval '40 minutes' as start_at) at;

    insert into claims select claim.* from appointments one cross join lateral claims_of(one) claim;
    create index claims_never_twice on claims using gist (resource_id, during)
      include (appointment_id, expires_at, location_id) where during is not null;
    create index appointments_by_doctor
      on appointments (doctor_id, start_at, doctor_occupied, hold_expires_at, visit_type_id);
    create index appointments_by_patient on appointments (patient_id, start_at);
    create index appointments_by_expiry on appointments (hold_expires_at) where status = 'pending'`)
  await clinic.sql.query('vacuum analyze')
}, 180_000)

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Function Name'?: string
  Plans?: Node[]
}

/** How the statements of the read's one trip access each table. */
async function readsOf(read: (ctx: ClinicContext) => Promise<unknown>) {
  clinic.takeTrips()
  await read(clinic.context({ now, actor: { kind: 'anonymous' } }))
  const trips = clinic.takeTrips()
  expect(trips).toHaveLength(1)
  const nodes: Node[] = []
  for (const { query, params = [] } of trips.flat() as Query[]) {
    const { rows } = await clinic.sql.query({ text: `explain (format json) ${query}`, values: params })
    collect(rows[0]['QUERY PLAN'][0].Plan, nodes)
  }
  return nodes
}

function collect(node: Node, into: Node[]): void {
  into.push(node)
  for (const child of node.Plans ?? []) collect(child, into)
}

it('there are a million appointments', async () => {
  const { rows } = await clinic.sql.query('select count(*)::int from appointments')
  expect(rows).toEqual([{ count: 1_000_000 }])
})

it.each<[string, (ctx: ClinicContext) => Promise<unknown>]>([
  [
    'a page of doctors',
    (ctx) => findDoctors(ctx, { limit: 50, after: { sortOrder: 0, name: 'Dr. 3', id: 3 } }),
  ],
  ['one doctor', (ctx) => findDoctor(ctx, 77)],
  [
    // The query of free_starts, whose own plan is not visible.
    'two months of one doctor',
    ({ db }) =>
      db.execute(sql`
        select * from open_slots(
          77, null, 1, tstzrange('2026-11-22 00:00+07', '2027-01-21 00:00+07'), false, ${now.toISOString()}::timestamptz, null
        )`),
  ],
  [
    'the first free slots of 500 doctors',
    (ctx) => searchSlots(ctx, { visitTypeId: 1, limit: 20, from: '2026-11-22', to: '2027-01-20' }),
  ],
])('%s: growing tables are read through their indexes only', async (_, read) => {
  const nodes = await readsOf(read)
  // Inlined, or the plan would not show what they read.
  const functions = nodes.flatMap((node) => node['Function Name'] ?? [])
  expect(functions.filter((name) => !/^(generate_series|unnest|jsonb_to_recordset)$/.test(name))).toEqual([])
  const reads = nodes.filter((node) => node['Relation Name'])
  const ofAppointments = reads.filter((node) => node['Relation Name'] === 'appointments')
  for (const node of ofAppointments) expect(node['Node Type']).toBe('Index Only Scan')
  const scanned = reads
    .filter((node) => node['Node Type'] === 'Seq Scan')
    .map((node) => node['Relation Name'])
  // Small tables are read whole faster than through an index, and all doctors are wanted. They grow with the clinic, not
  // with its appointments: doctor_locations has about a row per doctor, visit_type_needs a few per visit type, and
  // settings_states one for each thing that admins manage.
  const few = [
    'locations',
    'visit_types',
    'doctors',
    'doctor_locations',
    'visit_type_needs',
    'travel_times',
    'settings_states',
  ]
  expect(scanned.filter((table) => !few.includes(table as string))).toEqual([])
})
