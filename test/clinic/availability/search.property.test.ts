import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type SearchSlots, searchSlots } from '../../../src/clinic/availability/search-slots.ts'
import { openClinic } from '../../support/clinic.ts'
import { seed } from '../../support/seed.ts'

const cases = Number(process.env.CASES ?? 60)
const clinic = await openClinic({ worker: false })
const { sql } = clinic

const now = new Date('2027-03-26T06:00:00Z')
/** Around the night in which the clocks of Berlin change. */
const from = '2027-03-26'
const to = '2027-03-31'
const wholeWindow = [from, to]

/** Twelve doctors at three locations, some at two of them, some nurses; rooms and a device; and what they have to do. */
async function openBusyClinic(seed: number): Promise<void> {
  await sql.query(
    `truncate locations, doctors, patients, visit_types, resources, claims, appointments restart identity cascade`,
  )
  await sql.query(
    `
    create or replace function pg_temp.draw(of integer, below integer) returns integer language sql immutable
    return (abs(hashint8extended(of, ${seed})) % below)::integer;
    insert into locations (name, time_zone) values ('One', 'Europe/Berlin'), ('Two', 'Europe/Berlin'), ('Three', 'Asia/Jakarta');
    insert into doctors (location_id, name, specialty, role, grid_minutes)
    select
      1 + n % 3, 'Dr. ' || n, (array['Surgery', 'Cardiology'])[1 + pg_temp.draw(n, 2)],
      (array['doctor', 'doctor', 'nurse'])[1 + pg_temp.draw(n + 100, 3)], (array[15, 20, 30])[1 + pg_temp.draw(n + 200, 3)]
    from generate_series(1, 12) n;
    insert into doctor_locations (doctor_id, location_id)
    select id, 3 - location_id from doctors where location_id < 3 and pg_temp.draw(id::integer + 300, 2) = 0;
    insert into travel_times values (1, 2, 40);
    insert into weekly_hours (doctor_id, location_id, weekday, opens_at, closes_at)
    select
      doctor_id, location_id, weekday, opens_at, opens_at + (60 + pg_temp.draw(key + 1000, 5) * 60) * interval '1 minute'
    from doctor_locations
    cross join generate_series(1, 7) weekday
    cross join lateral (select (doctor_id * 100 + location_id * 10 + weekday)::integer as key) keyed
    cross join lateral (select time '00:00' + pg_temp.draw(key, 76) * interval '15 minutes' as opens_at) hours
    where pg_temp.draw(key + 500, 4) > 0
    and opens_at < time '19:00';
    insert into visit_types (name, minutes, buffer_after_minutes, daily_cap, horizon_days, notice_minutes) values
      ('Plain', 30, 0, null, 90, 0), ('Buffered and capped', 45, 10, 2, 4, 60), ('With a room', 30, 0, null, 90, 0),
      ('With a nurse and a room', 20, 5, null, 90, 0);
    insert into doctor_visit_types select doctor.id, visit.id from doctors doctor, visit_types visit
    where pg_temp.draw((doctor.id * 10 + visit.id)::integer, 5) > 0;
    insert into resources (location_id, type, kind, name) values
      (1, 'room', 'white', 'A'), (2, 'room', 'white', 'B'), (2, 'room', 'blue', 'C'), (3, 'room', 'blue', 'D');
    insert into visit_type_needs (visit_type_id, type, role, kinds, after_minutes) values
      (3, 'room', null, '{white,blue}', 10), (4, 'role', 'nurse', null, 0), (4, 'room', null, '{white}', 0);
    insert into patients (name) select 'Patient ' || n from generate_series(1, 400) n;
    insert into appointments (doctor_id, location_id, patient_id, visit_type_id, start_at, end_at)
    select distinct on (doctor_id, slot) doctor_id, location_id, n, 2, at, at + interval '45 minutes'
    from generate_series(1, 400) n
    cross join lateral (select 1 + pg_temp.draw(n + 5000, 12) as doctor_id, pg_temp.draw(n + 6000, 160) as slot) drawn
    cross join lateral (select timestamptz '2027-03-26 00:00Z' + slot * interval '45 minutes' as at) time
    cross join lateral (select location_id from doctors where id = drawn.doctor_id) place
    order by doctor_id, slot, n;
    insert into appointments (doctor_id, location_id, patient_id, start_at, end_at)
    select 12, 3, 400, '2027-05-01 00:00Z', '2027-05-01 01:00Z';
    insert into claims (appointment_id, resource_id, part, during)
    select
      (select max(id) from appointments), resource.id, 'room', tstzrange(at, at + interval '3 hours')
    from resources resource,
    lateral (select timestamptz '2027-03-26 08:00Z' + pg_temp.draw(resource.id::integer, 60) * interval '1 hour' as at) time`,
  )
}

