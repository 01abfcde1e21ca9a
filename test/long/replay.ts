import type pg from 'pg'

// This trusts none of our code: it knows a clinic's rules, the rows and what clients were answered.

/** One client's request and its answer. */
export interface Told {
  requestId: string
  verb: string
  /** The instant it was decided at. */
  at: number
  /** From a shared counter: a request that started after another finished came later. */
  started: number
  finished: number
  wish: { id?: number; doctorId?: number; patientId?: number; startAt?: number; endAt?: number }
  answer: { ok: true; facts: Facts } | { ok: false; refusal: string }
}

export interface Facts {
  id: number
  version: number
  status: string
  doctorId: number
  patientId: number | null
  visitTypeId: number | null
  startAt: number
  endAt: number
}

interface Happened extends Facts {
  kind: string
  at: number
  requestId: string
  actor: string
  isByClock: boolean
  before: Facts | null
  holdExpiresAt: number | null
}

export interface VisitRules {
  bufferBefore: number
  bufferAfter: number
  dailyCap: number | null
}

const minute = 60_000
const occupying = new Set(['pending', 'booked', 'arrived', 'fulfilled'])

/** The transitions that each event may make. */
const allowed: Record<string, [from: string | null, to: string][]> = {
  'appointment.held': [[null, 'pending']],
  'appointment.extended': [['pending', 'pending']],
  'appointment.released': [['pending', 'cancelled']],
  'appointment.booked': [
    [null, 'booked'],
    ['pending', 'booked'],
  ],
  'appointment.walked_in': [[null, 'arrived']],
  'appointment.rescheduled': [
    ['booked', 'booked'],
    ['pending', 'pending'],
  ],
  'appointment.cancelled': [
    ['booked', 'cancelled'],
    ['arrived', 'cancelled'],
  ],
  'appointment.arrived': [['booked', 'arrived']],
  'appointment.fulfilled': [['arrived', 'fulfilled']],
  'appointment.missed': [['booked', 'noshow']],
  'appointment.reopened': [
    ['arrived', 'booked'],
    ['fulfilled', 'arrived'],
    ['noshow', 'booked'],
  ],
}

/** Keeps the write-ahead log from its current position, which it returns. Needs a superuser. */
export async function beginToRecord(sql: pg.Pool): Promise<string> {
  await sql.query('create extension if not exists pg_walinspect')
  await sql.query(`alter system set wal_keep_size = '4GB'`)
  await sql.query('select pg_reload_conf()')
  return (await sql.query('select pg_current_wal_insert_lsn()::text as lsn')).rows[0].lsn
}

/**
 * Replays all events in the order of their commits in the write-ahead log, and compares them with every answer.
 *
 * @param since the position that `beginToRecord` returned.
 * @param sentAs turns the request id of an event into the one in `told`.
 * @returns every finding in words, none when all is well.
 */
export async function replay(
  sql: pg.Pool,
  since: string,
  told: Told[],
  rules: Map<number, VisitRules>,
  dayOf: (instant: number) => string,
  sentAs = (requestId: string) => requestId,
): Promise<string[]> {
  const recorded = await readEvents(sql, since)
  const happened = recorded.map((event) => ({ ...event, requestId: sentAs(event.requestId) }))
  return [
    ...findBrokenLives(happened),
    ...findCollisions(happened, rules, dayOf),
    ...(await findOtherEnds(sql, happened)),
    ...findUntrueAnswers(happened, told),
    ...findUntrueRefusals(happened, told, rules),
  ]
}

async function readEvents(sql: pg.Pool, since: string): Promise<Happened[]> {
  await sql.query('checkpoint')
  const { rows } = await sql.query(
    `with committed as materialized (
       select xid, start_lsn as lsn
       from pg_get_wal_records_info($1::pg_lsn, pg_current_wal_flush_lsn())
       where resource_manager = 'Transaction' and record_type like 'COMMIT%'
     )
     select appointment_id, number, kind, at, actor_kind, request_id, before, after
     from events left join committed on committed.xid = events.xmin
     order by lsn, id`,
    [since],
  )
  return rows.map(({ appointment_id, number, kind, at, actor_kind, request_id, before, after }) => ({
    ...toFacts(Number(appointment_id), number, after),
    kind,
    at: Number(at),
    requestId: request_id,
    actor: actor_kind,
    isByClock: actor_kind === 'system',
    before: before && toFacts(Number(appointment_id), number - 1, before),
    holdExpiresAt: after.hold_expires_at ? Date.parse(after.hold_expires_at) : null,
  }))
}

