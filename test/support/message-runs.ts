import { allowedAt, dayOf, daysBefore, hour } from './message-clock.ts'
import {
  isTold,
  patientsIn,
  readyAt,
  recipientsOf,
  type Span,
  type Told,
  tell,
  waits,
} from './message-oracle.ts'
import type { Event, Facts, World } from './message-world.ts'

/** A message that must exist. Until it is sent or skipped it is `due`. */
export interface Expected extends Told {
  state: 'due' | 'sent' | 'skipped'
  /** If it was skipped: the reasons that are true, of which one must be given. */
  reasons: string[]
  sentAt?: number
}

const byAppointment = (events: Event[]) =>
  Object.values(Object.groupBy(events, ({ appointment_id }) => appointment_id)).map((those = []) => those)

/**
 * Works out which messages must exist when deliverers run at known times. `run` is told what the clinic knew at each of them;
 * the provider accepts everything.
 */
export function followMessages() {
  const expected: Expected[] = []
  /** The last event of each appointment that was dealt with. */
  const done = new Map<number, number>()
  const pendingIn = (events: Event[]) =>
    events.filter((event) => isTold(event) && event.number > (done.get(event.appointment_id) ?? 0))

  /** What is ready; what the clinic did is not as long as it has just done more for the patient. */
  function spansReady(world: World, now: number): Span[] {
    const pending = pendingIn(world.events)
    const coming = pending.filter((event) => waits(event) && readyAt(event, world) > now)
    const isHeld = (event: Event) =>
      waits(event) &&
      coming.some(
        ({ appointment_id, after }) =>
          appointment_id === event.appointment_id ||
          (after.patient_id !== null && after.patient_id === event.after.patient_id),
      )
    const ready = pending.filter((event) => readyAt(event, world) <= now && !isHeld(event))
    return byAppointment(ready).map((events) => {
      const id = events[0]?.appointment_id ?? 0
      const to = Math.max(...events.map(({ number }) => number))
      const numbers = pending
        .filter(({ appointment_id }) => appointment_id === id)
        .map(({ number }) => number)
      const when = Math.max(...events.map((event) => readyAt(event, world)))
      return { appointmentId: id, from: Math.min(...numbers, heldFrom(id, now)), to, readyAt: when }
    })
  }

  /** The first event that nobody knows of yet, because all it caused waits for the end of the quiet hours. */
  function heldFrom(id: number, now: number): number {
    const about = expected
      .filter(({ kind }) => kind !== 'reminder')
      .flatMap((message) => message.appointments.map((span) => ({ message, ...span })))
      .filter(({ appointmentId }) => appointmentId === id)
    const isHeld = ({ message: { state, dueAt } }: (typeof about)[number]) => state === 'due' && dueAt > now
    const known = Math.max(
      0,
      ...about
        .filter((one) => !isHeld(one) && !one.message.reasons.includes('overtaken'))
        .map(({ to }) => to),
    )
    return Math.min(...about.filter((one) => isHeld(one) && one.from > known).map(({ from }) => from))
  }

  /** What was planned but not sent yet is told by what comes after it. */
  function replaceHeld(spans: Span[]): void {
    const replaced = (one: Span) =>
      spans.some(
        ({ appointmentId, from, to }) =>
          appointmentId === one.appointmentId && from <= one.from && one.to < to,
      )
    for (const message of expected) {
      if (message.state !== 'due' || message.kind === 'reminder') continue
      const left = message.appointments.filter((one) => !replaced(one))
      if (left.length > 0) message.appointments = left
      else Object.assign(message, { state: 'skipped', reasons: ['overtaken'] })
    }
  }

  /** Who gets a reminder is decided once for each appointment. */
  function remind(world: World, now: number): void {
    const isPlanned = ({ days, day, appointments: [one] }: Told) =>
      expected.some(
        (known) =>
          known.days === days &&
          known.day === day &&
          known.appointments.some(({ appointmentId }) => appointmentId === one?.appointmentId),
      )
    for (const one of reminders(world, now).filter((reminder) => !isPlanned(reminder))) {
      const known = expected.find(
        ({ recipient, days, day }) => recipient === one.recipient && days === one.days && day === one.day,
      )
      if (!known) expected.push({ ...one, state: 'due', reasons: [] })
      else if (known.state === 'due') {
        known.appointments.push(...one.appointments)
        if (known.dueAt > now) known.dueAt = Math.min(known.dueAt, one.dueAt)
      }
    }
  }

  function send(world: World, now: number): void {
    const due = expected.filter(({ state, dueAt }) => state === 'due' && dueAt <= now)
    // None is sent together with what it would remind of.
    due.sort((one, other) => Number(one.kind === 'reminder') - Number(other.kind === 'reminder'))
    for (const message of due) {
      const events = message.appointments.flatMap(({ appointmentId }) =>
        world.events.filter(({ appointment_id }) => appointment_id === appointmentId),
      )
      const pointless = message.appointments.map((span) => whyPointless(world, message, span, expected, now))
      const told = message.appointments.filter((_, n) => pointless[n]?.length === 0)
      const reasons = told.length === 0 ? pointless.flat() : whyUnreachable(world, message)
      if (reasons.length > 0) Object.assign(message, { state: 'skipped', reasons })
      else if (
        !/booked|moved|requested|reminder/.test(message.kind) ||
        pendingIn(events).length === 0 ||
        /staff|approval/.test(message.kind)
      )
        Object.assign(message, { state: 'sent', sentAt: now })
    }
  }

  return {
    expected,
    run(world: World, now: number) {
      const spans = spansReady(world, now)
      replaceHeld(spans)
      expected.push(
        ...tell(world, spans, now).map((told) => ({ ...told, state: 'due' as const, reasons: [] })),
      )
      for (const { appointmentId, to } of spans) done.set(appointmentId, to)
      remind(world, now)
      send(world, now)
    },
  }
}

