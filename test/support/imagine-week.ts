import type pg from 'pg'
import { dayAfter, type Hours, type ImaginedVisit, type ImaginedWeek, instantOf } from './figures-oracle.ts'
import { addResource, defineVisitType, hireDoctor, openLocation, registerPatient } from './people.ts'

/** The same numbers for the same seed (mulberry32). */
function dice(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (most: number) => Math.floor(next() * most)
  const pick = <T>(all: readonly T[]): T => all[below(all.length)] as T
  return { below, pick, chance: (share: number) => next() < share }
}

// Weeks in which clocks change, and one in which they do not.
const weeks = [
  ['Asia/Jakarta', '2026-11-30'],
  ['Europe/Berlin', '2026-10-19'],
  ['Europe/Berlin', '2027-03-22'],
  ['America/New_York', '2026-10-26'],
  ['Australia/Lord_Howe', '2026-09-28'],
] as const

const at = (minute: number | null) => (minute === null ? null : new Date(minute * 60_000))

type Dice = ReturnType<typeof dice>
type Place = { timeZone: string; monday: string; locationId: number }

/** Enters a location with random hours, absences and appointments in a week, and says what was entered. */
export async function imagineWeek(
  sql: pg.Pool,
  seed: number,
): Promise<ImaginedWeek & { locationId: number }> {
  const thrown = dice(seed)
  const [timeZone, monday] = weeks[seed % weeks.length] as (typeof weeks)[number]
  const place = { timeZone, monday, locationId: await openLocation(sql, timeZone) }
  const visitTypes = [await defineVisitType(sql), await defineVisitType(sql)]
  const doctors: ImaginedWeek['doctors'] = []
  for (let n = 0; n < 3; n++) doctors.push(await imagineDoctor(sql, thrown, place, visitTypes))
  const rooms = [await imagineRoom(sql, place, []), await imagineRoom(sql, place, randomHours(thrown))]
  const closures = thrown.chance(0.4) ? [await close(sql, place)] : []
  const visits = doctors.flatMap((doctor, n) =>
    imagineVisits(thrown, place, { doctorId: doctor.id, roomId: rooms[n]?.id ?? null, visitTypes }),
  )
  for (const visit of visits) await enter(sql, visit, place.locationId)
  return { ...place, doctors, rooms, closures, visits }
}

const randomHours = ({ chance, pick }: Dice): Hours[] =>
  [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => {
    if (!chance(0.6)) return []
    if (chance(0.2)) return [{ weekday, opens: '00:00', closes: '24:00' }]
    return [
      { weekday, opens: '08:00', closes: '12:00' },
      { weekday, opens: '13:30', closes: pick(['17:00', '18:45']) },
    ]
  })

async function imagineDoctor(
  sql: pg.Pool,
  thrown: Dice,
  { timeZone, monday, locationId }: Place,
  visitTypes: number[],
) {
  const id = await hireDoctor(sql, { timeZone, hours: [], visitTypes })
  await sql.query('update doctors set location_id = $1 where id = $2', [locationId, id])
  await sql.query('delete from doctor_locations where doctor_id = $1', [id])
  await sql.query('insert into doctor_locations values ($1, $2)', [id, locationId])
  const hours = randomHours(thrown)
  for (const { weekday, opens, closes } of hours)
    await sql.query(
      'insert into weekly_hours (doctor_id, location_id, weekday, opens_at, closes_at) values ($1, $2, $3, $4, $5)',
      [id, locationId, weekday, opens, closes],
    )
  const off: [string, string][] = thrown.chance(0.5)
    ? [[`${dayAfter(monday, thrown.below(7))}T10:00`, `${dayAfter(monday, 7)}T11:00`]]
    : []
  for (const [from, until] of off)
    await sql.query('insert into time_off (doctor_id, starts_at, ends_at) values ($1, $2, $3)', [
      id,
      from,
      until,
    ])
  return { id, hours, off }
}

