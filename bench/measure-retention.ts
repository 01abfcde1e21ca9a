import { performance } from 'node:perf_hooks'
import type { ClinicContext } from '../src/clinic/context.ts'
import { forgetOld } from '../src/clinic/retention/forget.ts'
import { secretsOf } from '../src/clinic/sign.ts'
import { connect } from '../src/database/connect.ts'
import type { SizedClinic, Stage } from './stage.ts'
import { median } from './statistics.ts'
import { authSecret } from './workers.ts'

/** How many released holds, each with two events, and how many idempotency keys. */
const many = 50_000

export interface RetentionOfSize {
  size: number
  many: number
  /** In total. */
  seconds: number
  /** One trip of the job, in milliseconds. */
  portionP50: number
  portionMost: number
}

/** How long the nightly job takes to delete expired rows beside all the rows that stay. */
export async function measureRetention({ clinics }: Stage): Promise<RetentionOfSize[]> {
  const results: RetentionOfSize[] = []
  for (const clinic of clinics) {
    await abandon(clinic)
    const portions = await forget(clinic)
    const seconds = portions.reduce((sum, portion) => sum + portion, 0) / 1000
    const [portionP50, portionMost] = [median(portions), Math.max(...portions)]
    results.push({ size: clinic.size, many, seconds, portionP50, portionMost })
  }
  return results
}

async function forget({ database, bridge }: SizedClinic): Promise<number[]> {
  const ctx: ClinicContext = {
    db: connect({ DATABASE_URL: database.url, NEON_BRIDGE_URL: bridge.url }),
    actor: { kind: 'system' },
    now: new Date(),
    mail: { send: () => Promise.reject(new Error('The benchmark sends no mail.')) },
    requestId: 'benchmark',
    secrets: secretsOf(authSecret),
    tell: () => {},
  }
  const portions: number[] = []
  for (;;) {
    const begun = performance.now()
    const gone = await forgetOld(ctx)
    portions.push(performance.now() - begun)
    if (Object.values(gone).every((rows) => rows === 0)) return portions
  }
}

async function abandon({ scene: { sql, doctorIds, visitTypeId, patients } }: SizedClinic): Promise<void> {
  await sql.query(
    `with
     hold as (
       insert into appointments (
         doctor_id, visit_type_id, status, start_at, end_at, hold_expires_at, event_count, last_event_hash
       )
       select
         ($1::bigint[])[1 + n % cardinality($1::bigint[])], $2, 'cancelled', at, at + interval '15 minutes', at, 2, '\\x02'
       from (select n, now() - interval '31 days' - n * interval '1 second' as at from generate_series(1, $3::int) n) each
       returning id, hold_expires_at
     ),
     anchored as (insert into event_heads select id, 2, '\\x02', hold_expires_at from hold)
     insert into events (appointment_id, number, kind, at, actor_kind, after, previous_hash, hash)
     select id, number, kind, hold_expires_at, 'system', '{"status": "pending"}', previous, '\\x02'
     from hold
     cross join (values
       (1, 'appointment.held', null::bytea), (2, 'appointment.released', '\\x01')
     ) event (number, kind, previous)`,
    [doctorIds, visitTypeId, many],
  )
  await sql.query(
    `insert into idempotency_keys (account_id, key, fingerprint, claimed_at, answers)
     select $1, 'old ' || n, '\\x01', now() - interval '25 hours', '[[]]' from generate_series(1, $2::int) n`,
    [patients[0]?.accountId, many],
  )
}
