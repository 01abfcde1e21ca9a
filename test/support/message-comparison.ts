import type pg from 'pg'
import type { Expected } from './message-runs.ts'

/** Every required message exactly once and as it must be, and no other: what is wrong, in words. */
export async function compareMessages(sql: pg.Pool, expected: Expected[]): Promise<string[]> {
  const { rows } = await sql.query(`
    select kind, recipient, case kind when 'reminder' then split_part(cause, ':', 3) end as day, days_before, state, reason, due_at, (
      select jsonb_agg(jsonb_build_array(appointment_id, from_event, to_event) order by appointment_id)
      from message_appointments where message_id = messages.id
    ) as about
    from messages order by id`)
  const found = rows.map(({ day, days_before, about, due_at, ...row }) => ({
    ...row,
    name: [row.kind, days_before ?? '', day ?? '', row.recipient, nameOf(row.kind, about)].join(' '),
    dueAt: due_at.toISOString(),
  }))
  const wanted = expected.map((one) => ({
    ...one,
    name: [
      one.kind,
      one.days ?? '',
      one.day ?? '',
      one.recipient,
      nameOf(
        one.kind,
        one.appointments.map(({ appointmentId, from, to }) => [appointmentId, from, to]),
      ),
    ].join(' '),
  }))
  const missing = wanted.filter(({ name }) => !found.some((row) => row.name === name))
  const surplus = found.filter(
    ({ name }, n) =>
      !wanted.some((one) => one.name === name) || found.findIndex((row) => row.name === name) !== n,
  )
  return [
    ...missing.map(({ name }) => `${name} is missing`),
    ...surplus.map(({ name }) => `${name} should not be`),
    ...wanted.flatMap((one) =>
      found.filter(({ name }) => name === one.name).flatMap((row) => differences(one, row)),
    ),
  ]
}

const nameOf = (kind: string, about: number[][]) =>
  JSON.stringify((about ?? []).map((one) => (kind === 'reminder' ? one[0] : one)).toSorted())

function differences(
  { name, state, reasons, dueAt, kind }: Expected & { name: string },
  row: { state: string; reason: string; dueAt: string },
): string[] {
  const isAgreed = state === row.state && (state !== 'skipped' || reasons.includes(row.reason))
  const due = new Date(dueAt).toISOString()
  return [
    ...(isAgreed ? [] : [`${name} is ${row.state} ${row.reason ?? ''}, not ${state} ${reasons}`]),
    ...(kind !== 'reminder' && due !== row.dueAt ? [`${name} is due at ${row.dueAt}, not ${due}`] : []),
  ]
}
