import type pg from 'pg'
import type { Told } from './message-oracle.ts'
import type { Expected } from './message-runs.ts'

interface Row {
  name: string
  state: string
  reason: string | null
  dueAt: string
}

async function findMessages(sql: pg.Pool): Promise<Row[]> {
  const { rows } = await sql.query(`
    select
      kind, recipient, case kind when 'reminder' then split_part(cause, ':', 3) end as day, days_before, state, reason,
      due_at, array(
        select array[appointment_id, from_event, to_event]
        from message_appointments where message_id = messages.id
      ) as about
    from messages order by id`)
  return rows.map(({ kind, recipient, day, days_before, about, due_at, state, reason }) => {
    const spans = about.map((numbers: string[]) => numbers.map(Number))
    return {
      name: nameOf(kind, days_before, day, recipient, spans),
      state,
      reason,
      dueAt: due_at.toISOString(),
    }
  })
}

const named = ({ kind, days, day, recipient, appointments }: Told) =>
  nameOf(
    kind,
    days,
    day,
    recipient,
    appointments.map(({ appointmentId, from, to }) => [appointmentId, from, to]),
  )

/** A reminder tells what is true when it is sent, whatever the events were when it was planned. */
function nameOf(
  kind: string,
  days: number | null | undefined,
  day: string | null | undefined,
  recipient: string,
  about: number[][],
): string {
  const spans = about.map((one) => JSON.stringify(kind === 'reminder' ? one[0] : one)).toSorted()
  return [kind, days ?? '', day ?? '', recipient, spans.join()].join(' ')
}

/** Every required message exactly once, and no other, whatever became of them: what is wrong, in words. */
export async function compareNames(sql: pg.Pool, expected: Told[]): Promise<string[]> {
  return mismatches(
    (await findMessages(sql)).map(({ name }) => name),
    expected.map(named),
  )
}

function mismatches(found: string[], wanted: string[]): string[] {
  const missing = wanted.filter((name) => !found.includes(name))
  const surplus = found.filter((name, n) => !wanted.includes(name) || found.indexOf(name) !== n)
  return [...missing.map((name) => `${name} is missing`), ...surplus.map((name) => `${name} should not be`)]
}

/** Every required message exactly once and as it must be, and no other: what is wrong, in words. */
export async function compareMessages(sql: pg.Pool, expected: Expected[]): Promise<string[]> {
  const found = await findMessages(sql)
  const wanted = expected.map((one) => ({ ...one, name: named(one) }))
  return [
    ...mismatches(
      found.map(({ name }) => name),
      wanted.map(({ name }) => name),
    ),
    ...wanted.flatMap((one) =>
      found.filter(({ name }) => name === one.name).flatMap((row) => differences(one, row)),
    ),
  ]
}

function differences({ name, state, reasons, dueAt }: Expected & Pick<Row, 'name'>, row: Row): string[] {
  const isAgreed = state === row.state && (state !== 'skipped' || reasons.includes(row.reason ?? ''))
  const due = new Date(dueAt).toISOString()
  return [
    ...(isAgreed ? [] : [`${name} is ${row.state} ${row.reason ?? ''}, not ${state} ${reasons}`]),
    ...(due !== row.dueAt ? [`${name} is due at ${row.dueAt}, not ${due}`] : []),
  ]
}
