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
  wish: Wish
  /** `all` when more than one appointment is answered, such as a series. */
  answer: { ok: true; facts: Facts; all?: Facts[] } | { ok: false; refusal: string }
  /** What the answered appointments take, as their answer says. */
  taken?: Taken[]
}

interface Wish {
  id?: number
  doctorId?: number
  patientId?: number
  startAt?: number
  endAt?: number
  colleagueIds?: number[]
  companionIds?: number[]
  /** For each need of the visit type, all that can meet it, as `takenBy` writes them. */
  needs?: string[][]
  sessionId?: number
  /** Whether it may change several appointments, each at most once. */
  isOfMany?: boolean
}

/** What an appointment takes besides its doctor and patient. */
export interface Taken {
  id: number
  version: number
  /** Named ones and those who meet a need. */
  colleagueIds: number[]
  companionIds: number[]
  /** Rooms and devices. */
  thingIds: number[]
  sessionId: number | null
  capacity: number | null
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

interface Happened extends Facts, Omit<Taken, 'id' | 'version'> {
  /** Of the colleagues, those who were named: they have the doctor's buffers. */
  namedIds: number[]
  place: number | null
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
  /** How long its room and device are cleaned afterwards. */
  cleaning?: number
}

const minute = 60_000
const occupying = new Set(['pending', 'booked', 'arrived', 'fulfilled'])

/** The transitions that each event may make. */
const allowed: Record<string, [from: string | null, to: string][]> = {
  'appointment.held': [[null, 'pending']],
  'appointment.extended': [['pending', 'pending']],
  'appointment.released': [['pending', 'cancelled']],
  'appointment.requested': [
    [null, 'pending'],
    ['pending', 'pending'],
  ],
  'appointment.confirmed': [['pending', 'booked']],
  'appointment.declined': [['pending', 'cancelled']],
  'appointment.lapsed': [['pending', 'cancelled']],
  'appointment.people_changed': [
    ['booked', 'booked'],
    ['arrived', 'arrived'],
  ],
  'appointment.resized': [['booked', 'booked']],
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
    ['pending', 'cancelled'],
  ],
  'appointment.arrived': [['booked', 'arrived']],
  'appointment.started': [['arrived', 'arrived']],
  'appointment.start_undone': [['arrived', 'arrived']],
  'appointment.time_zone_corrected': ['pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow'].map(
    (status): [string, string] => [status, status],
  ),
  'appointment.noted': ['pending', 'booked', 'arrived', 'fulfilled', 'cancelled', 'noshow'].map(
    (status): [string, string] => [status, status],
  ),
  'appointment.fulfilled': [['arrived', 'fulfilled']],
  'appointment.missed': [['booked', 'noshow']],
  'appointment.reopened': [
    ['arrived', 'booked'],
    ['fulfilled', 'arrived'],
    ['noshow', 'booked'],
    ['cancelled', 'booked'],
    ['cancelled', 'arrived'],
    ['cancelled', 'pending'],
    ['booked', 'pending'],
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
  const sent = recorded.map((event) => ({ ...event, requestId: sentAs(event.requestId) }))
  const happened = withAnswered(sent, told)
  return [
    ...findBrokenLives(happened),
    ...findCollisions(happened, rules, dayOf),
    ...findFullSessions(happened),
    ...findUntrueParts(happened, told),
    ...(await findOtherClaims(sql, happened, rules)),
    ...(await findOtherEnds(sql, happened)),
    ...findUntrueAnswers(happened, told),
    ...findUntrueRefusals(happened, told, rules),
  ]
}

async function readEvents(sql: pg.Pool, since: string): Promise<Happened[]> {
  await sql.query('checkpoint')
  const { rows } = await sql.query(
    `with committed as materialized (
       -- What a block with an exception handler wrote has an id of its own, which the commit names.
       select own.xid, start_lsn as lsn
       from pg_get_wal_records_info($1::pg_lsn, pg_current_wal_flush_lsn()) record
       cross join lateral (
         select record.xid
         union all
         select number::xid
         from string_to_table(trim(substring(description from 'subxacts: ([0-9 ]+)')), ' ') number
       ) own (xid)
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
    colleagueIds: after.colleague_ids ?? [],
    namedIds: after.colleague_ids ?? [],
    companionIds: after.companion_ids ?? [],
    thingIds: [],
    sessionId: after.session_id ?? null,
    place: after.place ?? null,
    capacity: after.capacity ?? null,
  }))
}

/** Events say nothing about rooms, devices and who meets a need; the answers do. Until the next answer they stay. */
function withAnswered(happened: Happened[], told: Told[]): Happened[] {
  const answered = new Map(told.flatMap(({ taken = [] }) => taken.map((one) => [keyOf(one), one] as const)))
  const last = new Map<number, Taken>()
  return happened.map((event) => {
    const taken = answered.get(keyOf(event)) ?? last.get(event.id)
    if (!taken || event.sessionId !== null) return event
    last.set(event.id, taken)
    const helpers = taken.colleagueIds.filter((id) => !event.namedIds.includes(id))
    const isAnswer = answered.has(keyOf(event))
    return {
      ...event,
      colleagueIds: [
        ...event.namedIds,
        ...(isAnswer || event.kind !== 'appointment.people_changed' ? helpers : []),
      ],
      thingIds: taken.thingIds,
    }
  })
}

const keyOf = ({ id, version }: Pick<Taken, 'id' | 'version'>) => `${id} ${version}`

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
        [`goes from ${from} to ${event.status}`]: !isAllowed(event, from),
        'has no actor':
          event.isByClock && !['appointment.released', 'appointment.lapsed'].includes(event.kind),
        'came before the hold expired': event.isByClock && (before?.holdExpiresAt ?? Infinity) > event.at,
      }
      return namesOf(wrong).map((what) => `${event.kind} of ${event.id} ${what}`)
    }),
  )
}

function isAllowed({ kind, status, sessionId }: Happened, from: string | null): boolean {
  // Whoever has come early moves with their session.
  if (kind === 'appointment.rescheduled' && sessionId !== null && from === 'arrived')
    return status === 'arrived'
  return allowed[kind]?.some(([a, b]) => a === from && b === status) ?? false
}

/** No two ever overlap for a doctor, a patient, a room or a device, no patient takes a third hold, and no day exceeds its cap. */
function findCollisions(
  happened: Happened[],
  rules: Map<number, VisitRules>,
  dayOf: (instant: number) => string,
): string[] {
  const now = new Map<number, Happened>()
  const ofRequest = Map.groupBy(happened, ({ requestId }) => requestId)
  // What one transaction moves, it moves at once.
  const forgetBefore = ({ requestId }: Happened) => {
    for (const { id } of ofRequest.get(requestId) ?? [])
      if (now.get(id)?.requestId !== requestId) now.delete(id)
  }
  return happened.flatMap((event) => {
    forgetBefore(event)
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
    const held = open.filter((other) => isHold(other) && other.patientId === event.patientId)
    // The front desk may exceed a cap, and a patient's hold stays theirs.
    const isNew = event.before === null || event.kind === 'appointment.rescheduled'
    const isBound = event.actor === 'patient' && isNew
    const cap = rules.get(event.visitTypeId ?? 0)?.dailyCap ?? Infinity
    const wrong = {
      'collides with another': others.some((other) => collide(event, other, rules)),
      'is a third hold': isBound && isHold(event) && held.length >= 2,
      'exceeds the cap of its day': isBound && sameDay.length >= cap,
    }
    return namesOf(wrong).map((what) => `${event.kind} of ${event.id} ${what}`)
  })
}

const namesOf = (wrong: Record<string, boolean>) => Object.keys(wrong).filter((what) => wrong[what])

/** A request that waits for the clinic is none. */
const isHold = ({ status, kind }: Happened) =>
  status === 'pending' && ['appointment.held', 'appointment.extended'].includes(kind)

type Taker = Pick<Facts, 'doctorId' | 'patientId' | 'visitTypeId' | 'startAt' | 'endAt'> &
  Partial<Pick<Happened, 'colleagueIds' | 'namedIds' | 'companionIds' | 'thingIds' | 'sessionId'>>

/** Everything that it takes, and for how long: the claims it should have. */
function takenBy(one: Taker, rules: Map<number, VisitRules>) {
  const { doctorId, patientId, startAt, endAt, colleagueIds = [], namedIds = [], companionIds = [] } = one
  const { bufferBefore = 0, bufferAfter = 0, cleaning = 0 } = rules.get(one.visitTypeId ?? 0) ?? {}
  const during = (before: number, after: number) => (what: string) => ({
    what,
    from: startAt - before * minute,
    until: endAt + after * minute,
  })
  const patients = [...(patientId ? [patientId] : []), ...companionIds].map((id) => `patient ${id}`)
  // The session has the doctor and the room, once for all.
  if (one.sessionId != null) return [...patients, ...namedIds.map((id) => `doctor ${id}`)].map(during(0, 0))
  const helpers = colleagueIds.filter((id) => !namedIds.includes(id))
  return [
    ...patients.map(during(0, 0)),
    ...[...(doctorId ? [doctorId] : []), ...namedIds].map((id) =>
      during(bufferBefore, bufferAfter)(`doctor ${id}`),
    ),
    ...helpers.map((id) => during(0, 0)(`doctor ${id}`)),
    ...(one.thingIds ?? []).map((id) => during(0, cleaning)(`thing ${id}`)),
  ]
}

function collide(one: Taker, other: Taker, rules: Map<number, VisitRules>): boolean {
  const others = takenBy(other, rules)
  return takenBy(one, rules).some((mine) =>
    others.some(({ what, from, until }) => what === mine.what && from < mine.until && mine.from < until),
  )
}

/** Nobody is in a session beyond its capacity, without a place of their own, at another time, or when it is cancelled. */
function findFullSessions(happened: Happened[]): string[] {
  const now = new Map<number, Happened>()
  return happened.flatMap((event, n) => {
    now.set(event.id, event)
    // Only a whole transaction is consistent.
    if (happened[n + 1]?.requestId === event.requestId) return []
    const session = now.get(event.sessionId ?? event.id)
    if (!session?.capacity) return []
    const inside = [...now.values()].filter(
      ({ sessionId, status }) => sessionId === session.id && occupying.has(status),
    )
    const isOver = ['fulfilled', 'arrived'] // They have come, whatever becomes of the session.
    const wrong = {
      'has more participants than places': inside.length > session.capacity,
      'gives a place twice': new Set(inside.map(({ place }) => place)).size < inside.length,
      'is cancelled without its participants':
        session.status === 'cancelled' && inside.some(({ status }) => !isOver.includes(status)),
      'is at another time than its participants': inside.some(
        ({ status, startAt, endAt }) =>
          !isOver.includes(status) && (startAt !== session.startAt || endAt !== session.endAt),
      ),
    }
    return namesOf(wrong).map((what) => `session ${session.id} ${what} after ${event.kind} of ${event.id}`)
  })
}

/** Answers say of others who take part, of sessions and of capacity what the event says. */
function findUntrueParts(happened: Happened[], told: Told[]): string[] {
  const events = new Map(happened.map((event) => [keyOf(event), event]))
  return told.flatMap(({ verb, requestId, taken = [] }) =>
    taken.flatMap((one) => {
      const event = events.get(keyOf(one))
      if (!event) return [`${verb} ${requestId} answered a version of ${one.id} that never existed`]
      const wrong = {
        colleagues: event.namedIds.some((id) => !one.colleagueIds.includes(id)),
        companions: one.companionIds.toSorted().join() !== event.companionIds.toSorted().join(),
        session: one.sessionId !== event.sessionId,
        capacity: one.capacity !== event.capacity,
      }
      return namesOf(wrong).map((what) => `${verb} ${requestId} answered other ${what} of ${one.id}`)
    }),
  )
}

/** Every appointment claims at the end what its events and answers say, and no two claim the same. */
async function findOtherClaims(sql: pg.Pool, happened: Happened[], rules: Map<number, VisitRules>) {
  const { rows } = await sql.query(
    `select appointment_id::int as id, lower(during) as from, upper(during) as until,
       case when resource_id < 0 then 'patient ' || - resource_id when doctor_id is not null then 'doctor ' || doctor_id
         else 'thing ' || resource_id end as what
     from claims where during is not null`,
  )
  const write = (what: string, from: unknown, until: unknown) => `${what} ${Number(from)}-${Number(until)}`
  const claimed = Map.groupBy(rows, ({ id }) => Number(id))
  const last = new Map(happened.map((event) => [event.id, event]))
  const differing = [...last.values()].flatMap((event) => {
    const expected = occupying.has(event.status) ? takenBy(event, rules) : []
    const found = (claimed.get(event.id) ?? []).map(({ what, from, until }) => write(what, from, until))
    const wanted = expected.map(({ what, from, until }) => write(what, from, until))
    const same = found.toSorted().join() === wanted.toSorted().join()
    return same ? [] : [`${event.id} claims ${found.toSorted()} instead of ${wanted.toSorted()}`]
  })
  const { rows: twice } = await sql.query(
    `select one.resource_id, one.appointment_id as one, other.appointment_id as other
     from claims one join claims other on other.resource_id = one.resource_id and other.during && one.during
       and other.appointment_id > one.appointment_id`,
  )
  return [...differing, ...twice.map((pair) => `claimed twice: ${JSON.stringify(pair)}`)]
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
    const done = (byRequest.get(requestId) ?? []).filter((event) => !isGivenUp(event, one))
    const answered = answer.ok ? (answer.all ?? [answer.facts]) : []
    const eventOf = (facts: Facts) => done.find(({ id }) => id === facts.id)
    const ids = new Set(done.map(({ id }) => id))
    const wrong = {
      'was done more than once': ids.size < done.length || (ids.size > 1 && !one.wish.isOfMany),
      'was refused but done': !answer.ok && done.length > 0,
      'did what it does not answer':
        answer.ok &&
        done.some(
          ({ id, sessionId }) => !answered.some((facts) => facts.id === id || facts.id === sessionId),
        ),
      'was answered differently': answered.some((facts) => {
        const event = eventOf(facts)
        return event !== undefined && !isSame(factsOf(event), factsOf(facts))
      }),
      'was answered with a state that never existed': answered.some(
        (facts) => !eventOf(facts) && !states.has(JSON.stringify(factsOf(facts))),
      ),
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
    const { id, doctorId = 0, patientId = null, startAt = 0, endAt = 0, colleagueIds = [], needs = [] } = wish
    if (answer.ok || (wish.startAt === undefined && wish.sessionId === undefined)) return false
    const meanwhile = lives.filter(({ from, until }) => from < finished && until > started)
    const isNew = (event: Happened) => (asked.get(event.requestId)?.finished ?? 0) > started
    const others = meanwhile.flatMap(({ event }) =>
      event.id !== id && occupying.has(event.status) && (isNew(event) || !hasExpired(event, at))
        ? [event]
        : [],
    )
    const wished = { doctorId: 0, patientId: null, visitTypeId: 0, startAt, endAt }
    const isTaken = (part: Partial<Taker>) =>
      others.some((other) => collide({ ...wished, ...part }, other, widest(rules)))
    const isUnmet = needs.some((candidates) =>
      candidates.every((what) => {
        const [kind, number] = what.split(' ')
        return isTaken(kind === 'doctor' ? { doctorId: Number(number) } : { thingIds: [Number(number)] })
      }),
    )
    const isColleagueTaken = colleagueIds.some((one) => isTaken({ doctorId: one }))
    switch (answer.refusal) {
      case 'patient_busy':
        return !isTaken({ patientId, companionIds: wish.companionIds ?? [] }) && wish.sessionId === undefined
      case 'resource_taken':
        return !isColleagueTaken && !isUnmet
      case 'slot_taken':
        return doctorId > 0 && !isTaken({ doctorId }) && !isColleagueTaken && !isUnmet
      case 'session_full': {
        const capacities = meanwhile.flatMap(({ event }) =>
          event.id === wish.sessionId && event.capacity ? [event.capacity] : [],
        )
        const inside = new Set(others.filter((one) => one.sessionId === wish.sessionId).map((one) => one.id))
        return inside.size < Math.min(...capacities)
      }
      default:
        return false
    }
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
  const cleaning = Math.max(...[...rules.values()].map(({ cleaning = 0 }) => cleaning))
  const wide = {
    bufferBefore: Math.max(...buffers),
    bufferAfter: Math.max(...buffers),
    dailyCap: null,
    cleaning,
  }
  return new Map([0, ...rules.keys()].map((id) => [id, wide]))
}
