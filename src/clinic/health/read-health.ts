import journal from '../../../migrations/meta/_journal.json' with { type: 'json' }
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { aboutDatabase, type Index, type Table } from './database.ts'
import { type FailureRates, failureRates } from './failure-rates.ts'
import { type Overdue, overdueIn, toOverdue } from './overdue.ts'
import { type SlowestStatements, slowestStatements } from './slowest-statements.ts'

export interface Health {
  rates: FailureRates
  slowest: SlowestStatements
  messages: Overdue
  /** The largest first. */
  tables: Table[]
  /** The largest first. */
  indexes: Index[]
  /** When the statistics were last reset; null when never. */
  watchedSince: Date | null
  postgres: string
  /** A release after 2026c shows as 2026c. */
  tzdata: string
  migration: {
    /** The last one that ran; null when none did, or when this release does not know it. */
    last: string | null
    /** The last one of this release. */
    expected: string
  }
}

/**
 * Live figures on failures, slow statements and the database, in two concurrent trips.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function readHealth(ctx: ClinicContext): Promise<Health> {
  requireRight(ctx.actor, 'see health')
  const [[done, failedByDoor, byCode, byDoctor, byHour, tables, indexes, versions, overdue], slowest] =
    await Promise.all([
      ctx.db.batch([...failureRates(ctx), ...aboutDatabase(ctx), overdueIn(ctx)]),
      slowestStatements(ctx),
    ])
  const [version] = versions.rows
  if (!version) throw new Error('A select without from has one row.')
  const { postgres, tzdata, migratedWhen, watchedSince } = version
  return {
    rates: {
      done: done.rows,
      failedByDoor: failedByDoor.rows,
      byCode: byCode.rows,
      byDoctor: byDoctor.rows,
      byHour: byHour.rows.map(({ at, failures }) => ({ at: new Date(at), failures })),
    },
    slowest,
    messages: toOverdue(overdue.rows),
    tables: tables.rows,
    indexes: indexes.rows,
    watchedSince: watchedSince === null ? null : new Date(watchedSince),
    postgres,
    tzdata,
    migration: {
      last: journal.entries.find(({ when }) => when === migratedWhen)?.tag ?? null,
      expected: journal.entries.at(-1)?.tag ?? '',
    },
  }
}