/** Every slot that the booking of one doctor would accept, in the order of a search. */
async function listSlots(
  { visitTypeId, specialty, locationId, partOfDay }: SearchSlots,
  [from, to] = wholeWindow,
): Promise<string[]> {
  const hours = { morning: [0, 12], afternoon: [12, 17], evening: [17, 24] }[partOfDay ?? 'morning']
  const { rows } = await sql.query(
    `select slot.start_at, slot.load::int, doctor.id::int, slot.location_id::int
     from doctors doctor
     join locations location on location.id = doctor.location_id
     cross join lateral open_slots(
       doctor.id, $3, $1,
       tstzrange($5::date::timestamp at time zone time_zone, ($6::date + 1)::timestamp at time zone time_zone), false, $7, null
     ) slot
     where ($2::text is null or doctor.specialty = $2)
     and ($4::int[] is null or extract(hour from slot.start_at at time zone time_zone) between $4[1] and $4[2] - 1)
     order by slot.start_at, slot.load, doctor.id, slot.location_id`,
    [visitTypeId, specialty, locationId, partOfDay ? hours : null, from, to, now],
  )
  return rows.map(({ start_at, id, location_id }) => `${start_at.toISOString()} ${id} at ${location_id}`)
}

async function searchAll(search: SearchSlots): Promise<string[]> {
  const found: string[] = []
  let after: SearchSlots['after']
  do {
    const page = await searchSlots(clinic.context({ actor: { kind: 'anonymous' }, now }), {
      ...search,
      after,
    })
    if (!page.ok) return [page.refusal]
    found.push(
      ...page.slots.map((slot) => `${slot.startAt.toISOString()} ${slot.doctor.id} at ${slot.location.id}`),
    )
    after = page.next ?? undefined
  } while (after)
  return found
}

const searches = fc.record({
  visitTypeId: fc.integer({ min: 1, max: 4 }),
  specialty: fc.constantFrom(undefined, undefined, 'Surgery'),
  locationId: fc.constantFrom(undefined, undefined, 1, 2),
  partOfDay: fc.constantFrom(undefined, undefined, 'morning' as const, 'evening' as const),
  limit: fc.integer({ min: 5, max: 60 }),
})

it('finds exactly what each doctor offers, in order, page by page', async () => {
  await openBusyClinic(1)
  let slots = 0
  await fc.assert(
    fc.asyncProperty(searches, async (search) => {
      const wanted = { ...search, from, to }
      const offered = await listSlots(wanted)
      const found = await searchAll(wanted)
      if (offered.length === 0 && found[0] === 'not_offered') return
      expect(found).toEqual(offered)
      slots += found.length
    }),
    { numRuns: cases, seed },
  )
  expect(slots).toBeGreaterThan(10 * cases)
})

it('names the first that is offered after an empty window', async () => {
  await openBusyClinic(2)
  let named = 0
  await fc.assert(
    fc.asyncProperty(searches, fc.integer({ min: 26, max: 31 }), async (search, day) => {
      const window = { from: `2027-03-${day}`, to: `2027-03-${day}` }
      const found = await searchSlots(clinic.context({ actor: { kind: 'anonymous' }, now }), {
        ...search,
        ...window,
        limit: 5,
        looksBeyond: true,
      })
      if (!found.ok) return
      const inWindow = await listSlots({ ...search, ...window }, [window.from, window.to])
      expect(found.slots.length > 0).toBe(inWindow.length > 0)
      expect(found.beyond === undefined).toBe(inWindow.length > 0)
      if (!found.beyond) return
      const { slot } = found.beyond
      const [first] = await listSlots(search, [`2027-03-${day}`, '2027-04-20'])
      const name = slot && `${slot.startAt.toISOString()} ${slot.doctor.id} at ${slot.location.id}`
      expect(name ?? undefined).toEqual(first)
      if (slot) named += 1
    }),
    { numRuns: cases, seed },
  )
  expect(named).toBeGreaterThan(0)
})