async function imagineRoom(sql: pg.Pool, { locationId }: Place, hours: Hours[]) {
  const id = await addResource(sql, locationId)
  for (const { weekday, opens, closes } of hours)
    await sql.query(
      'insert into resource_hours (resource_id, weekday, opens_at, closes_at) values ($1, $2, $3, $4)',
      [id, weekday, opens, closes],
    )
  return { id, hours }
}

async function close(sql: pg.Pool, { monday, locationId }: Place): Promise<[string, string]> {
  const [from, until] = [`${dayAfter(monday, 2)}T09:00`, `${dayAfter(monday, 2)}T15:00`]
  await sql.query('insert into closures (location_id, starts_at, ends_at) values ($1, $2, $3)', [
    locationId,
    from,
    until,
  ])
  return [from, until]
}

interface Whose {
  doctorId: number
  roomId: number | null
  visitTypes: number[]
}

const statuses = [
  'booked',
  'arrived',
  'fulfilled',
  'fulfilled',
  'fulfilled',
  'noshow',
  'cancelled',
  'pending',
]

/** From the day before the week until the day after it. */
function imagineVisits(thrown: Dice, { timeZone, monday }: Place, whose: Whose): ImaginedVisit[] {
  const begins = instantOf(`${monday}T00:00`, timeZone)
  const visits: ImaginedVisit[] = []
  let start = begins - 24 * 60 + thrown.below(200)
  while (start < begins + 8 * 24 * 60) {
    const visit = imagineVisit(thrown, whose, start)
    visits.push(visit)
    start = visit.end + thrown.below(600)
  }
  return visits
}

function imagineVisit({ below, pick, chance }: Dice, whose: Whose, start: number): ImaginedVisit {
  const status = pick(statuses)
  const isHere = ['arrived', 'fulfilled'].includes(status)
  const arrivedAt = isHere && chance(0.8) ? start - below(40) : null
  const startedAt = arrivedAt !== null && chance(0.8) ? arrivedAt + below(70) : null
  return {
    doctorId: whose.doctorId,
    roomId: chance(0.5) ? whose.roomId : null,
    visitTypeId: pick(whose.visitTypes),
    status,
    isLetGo: status === 'cancelled' && chance(0.3),
    isWalkIn: chance(0.2),
    start,
    end: start + 5 + below(90),
    bookedAt: start - below(60 * 24 * 60),
    arrivedAt,
    startedAt,
    doneAt: status === 'fulfilled' && startedAt !== null ? startedAt + below(60) : null,
  }
}

async function enter(sql: pg.Pool, visit: ImaginedVisit, locationId: number): Promise<void> {
  const isHeld = visit.isLetGo || visit.status === 'pending'
  const { rows } = await sql.query(
    `insert into appointments (
       doctor_id, location_id, patient_id, visit_type_id, status, start_at, end_at, arrived_at, started_at, hold_expires_at
     ) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
    [
      visit.doctorId,
      locationId,
      await registerPatient(sql),
      visit.visitTypeId,
      visit.status,
      at(visit.start),
      at(visit.end),
      at(visit.arrivedAt),
      at(visit.startedAt),
      isHeld ? at(visit.end) : null,
    ],
  )
  const appointment = rows[0].id
  if (visit.roomId !== null && !isHeld)
    await sql.query(
      `insert into claims (appointment_id, resource_id, part, during)
       select $1, $2, 'room', case when $3 then tstzrange($4, $5) end`,
      [
        appointment,
        visit.roomId,
        !['cancelled', 'noshow'].includes(visit.status),
        at(visit.start),
        at(visit.end),
      ],
    )
  const event = (number: number, kind: string, when: number) =>
    sql.query(
      `insert into events (appointment_id, number, kind, at, actor_kind, after, hash, previous_hash)
       values ($1, $2, $3, $4, 'system', '{}', '\\x00', case when $2 > 1 then '\\x00'::bytea end)`,
      [appointment, number, kind, at(when)],
    )
  await event(1, visit.isWalkIn ? 'appointment.walked_in' : 'appointment.booked', visit.bookedAt)
  if (visit.doneAt !== null) {
    await event(2, 'appointment.fulfilled', visit.doneAt - 3)
    await event(3, 'appointment.fulfilled', visit.doneAt)
  }
}