const facts = (events: Event[]) => events.at(-1)?.after

/** Reminders that come due within a day and a half, unless they are twelve hours late or the person has just been told. */
function reminders(world: World, now: number): Told[] {
  return byAppointment(world.events).flatMap((events) => {
    const one = facts(events)
    const visit = world.visit_types.find(({ id }) => id === one?.visit_type_id)
    const isComing = one?.status === 'booked' && Date.parse(one.start_at) > now
    if (!isComing || one.patient_id === null || visit?.is_silent) return []
    const people = patientsIn(one, world)
    const recipients = new Set(people.flatMap((id) => recipientsOf(id, world, now)))
    return (visit?.reminder_days ?? [3, 1]).flatMap((days) => {
      const reminder = reminderOf(world, events, days, now)
      return reminder
        ? [...recipients].map((recipient) => ({
            ...reminder,
            recipient,
            appointments: [...reminder.appointments],
          }))
        : []
    })
  })
}

function reminderOf(
  world: World,
  events: Event[],
  days: number,
  now: number,
): Omit<Told, 'recipient'> | null {
  const { start_at, location_id } = facts(events) as Facts
  const startAt = Date.parse(start_at)
  const zone = world.locations.find(({ id }) => id === location_id)?.time_zone ?? ''
  const at = daysBefore(startAt, days, zone)
  const wasSet = events.filter((event) => setsTime(world, event)).map((event) => Date.parse(event.at))
  if (at < now - 12 * hour || at > now + 36 * hour || Math.max(...wasSet) > at - 12 * hour) return null
  return {
    ...{ kind: 'reminder', days, day: dayOf(startAt, zone) },
    appointments: [{ appointmentId: events[0]?.appointment_id ?? 0, from: events.length, to: events.length }],
    dueAt: allowedAt(at, now, startAt, zone, world.settings),
  }
}

/** Whether an event tells someone when or where to come. */
function setsTime(world: World, { kind, before, after }: Event): boolean {
  if (kind === 'appointment.reassigned')
    return patientsIn(before, world).toSorted().join() !== patientsIn(after, world).toSorted().join()
  return /\.(booked|rescheduled|confirmed|visit_type_changed)$/.test(kind)
}

