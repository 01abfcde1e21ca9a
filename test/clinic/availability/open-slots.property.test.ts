import fc from 'fast-check'
import { expect, it } from 'vitest'
import { appointmentStatuses } from '../../../drizzle/schema/appointments.ts'
import {
  consultRules,
  dropClashes,
  findInstant,
  listClockChanges,
  minute,
  type Place,
  readClock,
  sampleOffsets,
} from '../../support/availability-oracle.ts'
import { openClinic } from '../../support/clinic.ts'
import { seed } from '../../support/seed.ts'

const cases = Number(process.env.CASES ?? 1000)
const clinic = await openClinic({ worker: false })
// The session's zone must not matter, so here it is one in which midnight comes twice, or never.
clinic.sql.options.options = '-c timezone=America/Havana'

/** In the last five, the clocks change within an hour of midnight. */
const zones =
  `Asia/Jakarta Europe/Berlin America/New_York Australia/Lord_Howe America/St_Johns Africa/Casablanca
  Pacific/Chatham America/Nuuk America/Havana Africa/Cairo Asia/Beirut Atlantic/Azores`.split(/\s+/)
const day = 1440 * minute
const iso = (at: number) => new Date(at).toISOString()

/** Node and PostgreSQL bring their own time-zone data, not always of the same year. */
const { rows: disagreements } = await clinic.sql.query<Place>(
  `select zone, extract(epoch from at)::float8 * 1000 as at
   from jsonb_to_recordset($1) as node (zone text, at timestamptz, seconds int)
   where extract(epoch from (at at time zone zone) - (at at time zone 'UTC')) <> seconds`,
  [JSON.stringify(zones.flatMap((zone) => sampleOffsets(zone, 2024, 6)))],
)
const changes = zones.flatMap((zone) => listClockChanges(zone, 2025, 2028))
const ordinaryDays = zones.map((zone) => ({ zone, at: findInstant(zone, '2025-06-16T00:00') }))
/** The places where both agree from well before until well after. */
const keepAgreed = (places: Place[], days: number) =>
  places.filter(({ zone, at }) =>
    disagreements.every((of) => of.zone !== zone || of.at < at - 20 * day || of.at > at + (days + 20) * day),
  )

const between = (min: number, max: number) => fc.integer({ min, max })
const steps = (min: number, max: number) => between(Math.ceil(min / 5), Math.floor(max / 5)).map((n) => n * 5)
const mostly = <Usual, Rare>(usual: fc.Arbitrary<Usual>, rare: fc.Arbitrary<Rare>) =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: rare })
const usually = mostly(fc.constant(true), fc.constant(false))
const seconds = mostly(fc.constant(0), between(1, 59))
const withSeconds = (minutes: fc.Arbitrary<number>) => fc.tuple(minutes, seconds).map(([m, s]) => m * 60 + s)
const lengths = fc.oneof(steps(5, 30), steps(5, 30), between(5, 180), between(5, 480))
const buffers = mostly(fc.oneof(fc.constant(0), between(0, 30)), between(0, 120))

const toClock = (minutes: number, seconds: number) =>
  [Math.floor(minutes / 60), minutes % 60, seconds].map((part) => String(part).padStart(2, '0')).join(':')
const dayRanges = fc.oneof(
  fc.constantFrom<[number, number][]>([0, 1440], [1320, 1440], [0, 240], [120, 180]),
  fc.tuple(steps(1200, 1435), fc.constant(1440)),
  fc.tuple(steps(0, 240), steps(5, 300)),
  fc.tuple(steps(0, 1435), steps(5, 1440)),
)
const openings = fc.tuple(dayRanges, seconds).map(([[one, other], seconds]) => ({
  opens_at: toClock(Math.min(one, other), seconds),
  closes_at: toClock(Math.max(one, other, Math.min(one, other) + 5), 0),
}))

