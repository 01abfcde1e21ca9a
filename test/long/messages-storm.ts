import type pg from 'pg'
import { dayOf } from '../support/message-clock.ts'
import { compareNames } from '../support/message-comparison.ts'
import { isTold, patientsIn, recipientsOf, type Span, type Told, tell } from '../support/message-oracle.ts'
import { readWorld, type World } from '../support/message-world.ts'

/** Remembers which events each plan dealt with: that is known to nobody else once they are gone from the outbox. */
export async function recordPlans(sql: pg.Pool): Promise<void> {
  await sql.query(`
    create table plans (plan xid8 not null, appointment_id bigint not null, number integer not null);
    create function record_plan() returns trigger language plpgsql security definer as $$
    begin
      insert into plans values (pg_current_xact_id(), old.appointment_id, old.number);
      return old;
    end
    $$;
    create trigger record_plan after delete on outbox for each row execute function record_plan()`)
}

interface Row {
  id: number
  kind: string
  recipient: string
  state: string
  reason: string | null
  attempts: number
  sent_at: Date | null
  about: [number, number, number][]
}

/** What is wrong after the storm, in words, and what was counted. */
export async function judgeStorm(sql: pg.Pool, mails: string[], isIdempotent: boolean) {
  const world = await readWorld(sql)
  const plans = await readPlans(sql)
  const told = plans.flatMap((spans) => tell(world, spans, Number.MAX_SAFE_INTEGER))
  const reminders = remindersOf(world)
  const { rows } = await sql.query<Row>(`
    select id::int, kind, recipient, state, reason, attempts, sent_at, (
      select jsonb_agg(jsonb_build_array(appointment_id, from_event, to_event) order by appointment_id)
      from message_appointments where message_id = messages.id
    ) as about
    from messages order by id`)
  const byState = Object.entries(Object.groupBy(rows, ({ state, reason }) => `${state} ${reason ?? ''}`))
  return {
    wrong: [
      ...unplanned(world, plans),
      ...(await compareNames(sql, [...told, ...reminders])),
      ...rows.flatMap((row) => unreasonable(world, row, told)),
      ...misdelivered(rows, mails, isIdempotent),
    ],
    counted: {
      events: world.events.length,
      plans: plans.length,
      mails: mails.length,
      ...Object.fromEntries(byState.map(([state, those = []]) => [state.trim(), those.length])),
    },
  }
}

async function readPlans(sql: pg.Pool): Promise<Span[][]> {
  const { rows } = await sql.query(`
    select plan::text, jsonb_agg(one) as spans
    from (
      select plan, jsonb_build_object('appointmentId', appointment_id, 'from', min(number), 'to', max(number)) as one
      from plans group by plan, appointment_id
    ) spans group by plan order by plan`)
  return rows.map(({ spans }) => spans)
}

/** Events that no plan, or more than one, has dealt with. */
function unplanned(world: World, plans: Span[][]): string[] {
  return world.events.filter(isTold).flatMap(({ appointment_id, number }) => {
    const times = plans
      .flat()
      .filter(
        ({ appointmentId, from, to }) => appointmentId === appointment_id && from <= number && number <= to,
      ).length
    return times === 1 ? [] : [`event ${number} of ${appointment_id} was planned ${times} times`]
  })
}

/** Everything that is booked in the end was booked days before its reminders. */
function remindersOf(world: World): Told[] {
  const all = Object.values(Object.groupBy(world.events, ({ appointment_id }) => appointment_id)).flatMap(
    (events = []) => {
      const last = events.at(-1)
      if (last?.after.status !== 'booked') return []
      const { time_zone = '' } = world.locations.find(({ id }) => id === last.after.location_id) ?? {}
      const day = dayOf(Date.parse(last.after.start_at), time_zone)
      const recipients = patientsIn(last.after, world).flatMap((id) => recipientsOf(id, world, Infinity))
      return [3, 1].flatMap((days) =>
        recipients.map((recipient) => ({
          recipient,
          days,
          day,
          id: last.appointment_id,
          number: last.number,
        })),
      )
    },
  )
  return Object.values(Object.groupBy(all, ({ recipient, days, day }) => [recipient, days, day].join())).map(
    (ones = []) => ({
      ...{
        kind: 'reminder',
        recipient: ones[0]?.recipient ?? '',
        days: ones[0]?.days ?? 0,
        day: ones[0]?.day ?? '',
        dueAt: 0,
      },
      appointments: ones.map(({ id, number }) => ({ appointmentId: id, from: number, to: number })),
    }),
  )
}

/** Whether a message may have the state that it has. The provider refuses nobody, and everyone has an address. */
function unreasonable(world: World, row: Row, told: Told[]): string[] {
  const name = `message ${row.id}, ${row.kind} to ${row.recipient},`
  if (row.state === 'sent') return []
  if (row.state !== 'skipped') return [`${name} is ${row.state} ${row.reason}`]
  const later = (id: number, to: number) =>
    told.some(
      ({ recipient, appointments }) =>
        recipient === row.recipient && appointments.some((one) => one.appointmentId === id && one.to > to),
    )
  const changed = (id: number, to: number) =>
    world.events.some(({ appointment_id, number }) => appointment_id === id && number > to)
  const isTrue = row.about.every(([id, , to]) =>
    row.reason === 'overtaken' ? later(id, to) : changed(id, to),
  )
  return isTrue && /overtaken|changed/.test(row.reason ?? '') ? [] : [`${name} was skipped as ${row.reason}`]
}

interface Mail {
  id: number
  attempt: number
  at: number
}

/** Each sent message once, or at least once without idempotency keys, and then only while it was not marked. */
function misdelivered(rows: Row[], mails: string[], isIdempotent: boolean): string[] {
  const arrived = Object.groupBy(
    mails.map((text): Mail => JSON.parse(text)),
    ({ id }) => id,
  )
  return rows.flatMap(({ id, state, attempts, sent_at }) => {
    const mine = arrived[id] ?? []
    const wrong = [
      state === 'sent' && mine.length === 0 && 'was not delivered',
      mine.length > (isIdempotent ? 1 : attempts) &&
        `was delivered ${mine.length} times in ${attempts} attempts`,
      state !== 'sent' && attempts === 0 && mine.length > 0 && 'was delivered although nobody tried',
      sent_at && mine.some(({ at }) => at > sent_at.getTime()) && 'was delivered after it was marked as sent',
    ]
    return wrong.flatMap((what) => (what ? [`message ${id} ${what}`] : []))
  })
}
