import pg from 'pg'
import { expect, it } from 'vitest'
import { startMailbox } from '../../scripts/local/mailbox.ts'
import { resend } from '../../src/channels/resend.ts'
import { deliverMessages } from '../../src/jobs/deliver.ts'
import { openClinic } from '../support/clinic.ts'
import { defineVisitType, hireDoctor } from '../support/people.ts'

const many = Number(process.env.REMINDERS ?? 10_000)
const clinic = await openClinic({ worker: false })
const { sql } = clinic
/** A Monday, 09:00 in Jakarta; the appointments are tomorrow at that time. */
const now = new Date('2025-06-02T02:00:00Z')

async function fill(): Promise<void> {
  const visitType = await defineVisitType(sql)
  const doctor = await hireDoctor(sql, { visitTypes: [visitType] })
  await sql.query(
    `with person as (insert into patients (name) select 'Patient ' || n from generate_series(1, $1::integer) n returning id),
     account as (
       insert into accounts (email, name, terms_accepted_at)
       select 'patient-' || id || '@example.com', 'Patient', now() from person returning id, email
     )
     insert into account_patients (account_id, patient_id, relation)
     select account.id, person.id, 'self' from person join account on email = 'patient-' || person.id || '@example.com'`,
    [many],
  )
  // All have the same doctor at the same time, which only a test can do: without claims, as far as reminders are concerned.
  await sql.query(
    `set session_replication_role = replica;
     insert into appointments (doctor_id, patient_id, visit_type_id, location_id, status, start_at, end_at)
     select ${doctor}, patient_id, ${visitType}, (select min(id) from locations), 'booked', '2025-06-03T02:00Z', '2025-06-03T02:30Z'
     from account_patients;
     set session_replication_role = origin`,
  )
  await sql.query(
    `select append_event(next_event(
       null, one, 'appointment.booked', null,
       jsonb_populate_record(null::acting, '{"as_of": "2025-05-01T00:00Z", "actor_kind": "patient", "request_id": "fill"}')
     ))
     from appointments one`,
  )
  await sql.query('update appointments set event_count = 1; delete from outbox')
  await sql.query('vacuum analyze')
}

/** For how long each transaction holds locks, seen every few milliseconds from beside. */
function watchLocks() {
  const seen = new Map<string, { from: number; until: number; query: string }>()
  let isOver = false
  const watching = (async () => {
    const beside = new pg.Client(clinic.databaseUrl)
    await beside.connect()
    while (!isOver) {
      const { rows } = await beside.query(`
        select activity.pid || ' ' || activity.xact_start as transaction, activity.query,
          extract(epoch from clock_timestamp()) * 1000 as at
        from pg_stat_activity activity
        where activity.datname = current_database()
        -- Its locks are looked at a moment later than it: one that has just begun would be counted together with others.
        and activity.xact_start is not null
        and exists (
          select from pg_locks held
          where held.pid = activity.pid
          and held.granted
          and (held.locktype = 'advisory' or held.locktype = 'transactionid')
        )`)
      for (const { transaction, query, at } of rows) {
        const known = seen.get(transaction) ?? { from: Number(at), until: 0, query: '' }
        seen.set(transaction, { ...known, until: Number(at), query: query.slice(0, 60) })
      }
    }
    await beside.end()
  })()
  return async () => {
    isOver = true
    await watching
    const held = [...seen.values()].map(({ from, until, query }) => ({ milliseconds: until - from, query }))
    return held.toSorted((one, other) => other.milliseconds - one.milliseconds)
  }
}

/** How many entries of each index, and of each table without an index, were read since the statistics were reset. */
async function countReads(): Promise<Record<string, number>> {
  const { rows } = await sql.query(`
    select indexrelname as name, idx_tup_read as read from pg_stat_user_indexes where idx_tup_read > 0
    union all
    select relname, seq_tup_read from pg_stat_user_tables where seq_tup_read > 0
    order by read desc`)
  return Object.fromEntries(rows.map(({ name, read }) => [name, Number(read)]))
}

it(`${many} reminders that are due are planned and sent in portions`, async () => {
  await fill()
  await sql.query('select pg_stat_reset()')
  const mailbox = await startMailbox()
  const stop = watchLocks()
  const begun = performance.now()
  clinic.takeTrips()
  let [runs, accepted] = [0, 0]
  for (let isMore = true; isMore; runs++) {
    const done = await deliverMessages(clinic.context({ actor: { kind: 'system' }, now }), {
      channels: { email: resend({ apiKey: 'test', from: 'clinic@example.com', origin: mailbox.url }) },
      write: async ({ id, to }) => ({ channel: 'email', to, subject: 'A reminder', text: `${id}` }),
      now: () => now,
      queue: undefined,
    })
    accepted += done.accepted
    isMore = done.mayBeMore
  }
  const seconds = (performance.now() - begun) / 1000
  const held = await stop()
  await mailbox.stop()
  const trips = clinic.takeTrips().length
  const reads = await countReads()
  console.info({
    runs,
    accepted,
    seconds,
    trips,
    seen: held.length,
    longest: held.slice(0, 5),
    median: held[Math.floor(held.length / 2)]?.milliseconds,
    reads,
  })
  expect(accepted).toBe(many)
  expect(new Set(mailbox.mails.map(({ text }) => text)).size).toBe(many)
  expect(held.length).toBeGreaterThan(many / 100)
  expect(trips).toBeLessThan(many / 4)
  // A hundred trips look for reminders, and each passes those that are planned already: fifty times each, on average.
  expect(Object.values(reads).filter((read) => read > 100 * many)).toEqual([])
  expect(reads.patients_pkey).toBeGreaterThan(many)
}, 900_000)
