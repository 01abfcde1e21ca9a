import { type SQL, sql } from 'drizzle-orm'
import { idempotencyKeys } from '../../drizzle/schema/idempotency-keys.ts'
import { databaseErrorIn } from '../db.ts'
import { type ClinicContext, type Idempotency, personOf } from './context.ts'

/** The key was used for another request. */
export class KeyReused extends Error {}

/** The first request with this key is not done yet. */
export class StillRunning extends Error {}

/** A statement whose rows are what a verb answers, or a part of it. */
export interface Answering {
  /** The CTEs that stand before it. */
  doing?: SQL
  rows: SQL
}

type Row = Record<string, unknown>
type Rows<Answers extends Row[]> = { [K in keyof Answers]: Answers[K][] }

/**
 * Sends all statements of a verb in one trip and one transaction; answers the rows of each `Answering`, in order.
 *
 * With `ctx.idempotency` the rows are kept in that very transaction, for 24 hours at least. The same request again
 * changes nothing and gets the first rows again, which costs it one more trip. So a verb calls this once, and makes
 * all that it answers from these rows.
 *
 * @throws KeyReused when the key was used for another request, StillRunning while the first is not done.
 */
export async function sendOnce<Answers extends Row[]>(
  ctx: ClinicContext,
  statements: (SQL | Answering)[],
): Promise<Rows<Answers>> {
  const person = personOf(ctx.actor)
  if (!ctx.idempotency || !person)
    return send(
      ctx,
      statements.map((statement) => toSql(statement)),
      statements,
    )
  const { key, fingerprint } = ctx.idempotency
  const isClaim = sql`account_id = ${person.accountId}::bigint and key = ${key}`
  try {
    const keeping = statements.map((statement) => toSql(statement, isClaim))
    const claim = sql`${forget(ctx.now, isClaim)} ${claimed(ctx.now, person.accountId, ctx.idempotency)}`
    return await send(ctx, [claim, ...keeping], [claim, ...statements])
  } catch (error) {
    const { code, constraint } = databaseErrorIn(error) ?? {}
    if (code === lockNotAvailable) throw new StillRunning()
    if (constraint !== 'idempotency_keys_account_id_key_pk') throw error
  }
  const { rows } = await ctx.db.execute<{ is_same: boolean; answers: Rows<Answers> }>(sql`
    select fingerprint = decode(${fingerprint}, 'hex') as is_same, answers from ${idempotencyKeys} where ${isClaim}`)
  const [first] = rows
  if (!first) throw new StillRunning()
  if (!first.is_same) throw new KeyReused()
  return first.answers
}

async function send<Answers extends Row[]>(
  { db }: ClinicContext,
  queries: SQL[],
  statements: (SQL | Answering)[],
): Promise<Rows<Answers>> {
  const [first, ...others] = queries.map((query) => db.execute<Row>(query))
  if (!first) throw new Error('A verb sends at least one statement.')
  const results = await db.batch([first, ...others])
  return results.filter((_, n) => isAnswering(statements[n])).map(({ rows }) => rows) as Rows<Answers>
}

const isAnswering = (statement: SQL | Answering | undefined) => statement !== undefined && 'rows' in statement

function toSql(statement: SQL | Answering, isClaim?: SQL): SQL {
  if (!('rows' in statement)) return statement
  const { doing, rows } = statement
  const before = doing ? sql`${doing},` : sql``
  return sql`
    with ${before}
    answer as (${rows})
    ${
      isClaim &&
      sql`, kept as (
      update ${idempotencyKeys}
      set answers = answers || jsonb_build_array((select coalesce(jsonb_agg(to_jsonb(answer)), '[]') from answer))
      where ${isClaim}
    )`
    }
    select * from answer`
}

/** PostgreSQL's word for "waited as long as lock_timeout allows". */
const lockNotAvailable = '55P03'

/** Who claims a key that is being claimed waits for the outcome, but not for long. */
const patience = '2s'

/** Keys older than a day go, a few with every claim, so that no job has to sweep. */
function forget(now: Date, isClaim: SQL): SQL {
  const isOld = sql`claimed_at <= ${now.toISOString()}::timestamptz - interval '24 hours'`
  return sql`
    with
    own as (delete from ${idempotencyKeys} where ${isClaim} and ${isOld} returning 1),
    oldest as (
      delete from ${idempotencyKeys}
      where (account_id, key) in (
        select account_id, key from ${idempotencyKeys}
        where ${isOld} and not (${isClaim}) order by claimed_at limit 4 for update skip locked
      )
      returning 1
    )`
}

function claimed(now: Date, accountId: number, { key, fingerprint }: Idempotency): SQL {
  return sql`
    insert into ${idempotencyKeys} (account_id, key, fingerprint, claimed_at)
    select ${accountId}::bigint, ${key}, decode(${fingerprint}, 'hex'), ${now.toISOString()}::timestamptz
    from (
      select
        set_config('lock_timeout', ${patience}, true) as patience,
        (select count(*) from own) + (select count(*) from oldest) as forgotten
      offset 0
    ) first
    -- Asked for, or PostgreSQL would leave both out: what is old goes before the key is claimed.
    where patience is not null and forgotten >= 0
    returning set_config('lock_timeout', '0', true)`
}