/** Everything that happens within so many days of a place. */
function imagineCase({ zone, at }: Place, asOf: number, days: number) {
  const clock = readClock(zone, at - 1)
    .toPlainDateTime()
    .round('second')
  const dates = (min: number, max: number) =>
    between(min, max).map((days) => clock.toPlainDate().add({ days }))
  const anywhere = steps(-2160, days * 1440)
  const minutes = fc.oneof(steps(-90, 90), anywhere, anywhere)
  const instants = withSeconds(minutes).map((seconds) => at + seconds * 1000)
  const absenceLengths = mostly(steps(5, 60), steps(5, 900))
  const absences = fc.tuple(withSeconds(minutes), absenceLengths).map(([seconds, minutes]) => {
    const start = clock.add({ seconds })
    return { starts_at: start.toString(), ends_at: start.add({ minutes }).toString() }
  })
  const hours = fc
    .record({
      date: mostly(dates(-1, 1), dates(-3, 3)),
      opening: openings,
      starts_on: mostly(fc.constant(null), dates(-3, days)),
      length: mostly(fc.constant(null), between(0, days + 3)),
    })
    .map(({ date, opening, starts_on, length }) => ({
      weekday: date.dayOfWeek,
      ...opening,
      starts_on: starts_on?.toString() ?? null,
      ends_on: length === null ? null : (starts_on ?? date).add({ days: length }).toString(),
    }))
  const appointments = fc
    .record({
      doctor: mostly(fc.constant('asked' as const), fc.constant('colleague' as const)),
      visit_type: fc.constantFrom('asked' as const, 'asked' as const, 'other' as const, null),
      status: fc.constantFrom(...appointmentStatuses, 'pending' as const),
      start: instants,
      length: lengths,
      buffer_before_minutes: buffers,
      buffer_after_minutes: buffers,
      expires: fc.constantFrom(-60, -1, 0, 1, 60),
    })
    .map(({ start, length, expires, ...rest }) => ({
      ...rest,
      start_at: iso(start),
      end_at: iso(start + length * minute),
      hold_expires_at: rest.status === 'pending' ? iso(asOf + expires * minute) : null,
    }))
  return fc.record({
    practice: fc.record({
      time_zone: fc.constant(zone),
      grid_minutes: fc.constantFrom(5, 5, 10, 15, 15, 20, 30, 45, 60, 90, 120),
      hours: fc.array(hours, { minLength: 1, maxLength: 6, size: 'max' }),
      time_off: fc.array(absences, { maxLength: 2 }),
      closures: fc.array(absences, { maxLength: 2 }),
      appointments: fc.array(appointments, { maxLength: days > 3 ? 40 : 8 }).map(dropClashes),
      is_offered: usually,
      visit_type: fc.record({
        minutes: lengths,
        buffer_before_minutes: buffers,
        buffer_after_minutes: buffers,
        notice_minutes: fc.oneof(fc.constant(0), between(0, 600), between(0, 2880)),
        horizon_days: fc.oneof(between(1, 3), between(1, days + 12)),
        daily_cap: fc.constantFrom(null, null, 1, 2, 3),
        bookable_online: usually,
      }),
    }),
    byDesk: fc.boolean(),
    asOf: fc.constant(asOf),
    from: withSeconds(steps(-2160, 0)).map((seconds) => at + seconds * 1000),
    length: withSeconds(steps((days - 2) * 1440, days * 1440)).map((seconds) => seconds * 1000),
    bounds: fc.constantFrom('[)', '[)', '[]', '()', '(]'),
    slots: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
    others: fc.array(instants, { minLength: 4, maxLength: 4 }),
    middle: fc.constant(at),
  })
}

const imagineCases = (places: Place[], days: number) =>
  fc
    .tuple(fc.constantFrom(...places), withSeconds(fc.oneof(steps(-2880, 0), steps(-12 * 1440, 1440))))
    .chain(([place, seconds]) => imagineCase(place, place.at + seconds * 1000, days))

const terms =
  'minutes, buffer_before_minutes, buffer_after_minutes, notice_minutes, horizon_days, daily_cap, bookable_online'
const meeting = 'status, start_at, end_at, buffer_before_minutes, buffer_after_minutes, hold_expires_at'
/** Adds a colleague and another visit type; all earlier cases stay in the database too. */
const insertText = `with place as (
    insert into locations (name, time_zone) values ('Menteng', $1::jsonb->>'time_zone') returning id
  ), doctor as (
    insert into doctors (location_id, name, grid_minutes) select id, which, ($1->>'grid_minutes')::smallint
    from place, unnest(array['asked', 'colleague']) as which returning id, name as which
  ), kind as (
    insert into visit_types (name, ${terms}) select which || ' ' || place.id, ${terms}
    from place, unnest(array['asked', 'other']) as which, jsonb_populate_record(null::visit_types, $1->'visit_type')
    returning id, split_part(name, ' ', 1) as which
  ), offers as (
    insert into doctor_visit_types select doctor.id, kind.id from doctor, kind
    where (doctor.which, kind.which) <> ('asked', 'asked') or ($1->>'is_offered')::boolean
  ), hours as (
    insert into weekly_hours (doctor_id, weekday, opens_at, closes_at, starts_on, ends_on)
    select doctor.id, weekday, opens_at, closes_at, starts_on, ends_on
    from doctor, jsonb_populate_recordset(null::weekly_hours, $1->'hours') where which = 'asked'
  ), leave as (
    insert into time_off (doctor_id, starts_at, ends_at) select doctor.id, starts_at, ends_at
    from doctor, jsonb_populate_recordset(null::time_off, $1->'time_off') where which = 'asked' on conflict do nothing
  ), closed as (
    insert into closures (location_id, starts_at, ends_at) select place.id, starts_at, ends_at
    from place, jsonb_populate_recordset(null::closures, $1->'closures') on conflict do nothing
  ), patient as (
    insert into patients (name) select 'Patient Zero' from jsonb_array_elements($1->'appointments') returning id
  ), agreed as (
    insert into appointments (doctor_id, patient_id, visit_type_id, ${meeting})
    select doctor.id, patient.id, kind.id, ${meeting}
    from jsonb_array_elements($1->'appointments') with ordinality as of (one, n)
    cross join jsonb_populate_record(null::appointments, one)
    join (select id, row_number() over () as n from patient) as patient using (n)
    join doctor on doctor.which = one->>'doctor' left join kind on kind.which = one->>'visit_type'
  )
  select doctor.id as doctor, kind.id as kind, place.id as place from doctor, kind, place where (doctor.which, kind.which) = ('asked', 'asked')`