function toFacts(id: number, version: number, told: Record<string, never>): Facts {
  return {
    id,
    version,
    status: told.status ?? '',
    doctorId: told.doctor_id ?? 0,
    patientId: told.patient_id ?? null,
    visitTypeId: told.visit_type_id ?? null,
    startAt: Date.parse(told.start_at ?? ''),
    endAt: Date.parse(told.end_at ?? ''),
  }
}

const isSame = (one: Facts | null, other: Facts | null) => JSON.stringify(one) === JSON.stringify(other)

const factsOf = ({
  id,
  version,
  status,
  doctorId,
  patientId,
  visitTypeId,
  startAt,
  endAt,
}: Facts): Facts => ({
  id,
  version,
  status,
  doctorId,
  patientId,
  visitTypeId,
  startAt,
  endAt,
})

/** Each event starts where the last one ended and makes an allowed transition. */
function findBrokenLives(happened: Happened[]): string[] {
  return [...Map.groupBy(happened, ({ id }) => id).values()].flatMap((life) =>
    life.flatMap((event, n) => {
      const before = life[n - 1]
      const from = event.before?.status ?? null
      const wrong = {
        'is out of order': event.version !== n + 1,
        'starts from another state': !isSame(event.before, before ? factsOf(before) : null),
        [`goes from ${from} to ${event.status}`]: !allowed[event.kind]?.some(
          ([a, b]) => a === from && b === event.status,
        ),
        'has no actor': event.isByClock && event.kind !== 'appointment.released',
        'came before the hold expired': event.isByClock && (before?.holdExpiresAt ?? Infinity) > event.at,
      }
      return namesOf(wrong).map((what) => `${event.kind} of ${event.id} ${what}`)
    }),
  )
}

/** No two ever overlap for a doctor or a patient, no patient takes a third hold, and no day exceeds its cap. */
function findCollisions(
  happened: Happened[],
  rules: Map<number, VisitRules>,
  dayOf: (instant: number) => string,
): string[] {
  const now = new Map<number, Happened>()
  return happened.flatMap((event) => {
    now.delete(event.id)
    if (!occupying.has(event.status)) return []
    const others = [...now.values()]
    const open = others.filter(({ holdExpiresAt }) => holdExpiresAt === null || holdExpiresAt > event.at)
    now.set(event.id, event)
    const sameDay = open.filter(
      ({ visitTypeId, doctorId, startAt }) =>
        visitTypeId === event.visitTypeId &&
        doctorId === event.doctorId &&
        dayOf(startAt) === dayOf(event.startAt),
    )
    const held = open.filter(({ status, patientId }) => status === 'pending' && patientId === event.patientId)
    // The front desk may exceed a cap, and a patient's hold stays theirs.
    const isNew = event.before === null || event.kind === 'appointment.rescheduled'
    const isBound = event.actor === 'patient' && isNew
    const cap = rules.get(event.visitTypeId ?? 0)?.dailyCap ?? Infinity
    const wrong = {
      'collides with another': others.some((other) => collide(event, other, rules)),
      'is a third hold': isBound && event.status === 'pending' && held.length >= 2,
      'exceeds the cap of its day': isBound && sameDay.length >= cap,
    }
    return namesOf(wrong).map((what) => `${event.kind} of ${event.id} ${what}`)
  })
}

const namesOf = (wrong: Record<string, boolean>) => Object.keys(wrong).filter((what) => wrong[what])

function collide(one: Facts, other: Facts, rules: Map<number, VisitRules>): boolean {
  const samePatient = one.patientId !== null && one.patientId === other.patientId
  if (samePatient && one.startAt < other.endAt && other.startAt < one.endAt) return true
  const [a, b] = [widened(one, rules), widened(other, rules)]
  return one.doctorId === other.doctorId && a.startAt < b.endAt && b.startAt < a.endAt
}

function widened({ startAt, endAt, visitTypeId }: Facts, rules: Map<number, VisitRules>) {
  const { bufferBefore = 0, bufferAfter = 0 } = rules.get(visitTypeId ?? 0) ?? {}
  return { startAt: startAt - bufferBefore * minute, endAt: endAt + bufferAfter * minute }
}