/** What makes it pointless to tell an appointment now; nothing if it is worth telling. */
function whyPointless(world: World, message: Expected, span: Span, all: Expected[], now: number): string[] {
  const events = world.events.filter(({ appointment_id }) => appointment_id === span.appointmentId)
  const current = facts(events)
  const told = events.find(({ number }) => number === span.to)?.after ?? current
  const shown = message.kind === 'reminder' ? current : told
  const silent = world.visit_types.find(({ id }) => id === shown?.visit_type_id)?.is_silent
  const others = all.filter(
    ({ recipient, kind, appointments }) =>
      recipient === message.recipient &&
      kind !== 'reminder' &&
      appointments.some(({ appointmentId }) => appointmentId === span.appointmentId),
  )
  const isLate = message.kind !== 'missed' && Date.parse(shown?.start_at ?? '') <= now
  const reasons: [string, boolean | undefined][] = [
    ['silent_visit_type', silent],
    ['overtaken', message.kind === 'reminder' ? wasJustTold(others, now) : isOvertaken(others, span)],
    ['changed', hasChanged(world, message, span, now)],
    ['too_late', isLate],
  ]
  return reasons.flatMap(([reason, isSo]) => (isSo ? [reason] : []))
}

const isOvertaken = (others: Expected[], { appointmentId, to }: Span) =>
  others.some(({ appointments }) =>
    appointments.some((one) => one.appointmentId === appointmentId && one.to > to),
  )

/** A reminder tells nothing new to someone who was told of the time within twelve hours. */
const wasJustTold = (others: Expected[], now: number) =>
  others.some(({ kind, sentAt }) => /^(booked|moved)$/.test(kind) && (sentAt ?? 0) > now - 12 * hour)

const statusFor: Record<string, string> = {
  ...{ booked: 'booked', moved: 'booked', staff_booked: 'booked', staff_moved: 'booked', reminder: 'booked' },
  ...{ requested: 'pending', approval_requested: 'pending', missed: 'noshow' },
}

function hasChanged(world: World, message: Expected, { appointmentId }: Span, now: number): boolean {
  const current = facts(world.events.filter(({ appointment_id }) => appointment_id === appointmentId))
  if (!current) return true
  const status = statusFor[message.kind]
  if (status && current.status !== status) return true
  if (message.kind !== 'reminder') return false
  const zone = world.locations.find(({ id }) => id === current.location_id)?.time_zone ?? ''
  const people = patientsIn(current, world)
  const isTheirs = people.some((id) => recipientsOf(id, world, now).includes(message.recipient))
  const isTheirOwn = patientsNamed(message.recipient, world).some((id) => people.includes(id))
  return dayOf(Date.parse(current.start_at), zone) !== message.day || !(isTheirs || isTheirOwn)
}

const patientsNamed = (recipient: string, { patients }: World) =>
  patients.filter(({ id }) => recipient === `patient:${id}`).map(({ id, moved_to_id }) => moved_to_id ?? id)

/** Why a recipient gets nothing by mail, the only channel of these clinics. */
function whyUnreachable(world: World, { recipient, kind }: Told): string[] {
  const choices = world.preferences.filter((one) => one.recipient === recipient && one.kind === kind)
  const { account, patient, place } = readerOf(world, recipient)
  const isStaff = /staff|approval/.test(kind)
  const address = place?.email ?? (isStaff ? null : patient?.contact_email) ?? account?.email
  const marked = world.marked.find((one) => one.channel === 'email' && one.address === address)
  const reasons: [string, boolean | undefined][] = [
    ['not_wanted', choices.some(({ is_wanted }) => !is_wanted)],
    ['account_closed', account?.is_closed],
    ['deceased', !isStaff && patient?.is_deceased],
    ['prefers_calls', !isStaff && patient?.preferred_channel === 'phone'],
    ['no_address', !address],
    [marked?.reason ?? '', marked !== undefined],
  ]
  return reasons.flatMap(([reason, isSo]) => (isSo ? [reason] : []))
}

function readerOf({ accounts, links, patients, locations }: World, recipient: string) {
  const [whose, written] = recipient.split(':')
  const id = Number(written)
  const account = whose === 'account' ? accounts.find((one) => one.id === id) : undefined
  const own = links.find(({ account_id, relation }) => account_id === account?.id && relation === 'self')
  const named = whose === 'patient' ? id : own?.patient_id
  const record = patients.find((one) => one.id === named)
  const patient = patients.find((one) => one.id === record?.moved_to_id) ?? record
  return {
    account,
    patient,
    place: whose === 'location' ? locations.find((one) => one.id === id) : undefined,
  }
}
