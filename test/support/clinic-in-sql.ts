import type pg from 'pg'
import type { Clinic, Start } from './clinic-oracle.ts'
import type { Claim, Span } from './diary.ts'
import type { Entry } from './enter-agreed.ts'
import type { Request } from './wishes-of-clinic.ts'

/** A Monday, in a zone without clock changes: those have a property test of their own. */
const day = '2027-06-14'
const zone = 'Asia/Jakarta'

/** A minute of that day on the wall clock, and as an instant. */
const toClock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const toLocal = (minute: number) => `${day}T${toClock(minute)}`
const toInstant = (minute: number) => `${toLocal(minute)}+07:00`
const minuteOf = (instant: string) =>
  `(extract(epoch from ${instant} at time zone '${zone}' - timestamp '${day}') / 60)::integer`

/** Ids, so that nothing needs to be looked up: those of the database are the oracle's numbers and so much. */
const id = (number: number) => number + 1
const idOf = (number: number | null) => (number === null ? null : id(number))
const personId = (number: number) => number + 101
const thingId = (number: number) => number + 201

const whoIs = (resource: number) => {
  if (resource < 0) return `patient ${-resource - 1}`
  return resource < thingId(0) ? `person ${resource - personId(0)}` : `thing ${resource - thingId(0)}`
}
const resourceOf = (who: string) => {
  const [kind, number] = who.split(' ')
  if (kind === 'patient') return -id(Number(number))
  return kind === 'person' ? personId(Number(number)) : thingId(Number(number))
}

interface StoredClaim extends Span {
  resource: number
  location: number | null
}
const toClaim = ({ resource, location, from, to }: StoredClaim): Claim => ({
  who: whoIs(resource),
  place: location === null ? null : location - 1,
  from,
  to,
})

const absence = ({ from, to }: Span) => ({ starts_at: toLocal(from), ends_at: toLocal(to) })
const opening = ({ from, to }: Span) => ({ weekday: 1, opens_at: toClock(from), closes_at: toClock(to) })
const each = <Of, Row>(list: Of[], toRows: (one: Of, number: number) => Row[]) => list.flatMap(toRows)

function listRows({ places, ways, rows, things, types }: Clinic) {
  const pairs = [
    [1, 2],
    [1, 3],
    [2, 3],
  ]
  return {
    locations: places.map(({ is_active }, n) => ({
      id: id(n),
      name: `Place ${n}`,
      time_zone: zone,
      is_active,
    })),
    closures: each(places, ({ closures }, n) =>
      closures.map((closure) => ({ location_id: id(n), ...absence(closure) })),
    ),
    travel_times: each(ways, (minutes, n) => {
      const [one_location_id, other_location_id] = pairs[n] as [number, number]
      return minutes === 0 ? [] : [{ one_location_id, other_location_id, minutes }]
    }),
    doctors: rows.map(({ person, role, specialty, is_active, grid_minutes, hours }, n) => ({
      id: id(n),
      resource_id: personId(person),
      location_id: id(hours[0]?.place ?? 0),
      name: `Row ${n}`,
      role,
      specialty,
      is_active,
      grid_minutes,
    })),
    doctor_locations: each(rows, ({ hours }, n) =>
      [...new Set(hours.map(({ place }) => place))].map((place) => ({
        doctor_id: id(n),
        location_id: id(place),
      })),
    ),
    weekly_hours: each(rows, ({ hours }, n) =>
      hours.map(({ place, ...span }) => ({ doctor_id: id(n), location_id: id(place), ...opening(span) })),
    ),
    time_off: each(rows, ({ time_off }, n) =>
      time_off.map(({ place, kind, ...span }) => ({
        doctor_id: id(n),
        kind,
        location_id: idOf(place),
        ...absence(span),
      })),
    ),
    resources: things.map(({ place, type, kind, is_active }, n) => ({
      id: thingId(n),
      location_id: id(place),
      type,
      kind,
      name: `Thing ${n}`,
      is_active,
    })),
    resource_hours: each(things, ({ hours }, n) =>
      hours.map((span) => ({ resource_id: thingId(n), ...opening(span) })),
    ),
    resource_absences: each(things, ({ absences }, n) =>
      absences.map((span) => ({ resource_id: thingId(n), ...absence(span) })),
    ),
    visit_types: types.map(({ needs: _, ...terms }, n) => ({
      id: id(n),
      name: `Type ${n}`,
      horizon_days: 3650,
      ...terms,
    })),
    visit_type_needs: each(types, ({ needs }, n) => needs.map((need) => ({ visit_type_id: id(n), ...need }))),
    doctor_visit_types: each(rows, ({ offers }, n) =>
      offers.map((type) => ({ doctor_id: id(n), visit_type_id: id(type) })),
    ),
    patients: [0, 1, 2, 3, 4].map((n) => ({ id: id(n), name: `Patient ${n}` })),
  }
}

const insertAll = (tables: Record<string, object[]>) =>
  Object.entries(tables)
    .filter(([, rows]) => rows.length > 0)
    .map(([table, rows]) => {
      const columns = Object.keys(rows[0] as object).join(', ')
      return `${table}_rows as (
        insert into ${table} (${columns}) overriding system value
        select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb->'${table}') on conflict do nothing
      )`
    })
    .join(', ')