/** Every row matches its last event. */
async function findOtherEnds(sql: pg.Pool, happened: Happened[]): Promise<string[]> {
  const last = new Map(happened.map((event) => [event.id, factsOf(event)]))
  const { rows } = await sql.query(
    `select id::int, event_count as version, status, doctor_id::int as "doctorId", patient_id::int as "patientId",
       visit_type_id::int as "visitTypeId", start_at as "startAt", end_at as "endAt" from appointments`,
  )
  const ends: Facts[] = rows.map((row) => ({
    ...row,
    startAt: Number(row.startAt),
    endAt: Number(row.endAt),
  }))
  const lost = [...last.keys()].filter((id) => !ends.some((end) => end.id === id))
  return [
    ...ends
      .filter((end) => !isSame(end, last.get(end.id) ?? null))
      .map(({ id }) => `${id} differs from its last event`),
    ...lost.map((id) => `${id} is lost`),
  ]
}

/** Each success did exactly that once or found it done, each refusal changed nothing, and nothing else happened. */
function findUntrueAnswers(happened: Happened[], told: Told[]): string[] {
  // A visitor who is not signed in gives up their first slot by asking for another, even if that is refused.
  const isGivenUp = ({ kind, id }: Happened, { wish }: Told) =>
    kind === 'appointment.released' && id !== wish.id
  const byRequest = Map.groupBy(
    happened.filter(({ isByClock }) => !isByClock),
    ({ requestId }) => requestId,
  )
  const states = new Set(happened.map((event) => JSON.stringify(factsOf(event))))
  const findings = told.flatMap((one) => {
    const { requestId, verb, answer } = one
    const [event, ...more] = (byRequest.get(requestId) ?? []).filter((done) => !isGivenUp(done, one))
    const facts = answer.ok ? answer.facts : null
    const wrong = {
      'was done more than once': more.length > 0,
      'was refused but done': !answer.ok && event !== undefined,
      'was answered differently': answer.ok && event !== undefined && !isSame(factsOf(event), facts),
      'was answered with a state that never existed':
        answer.ok && event === undefined && !states.has(JSON.stringify(facts)),
    }
    return namesOf(wrong).map((what) => `${verb} ${requestId} ${what}: ${JSON.stringify(answer)}`)
  })
  const known = new Set(told.map(({ requestId }) => requestId))
  const unknown = [...byRequest.keys()].filter((requestId) => !known.has(requestId))
  return [...findings, ...unknown.map((requestId) => `${requestId} belongs to no request`)]
}

/** Every refused time was really taken at some moment during the request. */
function findUntrueRefusals(happened: Happened[], told: Told[], rules: Map<number, VisitRules>): string[] {
  const asked = new Map(told.map((one) => [one.requestId, one]))
  const lives = [...Map.groupBy(happened, ({ id }) => id).values()].flatMap((life) =>
    life.map((event, n) => ({
      event,
      from: asked.get(event.requestId)?.started ?? 0,
      until: asked.get(life[n + 1]?.requestId ?? '')?.finished ?? Infinity,
    })),
  )
  const untrue = told.filter(({ at, wish, answer, started, finished }) => {
    const { id, doctorId, patientId = null, startAt, endAt } = wish
    if (answer.ok || startAt === undefined || endAt === undefined) return false
    const meanwhile = lives.filter(({ from, until }) => from < finished && until > started)
    const isNew = (event: Happened) => (asked.get(event.requestId)?.finished ?? 0) > started
    const others = meanwhile.flatMap(({ event }) =>
      event.id !== id && occupying.has(event.status) && (isNew(event) || !hasExpired(event, at))
        ? [event]
        : [],
    )
    const asWished = { id: 0, version: 0, status: '', visitTypeId: 0, startAt, endAt }
    if (answer.refusal === 'patient_busy')
      return !others.some((other) => collide({ ...asWished, doctorId: 0, patientId }, other, new Map()))
    if (answer.refusal === 'slot_taken' && doctorId)
      return !others.some((other) =>
        collide({ ...asWished, doctorId, patientId: null }, other, widest(rules)),
      )
    return false
  })
  return untrue.map(
    ({ verb, requestId, answer }) => `${verb} ${requestId} was wrongly refused ${JSON.stringify(answer)}`,
  )
}

/** On the storm's fast clock, on which a hold may expire before it is made. */
const hasExpired = ({ holdExpiresAt }: Happened, at: number) => holdExpiresAt !== null && holdExpiresAt <= at

/** Buffers of the requested and the existing appointment may add up. */
function widest(rules: Map<number, VisitRules>): Map<number, VisitRules> {
  const buffers = [...rules.values()].flatMap(({ bufferBefore, bufferAfter }) => [bufferBefore, bufferAfter])
  const wide = { bufferBefore: Math.max(...buffers), bufferAfter: Math.max(...buffers), dailyCap: null }
  return new Map([0, ...rules.keys()].map((id) => [id, wide]))
}
