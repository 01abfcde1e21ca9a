import { allowedAt, dayOf, hour, isInForce } from './message-clock.ts'
import type { Event, Facts, World } from './message-world.ts'

// A second opinion on who must be told of what, from the events alone. It shares no code with the clinic's SQL.

/** Consecutive events of one appointment that are told together. */
export interface Span {
  appointmentId: number
  from: number
  to: number
  /** When the last of them was ready that nothing held back. */
  readyAt?: number
}

export interface Told {
  kind: string
  recipient: string
  /** Of a reminder. */
  days?: number
  day?: string
  appointments: Span[]
  dueAt: number
}

/** Events that concern nobody, or only those who are here. */
const untold = /\.(held|extended|released|arrived|started|start_undone|noted|fulfilled|resized)$/
const staff = ['front_desk', 'doctor', 'admin']

export const isTold = ({ kind }: Event) => !untold.test(kind)
/** What the clinic or another system did waits for more of the same. */
export const waits = ({ api_key_id, actor_kind }: Event) => api_key_id !== null || staff.includes(actor_kind)
export const readyAt = (event: Event, { settings }: World) =>
  Date.parse(event.at) + (waits(event) ? settings.grace_seconds * 1_000 : 0)

type Standing = 'none' | 'requested' | 'agreed' | 'missed'

/** What happened to one appointment in a span. */
interface Change {
  span: Span
  was: Facts | null
  became: Facts
  stood: Standing
  stands: Standing
  hasMoved: boolean
  last: Event
  readyAt: number
  startAt: number
  zone: string
}

function standingIn(facts: Facts | null, wasRequested: boolean): Standing {
  if (facts?.status === 'pending') return wasRequested ? 'requested' : 'none'
  if (facts?.status === 'noshow') return 'missed'
  return facts && facts.status !== 'cancelled' ? 'agreed' : 'none'
}

const placeOf = (facts: Facts, { doctors }: World) =>
  facts.location_id ?? doctors.find(({ id }) => id === facts.doctor_id)?.location_id ?? 0
const zoneOf = (location: number, { locations }: World) =>
  locations.find(({ id }) => id === location)?.time_zone ?? ''
const occasion = (facts: Facts | null) =>
  JSON.stringify([facts?.start_at, facts?.end_at, facts?.doctor_id, facts?.location_id])

function changeIn(world: World, span: Span): Change {
  const events = world.events.filter(({ appointment_id }) => appointment_id === span.appointmentId)
  const told = events.filter(({ number }) => number >= span.from && number <= span.to)
  const [first, last] = [told[0], told.at(-1)] as [Event, Event]
  const asked = events.find(({ kind }) => kind === 'appointment.requested')?.number ?? Infinity
  const stood = standingIn(first.before, asked < span.from)
  const stands = standingIn(last.after, asked <= span.to)
  const shown = stands === 'none' ? (first.before ?? last.after) : last.after
  return {
    ...{ span, was: first.before, became: last.after, stood, stands, last },
    hasMoved: occasion(first.before) !== occasion(last.after),
    readyAt: span.readyAt ?? 0,
    startAt: Date.parse(shown.start_at),
    zone: zoneOf(placeOf(shown, world), world),
  }
}

/** Nobody is told of what is over, except that they missed it, for three days. */
function isOver({ stands, was, became, last }: Change): boolean {
  const start = Date.parse((stands === 'none' ? (was ?? became) : became).start_at)
  return start + (stands === 'missed' ? 72 * hour : 0) <= Date.parse(last.at)
}

/** What becomes news by how it stood and how it stands; some only if the time has changed as well. */
const news: Partial<Record<`${Standing} → ${Standing}`, string>> = {
  'none → requested': 'requested',
  'agreed → requested': 'requested',
  'missed → requested': 'requested',
  'agreed → missed': 'missed',
  'none → agreed': 'booked',
  'requested → agreed': 'booked',
  'agreed → none': 'cancelled',
  'requested → none': 'cancelled',
}
const newsIfMoved: typeof news = {
  'requested → requested': 'requested',
  'agreed → agreed': 'moved',
  'missed → agreed': 'booked',
}
const refusedBy: Record<string, string> = {
  'appointment.declined': 'declined',
  'appointment.lapsed': 'lapsed',
}

function kindForPatient(change: Change, stood: Standing, stands: Standing): string | undefined {
  const { hasMoved, became, last } = change
  const pair = `${stood} → ${stands}` as const
  if (pair === 'requested → none') return refusedBy[last.kind] ?? 'cancelled'
  const kind = (hasMoved && newsIfMoved[pair]) || news[pair]
  return kind === 'booked' && became.status !== 'booked' ? undefined : kind
}

/** A merged record counts as the one that took its place. */
const inForce = (patient: number, { patients }: World) =>
  patients.find(({ id }) => id === patient)?.moved_to_id ?? patient
export const patientsIn = (facts: Facts | null, world: World) =>
  facts
    ? [facts.patient_id, ...(facts.companion_ids ?? [])].flatMap((id) => (id ? [inForce(id, world)] : []))
    : []
const doctorsIn = (facts: Facts | null) => (facts ? [facts.doctor_id, ...(facts.colleague_ids ?? [])] : [])