const listPieces = (time: string) => `
  (select coalesce(jsonb_agg(jsonb_build_array(lower(piece) at time zone 'UTC', upper(piece) at time zone 'UTC')
      order by piece), '[]') from ${time}, unnest(during) as piece)`
/** Instants in UTC without their zone, which makes differences easy to read. */
const askText = `select
  (select coalesce(jsonb_agg(jsonb_build_array(start_at at time zone 'UTC', end_at at time zone 'UTC', load)
      order by start_at), '[]') from open_slots($1, null, $2, $3, $4, $5, null)) as slots,
  (select jsonb_agg(jsonb_build_array(at at time zone 'UTC', is_open_slot($1, null, $2, at, $4, $5, null),
      judge_slot($1, $10, $2, at, $4, $5, null) is null) order by n)
    from unnest($6::timestamptz[]) with ordinality as asked (at, n)) as verdicts,
  ${listPieces('open_time($1, $10, $7)')} as open, ${listPieces('free_time($1, $10, $7, $8, $9, $5, null)')} as free`
const utc = (at: number) => iso(at).slice(0, 19)

type Case = ReturnType<typeof imagineCases> extends fc.Arbitrary<infer Of> ? Of : never
let offered = 0

async function compareAnswers({ practice, byDesk, asOf, from, length, bounds, ...asked }: Case) {
  const to = from + length
  const rules = consultRules(practice, byDesk, asOf, { from, to })
  const slots = rules.slots.filter(
    ({ start }) => (bounds[0] === '[' || start > from) && (bounds[1] === ']' || start < to),
  )
  offered += slots.length
  const hardest = [-60, -40, -20, 0, 20, 40].map((minutes) => asked.middle + minutes * minute)
  const some = asked.slots.flatMap((n) => slots[n % slots.length]?.start ?? [])
  const wanted = [...hardest, ...asked.others, ...some]

  const judge = (isOffered: boolean) => [isOffered, isOffered || !rules.isAnswered]
  const { rows: ids } = await clinic.sql.query({ name: 'insert', text: insertText, values: [practice] })
  const within = `${iso(from)},${iso(to)}`
  const question = [`${bounds[0]}${within}${bounds[1]}`, byDesk, iso(asOf), wanted.map(iso), `[${within})`]
  const { buffer_before_minutes: before, buffer_after_minutes: after } = practice.visit_type
  const values = [
    ids[0].doctor,
    ids[0].kind,
    ...question,
    `${before} minutes`,
    `${after} minutes`,
    ids[0].place,
  ]
  const { rows: answers } = await clinic.sql.query({ name: 'ask', text: askText, values })
  expect(answers[0]).toEqual({
    slots: slots.map(({ start, end, load }) => [utc(start), utc(end), load]),
    verdicts: wanted.map((at) => [utc(at), ...judge(rules.offers(at))]),
    open: rules.open.map(({ from, to }) => [utc(from), utc(to)]),
    free: rules.free.map(({ from, to }) => [utc(from), utc(to)]),
  })
}

const check = (places: Place[], days: number, numRuns: number) =>
  fc.assert(fc.asyncProperty(imagineCases(places, days), compareAnswers), { numRuns, seed })
const patience = { timeout: 60_000 + cases * 100 }

it('Node and PostgreSQL agree on most clock changes of every zone', () => {
  const count = (places: Place[], zone: string) => places.filter((place) => place.zone === zone).length
  for (const zone of zones) {
    expect(count(keepAgreed(changes, 3), zone)).toBeGreaterThanOrEqual(count(changes, zone) / 2)
    expect(count(keepAgreed([...changes, ...ordinaryDays], 62), zone)).toBeGreaterThan(0)
  }
  expect(changes.length).toBeGreaterThan(80)
})

it('slots around any clock change follow the rules', patience, async () => {
  await check(keepAgreed([...changes, ...ordinaryDays], 3), 3, cases)
  expect(offered).toBeGreaterThan(cases)
})

it('slots over two months with clock changes follow the rules', patience, async () => {
  const places = keepAgreed([...changes, ...ordinaryDays], 62)
  const ramadans = places.filter(({ zone }) => zone === 'Africa/Casablanca')
  await check(places, 62, Math.ceil(cases / 100))
  await check(ramadans, 62, Math.ceil(cases / 100))
})
