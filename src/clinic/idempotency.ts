import { type SQL, sql } from 'drizzle-orm'
import { idempotencyKeys } from '../../drizzle/schema/idempotency-keys.ts'
import { databaseErrorIn, repeatably } from '../database/connect.ts'
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
export function sendIdempotently<Answers extends Row[]>(
  ctx: ClinicContext,
  statements: (SQL | Answering)[],
): Promise<Rows<Answers>> {
  return once(ctx, (claim) => {
    if (!claim)
      return send(
        ctx,
        statements.map((statement) => toSql(statement)),
        statements,
      )
    const isClaim = sql`account_id = ${claim.accountId}::bigint and key = ${claim.key}`
    const claiming = sql`
      select claim_key(${claim.accountId}::bigint, ${claim.key}, ${claim.fingerprint}, ${ctx.now.toISOString()}::timestamptz)`
    const keeping = statements.map((statement) => toSql(statement, isClaim))
    return send(ctx, [claiming, ...keeping], [claiming, ...statements])
  })
}

/**
 * As `sendIdempotently`, of a function in the database that claims the key itself, and keeps and answers all rows as JSON.
 *
 * @param call the function with its arguments, the key and its fingerprint among them, or null.
 * @throws KeyReused, StillRunning.
 */
export function callIdempotently<Answers extends Row[]>(
  ctx: ClinicContext,
  call: (claim: Idempotency | null) => SQL,
): Promise<Rows<Answers>> {
  return once(ctx, async (claim) => {
    const { rows } = await ctx.db.execute<{ answers: Rows<Answers> }>(sql`select ${call(claim)} as answers`)
    return (rows[0] as (typeof rows)[number]).answers
  })
}

type Claim = Idempotency & { accountId: number }

/** Does the work with the key claimed, where there is one; answers what was kept when that was done before. */
async function once<Answers extends Row[]>(
  ctx: ClinicContext,
  work: (claim: Claim | null) => Promise<Rows<Answers>>,
): Promise<Rows<Answers>> {
  const person = personOf(ctx.actor)
  if (!ctx.idempotency || !person) return work(null)
  const { key, fingerprint } = ctx.idempotency
  const { accountId } = person
  try {
    return await repeatably(() => work({ key, fingerprint, accountId }))
  } catch (error) {
    const { code, constraint } = databaseErrorIn(error) ?? {}
    if (code === lockNotAvailable) throw new StillRunning()
    if (constraint !== 'idempotency_keys_account_id_key_pk') throw error
  }
  const { rows } = await ctx.db.execute<{ is_same: boolean; answers: Rows<Answers> }>(sql`
    select fingerprint = decode(${fingerprint}, 'hex') as is_same, answers from ${idempotencyKeys}
    where account_id = ${accountId}::bigint and key = ${key}`)
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