/** A patient's own account, or those who act for them, or the address in their record; and whoever did it for them. */
export function recipientsOf(patient: number, world: World, at: number, by: number | null = null): string[] {
  const linked = world.links.filter(
    (link) =>
      link.patient_id === patient &&
      isInForce(link.ends_on, at, world) &&
      world.accounts.some(({ id, is_closed }) => id === link.account_id && !is_closed),
  )
  if (linked.length === 0) return [`patient:${patient}`]
  const own = linked.filter(({ relation }) => relation === 'self')
  const readers = linked.filter((link) => own.length === 0 || own.includes(link) || link.account_id === by)
  return readers.map(({ account_id }) => `account:${account_id}`)
}

interface One {
  kind: string
  recipient: string
  dueAt: number
  change: Change
}

function tellPatients(world: World, change: Change, at: number): One[] {
  const { was, became, stood, stands, last } = change
  const by = waits(last) ? null : last.account_id
  const [before, now] = [patientsIn(was, world), patientsIn(became, world)]
  return [...new Set([...before, ...now])].flatMap((person) => {
    const kind = kindForPatient(
      change,
      before.includes(person) ? stood : 'none',
      now.includes(person) ? stands : 'none',
    )
    if (!kind) return []
    return recipientsOf(person, world, at, by).map((recipient) => {
      const isOwn = by !== null && recipient === `account:${by}`
      return { kind, recipient, change, dueAt: isOwn ? change.readyAt : politely(change, world) }
    })
  })
}

const politely = ({ readyAt, startAt, zone }: Change, { settings }: World) =>
  allowedAt(readyAt, readyAt, startAt, zone, settings)

const newsForStaff: typeof news = {
  'none → requested': 'approval_requested',
  'agreed → requested': 'approval_requested',
  'missed → requested': 'approval_requested',
  'none → agreed': 'staff_booked',
  'requested → agreed': 'staff_booked',
  'agreed → agreed': 'staff_moved',
  'agreed → none': 'staff_cancelled',
  'requested → none': 'staff_cancelled',
}

/** Of a session, its own events are told, not each participant's. */
function kindForStaff({ became, hasMoved }: Change, stood: Standing, stands: Standing): string | undefined {
  const kind = newsForStaff[`${stood} → ${stands}`]
  if (kind !== 'approval_requested' && became.session_id) return undefined
  if (kind === 'staff_moved' && !hasMoved) return undefined
  return kind === 'staff_booked' && became.status !== 'booked' ? undefined : kind
}

function isWanted(wants: string, kind: string, starts: (string | undefined)[], last: Event): boolean {
  if (wants === 'nothing') return false
  if (kind === 'approval_requested' || wants === 'everything') return true
  const soonest = Math.min(...starts.flatMap((start) => (start ? [Date.parse(start)] : [])))
  const ahead = soonest - Date.parse(last.at)
  return wants === 'next_24_hours' && ahead >= 0 && ahead <= 24 * hour
}

/** Those who have chosen to be told, but not of what they did themselves. */
function tellStaff(world: World, change: Change): One[] {
  const { was, became, last } = change
  const people = world.accounts
    .filter(({ role, is_closed, id }) => staff.includes(role) && !is_closed && id !== last.account_id)
    .map(({ id, role, doctor_id, wanted_messages }) => ({
      recipient: `account:${id}`,
      wants: wanted_messages ?? (role === 'doctor' ? 'next_24_hours' : 'nothing'),
      isIn: (facts: Facts | null) => doctor_id === null || doctorsIn(facts).includes(doctor_id),
    }))
  const places = world.locations
    .filter(({ email }) => email)
    .map(({ id, wanted_messages }) => ({
      recipient: `location:${id}`,
      wants: wanted_messages,
      isIn: (facts: Facts | null) => facts !== null && placeOf(facts, world) === id,
    }))
  return [...people, ...places].flatMap(({ recipient, wants, isIn }) => {
    const stood = isIn(was) ? change.stood : 'none'
    const stands = isIn(became) ? change.stands : 'none'
    const kind = kindForStaff(change, stood, stands)
    const starts = [stood === 'agreed' && was?.start_at, stands === 'agreed' && became.start_at]
    if (
      !kind ||
      !isWanted(
        wants,
        kind,
        starts.map((start) => start || undefined),
        last,
      )
    )
      return []
    return [{ kind, recipient, change, dueAt: politely(change, world) }]
  })
}

/**
 * What must be told of spans that were planned at one time. Changes that one request made are one message, as are those of
 * one local day.
 */
export function tell(world: World, spans: Span[], at: number): Told[] {
  const changes = spans.map((span) => changeIn(world, span)).filter((change) => !isOver(change))
  const all = changes.flatMap((change) => [...tellPatients(world, change, at), ...tellStaff(world, change)])
  const byRequest = Object.groupBy(all, (one) => nameOf(one, `${one.change.last.request_id}`))
  const together = Object.groupBy(all, (one) => {
    const request = one.change.last.request_id
    const isOfMany = request !== null && (byRequest[nameOf(one, request)]?.length ?? 0) > 1
    return nameOf(one, isOfMany ? request : dayOf(one.change.startAt, one.change.zone))
  })
  return Object.values(together).map((ones = []) => ({
    kind: ones[0]?.kind ?? '',
    recipient: ones[0]?.recipient ?? '',
    dueAt: Math.min(...ones.map(({ dueAt }) => dueAt)),
    appointments: ones
      .map(({ change }) => change.span)
      .filter((span, place, spans) => spans.indexOf(span) === place)
      .toSorted((one, other) => one.appointmentId - other.appointmentId),
  }))
}

const nameOf = ({ kind, recipient }: One, by: string) => [kind, recipient, by].join()