/** Stores a clinic and what is in its books; the caller's transaction takes it back. */
export async function storeClinic(client: pg.PoolClient, clinic: Clinic, entries: Entry[]): Promise<void> {
  const tables = listRows(clinic)
  await client.query(`with ${insertAll(tables)} select`, [JSON.stringify(tables)])
  if (entries.length === 0) return
  const appointments = entries.map((entry) => ({
    id: entry.id,
    doctor_id: id(entry.row),
    location_id: id(entry.place),
    visit_type_id: idOf(entry.type),
    patient_id: idOf(entry.patient),
    status: entry.status,
    start_at: toInstant(entry.from),
    end_at: toInstant(entry.to),
    buffer_before_minutes: entry.before,
    buffer_after_minutes: entry.after,
    hold_expires_at: entry.expires === null ? null : toInstant(entry.expires),
    capacity: entry.capacity,
    session_id: entry.session,
    place: entry.seat,
  }))
  await client.query(`with ${insertAll({ appointments })} select`, [JSON.stringify({ appointments })])
  // What its row does not say: a trigger has already claimed the doctor and the patient.
  const others = entries
    .filter(({ status }) => status !== 'cancelled')
    .flatMap(({ id, expires, others }) =>
      others.map(({ part, who, place, from, to }) => ({
        appointment_id: id,
        resource_id: resourceOf(who),
        part,
        location_id: idOf(place),
        during: `[${toInstant(from)},${toInstant(to)})`,
        expires_at: expires === null ? null : toInstant(expires),
        before_minutes: 0,
        after_minutes: 0,
      })),
    )
  if (others.length > 0)
    await client.query(`with ${insertAll({ claims: others })} select`, [JSON.stringify({ claims: others })])
}

/** Every start that the database offers, at any of a row's places, as `row place type minute`. */
export async function listOffered(client: pg.PoolClient, clinic: Clinic, byDesk: boolean): Promise<Start[]> {
  const { rows } = await client.query({
    name: 'offered',
    text: `select doctor.id::integer - 1 as row, slot.location_id::integer - 1 as place, visit.id::integer - 1 as type,
        ${minuteOf('slot.start_at')} as at
      from doctors doctor
      cross join visit_types visit
      cross join open_slots(doctor.id, null, visit.id, tstzrange($1, $2), $3, $4, null) slot
      order by 1, 2, 3, 4`,
    values: [toInstant(0), toInstant(1439), byDesk, toInstant(clinic.as_of)],
  })
  return rows
}

/** Those of these starts for which the database finds nobody, or nothing, to meet a need. */
export async function listUnmet(client: pg.PoolClient, clinic: Clinic, starts: Start[]): Promise<Start[]> {
  const wanted = starts.map(({ row, place, type, at }) => ({
    ...{ id: 0, status: 'booked', doctor_id: id(row), location_id: id(place), visit_type_id: id(type) },
    start_at: toInstant(at),
    end_at: toInstant(at + (clinic.types[type]?.minutes ?? 0)),
  }))
  const { rows } = await client.query({
    name: 'unmet',
    text: `select n::integer
      from jsonb_array_elements($1::jsonb) with ordinality as asked (wanted, n)
      where pick_claims(jsonb_populate_record(null::appointments, wanted), '{}', false, $2) is null`,
    values: [JSON.stringify(wanted), toInstant(clinic.as_of)],
  })
  return rows.map(({ n }) => starts[n - 1] as Start)
}

export interface Answer {
  verdict: string | null
  id: number | null
  row: number
  place: number
  claims: Claim[]
}

/** Begins an appointment, and takes it back unless it `lasts`. */
export const attemptFunction = `
  create function pg_temp.attempt(request jsonb, lasts boolean) returns jsonb language plpgsql as $$
  declare
    wanted appointments := jsonb_populate_record(null::appointments, request->'wanted');
    wish wish := jsonb_populate_record(null::wish, request->'wish');
    acting acting := jsonb_populate_record(null::acting, request->'acting');
    answer jsonb;
    begun bigint;
  begin
    begin
      answer := case
        when (request->>'is_session')::boolean then begin_session(wanted, wish, acting)
        else begin_appointment(wanted, wish, acting)
      end->0->0;
      begun := answer->>'id';
      answer := jsonb_build_object('id', begun, 'verdict', answer->'verdict') || coalesce((
        select jsonb_build_object('row', doctor_id - 1, 'place', location_id - 1, 'claims', (
          select jsonb_agg(jsonb_build_object(
            'resource', resource_id, 'location', claim.location_id,
            'from', ${minuteOf('lower(during)')}, 'to', ${minuteOf('upper(during)')}
          ))
          from claims claim where appointment_id = begun
        ))
        from appointments where id = begun
      ), '{}');
      if not lasts then
        raise exception using errcode = 'TRIED';
      end if;
    exception when sqlstate 'TRIED' then
    end;
    return answer;
  end $$`

export async function attempt(
  client: pg.PoolClient,
  clinic: Clinic,
  requests: Request[],
  lasts: boolean,
): Promise<Answer[]> {
  const acting = { as_of: toInstant(clinic.as_of), actor_kind: 'front_desk', request_id: 'property' }
  const asked = requests.map((request) => ({
    is_session: request.kind === 'session',
    wanted: {
      status: 'booked',
      doctor_id: idOf(request.row),
      visit_type_id: idOf(request.type),
      patient_id: idOf(request.patient),
      session_id: request.session,
    },
    wish: {
      event: 'appointment.booked',
      location_id: idOf(request.place),
      starts: request.at === null ? null : toLocal(request.at),
    },
    // Which rules bind is only up to `by_desk`.
    acting: { ...acting, by_desk: request.by_desk },
  }))
  const { rows } = await client.query({
    name: 'attempt',
    text: 'select pg_temp.attempt(request, $2) as answer from jsonb_array_elements($1::jsonb) with ordinality as asked (request, n) order by n',
    values: [JSON.stringify(asked), lasts],
  })
  return rows.map(({ answer }) => ({ ...answer, claims: (answer.claims ?? []).map(toClaim) }))
}
