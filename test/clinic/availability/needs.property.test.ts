import fc from 'fast-check'
import { expect, it } from 'vitest'
import { consultRules, findInstant, minute } from '../../support/availability-oracle.ts'
import { openClinic } from '../../support/clinic.ts'
import { type Candidate, canMeet, findFreeTime, toPractice } from '../../support/needs-oracle.ts'
import { seed } from '../../support/seed.ts'

const cases = Number(process.env.CASES ?? 200)
const clinic = await openClinic({ worker: false })

const zone = 'Europe/Berlin'
/** In the night of the clock change, and on an ordinary day. */
const days = ['2027-03-28', '2027-06-14']
const iso = (at: number) => new Date(at).toISOString()
const steps = (min: number, max: number) => fc.integer({ min: min / 5, max: max / 5 }).map((n) => n * 5)
const often = <T>(usual: T, rare: T) => fc.constantFrom(usual, usual, usual, usual, rare)
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`

function imagineCase(day: string) {
  const weekday = new Date(`${day}T00:00Z`).getUTCDay() || 7
  const at = findInstant(zone, `${day}T00:00:00`)
  const hours = fc.tuple(steps(0, 240), steps(60, 360)).map(([opens, length]) => ({
    weekday,
    opens_at: clock(opens),
    closes_at: clock(opens + length),
    starts_on: null,
    ends_on: null,
  }))
  const absences = fc.tuple(steps(0, 420), steps(5, 90)).map(([start, length]) => ({
    starts_at: `${day}T${clock(start)}`,
    ends_at: `${day}T${clock(start + length)}`,
  }))
  /** Seven hours of the day, each taken or not. */
  const taken = fc
    .array(
      fc.record({ gap: steps(0, 120), length: steps(5, 90), expires: fc.constantFrom(null, null, -1, 1) }),
      {
        maxLength: 3,
      },
    )
    .map((times) => {
      let from = at
      return times.map(({ gap, length, expires }) => {
        const start = from + gap * minute
        from = start + length * minute
        return { start_at: iso(start), end_at: iso(from), expires_at: expires && iso(at + expires * minute) }
      })
    })
  const candidate = (type: Candidate['type']) =>
    fc.record({
      type: fc.constant(type),
      role: fc.constantFrom('nurse', 'nurse', 'doctor'),
      specialty: fc.constantFrom('Surgery', 'Anaesthesia'),
      kind: fc.constantFrom('white', 'blue'),
      is_here: often(true, false),
      is_active: often(true, false),
      sort_order: fc.nat(2),
      hours: fc.array(hours, { minLength: type === 'person' ? 1 : 0, maxLength: 2 }),
      absences: fc.array(absences, { maxLength: 1 }),
      taken,
    })
  const minutes = fc.constantFrom(0, 0, 5, 15)
  const need = fc.oneof(
    fc.record({
      type: fc.constant('role' as const),
      role: fc.constantFrom('nurse', 'nurse', 'doctor'),
      specialty: fc.constantFrom(null, null, 'Surgery', 'Anaesthesia'),
      kinds: fc.constant(null),
      before_minutes: minutes,
      after_minutes: minutes,
    }),
    fc.record({
      type: fc.constantFrom('room' as const, 'room' as const, 'device' as const),
      role: fc.constant(null),
      specialty: fc.constant(null),
      kinds: fc.constantFrom(['white'], ['blue'], ['white', 'blue']),
      before_minutes: minutes,
      after_minutes: minutes,
    }),
  )
  return fc.record({
    at: fc.constant(at),
    /** The first is the doctor who is asked for. */
    people: fc.array(candidate('person'), { minLength: 2, maxLength: 4 }),
    things: fc.array(fc.oneof(candidate('room'), candidate('room'), candidate('device')), { maxLength: 4 }),
    needs: fc.array(need, { maxLength: 4 }),
    closures: fc.array(absences, { maxLength: 1 }),
    grid: fc.constantFrom(5, 10, 15),
    length: fc.constantFrom(5, 10, 30, 45),
    buffer: fc.constantFrom(0, 0, 10),
    tries: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
    byDesk: fc.boolean(),
  })
}
type Case = ReturnType<typeof imagineCase> extends fc.Arbitrary<infer Of> ? Of : never

/** Everything of earlier cases stays in the database, elsewhere. Claims belong to appointments of a doctor of their own. */
const insertText = `with asked as (select $1::jsonb as of), here as (
    insert into locations (name, time_zone) values ('Here', '${zone}') returning id
  ), there as (
    insert into locations (name, time_zone) values ('There', '${zone}') returning id
  ), closed as (
    insert into closures (location_id, starts_at, ends_at)
    select here.id, starts_at, ends_at from here, asked, jsonb_populate_recordset(null::closures, of->'closures')
  ), kind as (
    insert into visit_types (name, minutes, buffer_before_minutes, buffer_after_minutes, horizon_days)
    select 'Of ' || here.id, (of->>'length')::smallint, (of->>'buffer')::smallint, (of->>'buffer')::smallint, 3650
    from here, asked returning id
  ), need as (
    insert into visit_type_needs (visit_type_id, type, role, specialty, kinds, before_minutes, after_minutes)
    select kind.id, type, role, specialty, kinds, before_minutes, after_minutes
    from kind, asked, jsonb_populate_recordset(null::visit_type_needs, of->'needs')
  ), numbered as (
    select n, one, case when one->>'type' = 'person' then nextval('resource_ids') end as resource_id,
      case when (one->>'is_here')::boolean then here.id else there.id end as location_id
    from here, there, asked, jsonb_array_elements(of->'candidates') with ordinality as candidate (one, n)
  ), person as (
    insert into doctors (resource_id, location_id, name, role, specialty, grid_minutes, is_active)
    select resource_id, location_id, 'Person ' || n, one->>'role', one->>'specialty', (of->>'grid')::smallint,
      (one->>'is_active')::boolean
    from numbered, asked where resource_id is not null returning id, resource_id
  ), works as (
    insert into doctor_locations select person.id, location_id from person join numbered using (resource_id)
  ), thing as (
    insert into resources (location_id, type, kind, name, sort_order, is_active)
    select location_id, one->>'type', one->>'kind', n::text, (one->>'sort_order')::smallint, (one->>'is_active')::boolean
    from numbered where resource_id is null returning id, name
  ), candidate as (
    select n, one, person.id as doctor_id, resource_id from numbered join person using (resource_id)
    union all
    select n, one, null, thing.id from numbered join thing on thing.name = n::text
  ), work as (
    insert into weekly_hours (doctor_id, weekday, opens_at, closes_at)
    select candidate.doctor_id, weekday, opens_at, closes_at
    from candidate, jsonb_populate_recordset(null::weekly_hours, one->'hours') where candidate.doctor_id is not null
  ), use as (
    insert into resource_hours (resource_id, weekday, opens_at, closes_at)
    select candidate.resource_id, weekday, opens_at, closes_at
    from candidate, jsonb_populate_recordset(null::resource_hours, one->'hours') where candidate.doctor_id is null
  ), leave as (
    insert into time_off (doctor_id, starts_at, ends_at) select candidate.doctor_id, starts_at, ends_at
    from candidate, jsonb_populate_recordset(null::time_off, one->'absences') where candidate.doctor_id is not null
  ), repair as (
    insert into resource_absences (resource_id, starts_at, ends_at) select candidate.resource_id, starts_at, ends_at
    from candidate, jsonb_populate_recordset(null::resource_absences, one->'absences') where candidate.doctor_id is null
  ), taken as (
    insert into claims (appointment_id, resource_id, part, during, expires_at)
    select other.id, candidate.resource_id, case when doctor_id is null then 'room' else 'colleague' end,
      tstzrange(start_at, end_at), expires_at
    from candidate
    cross join rows from (jsonb_to_recordset(one->'taken') as (start_at timestamptz, end_at timestamptz, expires_at timestamptz))
      with ordinality as time (start_at, end_at, expires_at, m)
    join (select id, row_number() over (order by id) as m from appointments where reason_for_visit = 'filler') other using (m)
  ), offer as (
    insert into doctor_visit_types select doctor_id, kind.id from candidate, kind where n = 1
  )
  select doctor_id as doctor, kind.id as kind, here.id as location from candidate, kind, here where n = 1`

await clinic.sql.query(`
  with place as (insert into locations (name, time_zone) values ('Elsewhere', 'UTC') returning id),
  doctor as (insert into doctors (location_id, name) select id, 'Filler' from place returning id),
  patient as (insert into patients (name) values ('Patient Zero') returning id)
  insert into appointments (doctor_id, patient_id, start_at, end_at, reason_for_visit)
  select doctor.id, patient.id, at, at + interval '1 hour', 'filler'
  from doctor, patient, generate_series(timestamptz '2020-01-01', '2020-01-03', '1 day') at`)

let offered = 0
let refused = 0
const utc = (at: number) => iso(at).slice(0, 16)

async function compareAnswers({ at, people, things, needs, tries, byDesk, ...asked }: Case) {
  const [doctor, ...others] = people.map((one, n) =>
    n === 0 ? { ...one, is_here: true, is_active: true } : one,
  )
  if (!doctor) throw new Error('There is a doctor.')
  const candidates = [doctor, ...others, ...things]
  const place = {
    time_zone: zone,
    grid_minutes: asked.grid,
    closures: asked.closures,
    is_offered: true,
    visit_type: {
      minutes: asked.length,
      buffer_before_minutes: asked.buffer,
      buffer_after_minutes: asked.buffer,
      notice_minutes: 0,
      horizon_days: 3650,
      daily_cap: null,
      bookable_online: true,
    },
  }
  const span = { from: at, to: at + 10 * 60 * minute }
  const around = { from: span.from - 300 * minute, to: span.to + 300 * minute }
  const helpers = candidates.slice(1)
  const free = helpers.map((one) => findFreeTime(one, place, at, around))
  const isMet = (start: number) => canMeet(needs, helpers, free, start, start + asked.length * minute)
  const rules = consultRules(toPractice(doctor, place), byDesk, at, span)
  const expected = rules.slots.map(({ start }) => start).filter(isMet)
  offered += expected.length
  refused += rules.slots.length - expected.length

  const values = [JSON.stringify({ ...asked, needs, candidates })]
  const { rows: ids } = await clinic.sql.query({ name: 'insert', text: insertText, values })
  const { doctor: doctorId, kind, location } = ids[0]
  const { rows: slots } = await clinic.sql.query({
    name: 'slots',
    text: `select to_char(start_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI') as start
      from open_slots($1, $2, tstzrange($3, $4), $5, $3) order by start_at`,
    values: [doctorId, kind, iso(span.from), iso(span.to), byDesk],
  })
  expect(slots.map(({ start }) => start)).toEqual(expected.map(utc))

  // Starts on the grid and beside it, most of them when the doctor is free.
  const some = tries.map(
    (n, at) => (rules.slots[n % rules.slots.length]?.start ?? span.from) + (at % 2) * 5 * minute,
  )
  const { rows: picks } = await clinic.sql.query({
    name: 'pick',
    text: `select pick_claims(jsonb_populate_record(null::appointments, jsonb_build_object(
        'id', 0, 'doctor_id', $1::bigint, 'location_id', $2::bigint, 'visit_type_id', $3::bigint, 'status', 'booked',
        'start_at', start_at, 'end_at', start_at + $4 * interval '1 minute'
      )), '{}', false, $5)::text[] as picked
      from unnest($6::timestamptz[]) with ordinality as asked (start_at, n) order by n`,
    values: [doctorId, location, kind, asked.length, iso(at), some.map(iso)],
  })
  expect(picks.map(({ picked }) => picked?.length ?? null)).toEqual(
    some.map((start) => (isMet(start) ? needs.length : null)),
  )
}

it('starts and choices follow the needs, the rooms and the people', {
  timeout: 60_000 + cases * 200,
}, async () => {
  await fc.assert(fc.asyncProperty(fc.constantFrom(...days).chain(imagineCase), compareAnswers), {
    numRuns: cases,
    seed,
  })
  expect(offered).toBeGreaterThan(cases)
  expect(refused).toBeGreaterThan(cases)
})
