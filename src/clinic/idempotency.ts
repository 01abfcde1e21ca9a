import { type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { idempotencyKeys } from '../../drizzle/schema/idempotency-keys.ts'
import { databaseErrorIn, repeatably } from '../database/connect.ts'
import { acting } from './composite.ts'
import { type ClinicContext, personOf } from './context.ts'
import { NoLongerSignedIn, NotFound, RoleChanged, Stale, WouldStrand } from './errors.ts'

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
 * Sends all statements of a verb in one trip and one transaction; answers the rows of each `Answering`, in order. They
 * come after a check that the actor is still who the request believes.
 *
 * With `ctx.idempotency` the rows are kept in that very transaction, for 24 hours at least. The same request again
 * changes nothing and gets the first rows again, which costs it one more trip. So a verb calls this once, and makes
 * all that it answers from these rows.
 *
 * @param lock comes before everything else: the check, too, sees what it waited for.
 * @throws KeyReused when the key was used for another request, StillRunning while the first is not done;
 * NoLongerSignedIn, RoleChanged; Stale after `requireVersion`; WouldStrand after `refuseToStrand`; and NotFound when a
 * statement is `require_patient` and the account does not act for the patient.
 */
export function sendIdempotently<Answers extends Row[]>(
  ctx: ClinicContext,
  statements: (SQL | Answering)[],
  lock?: SQL,
): Promise<Rows<Answers>> {
  const before = [...(lock ? [lock] : []), ...(personOf(ctx.actor) ? [requireAuthority(ctx)] : [])]
  if (isRepeatable(ctx)) before.push(sql`select claim_key(${acting(ctx)})`)
  const isClaim = isRepeatable(ctx) ? isKeyOf(ctx) : undefined
  const queries = statements.map((statement) => toSql(statement, isClaim))
  return answerOnce(ctx, () => send(ctx, [...before, ...queries], [...before, ...statements]))
}

/** Fails unless the actor's key or session still lets in someone of this role; see require_authority.sql. */
const requireAuthority = (ctx: ClinicContext): SQL => sql`select require_authority(${acting(ctx)})`

/**
 * As `sendIdempotently`, for a function in the database that checks the actor, claims the key and keeps all rows as JSON.
 *
 * @param call the function with its arguments, `acting` among them.
 * @throws KeyReused, StillRunning, NoLongerSignedIn, RoleChanged, NotFound as above.
 */
export function callIdempotently<Answers extends Row[]>(
  ctx: ClinicContext,
  call: SQL,
): Promise<Rows<Answers>> {
  return answerOnce(ctx, async () => {
    const { rows } = await ctx.db.execute<{ answers: Rows<Answers> }>(sql`select ${call} as answers`)
    return (rows[0] as (typeof rows)[number]).answers
  })
}

const isRepeatable = ({ actor, idempotency }: ClinicContext) =>
  idempotency !== undefined && personOf(actor) !== null

const isKeyOf = ({ actor, idempotency }: ClinicContext) =>
  sql`account_id = ${personOf(actor)?.accountId}::bigint and key = ${idempotency?.key}`

/** Does the work, or returns what was kept when a request with the same key did it before. */
async function answerOnce<Answers extends Row[]>(
  ctx: ClinicContext,
  work: () => Promise<Rows<Answers>>,
): Promise<Rows<Answers>> {
  if (!isRepeatable(ctx)) return withAuthority(work)
  try {
    return await withAuthority(() => repeatably(work))
  } catch (error) {
    const { code, constraint } = databaseErrorIn(error) ?? {}
    if (code === lockNotAvailable) throw new StillRunning()
    if (constraint !== 'idempotency_keys_account_id_key_pk') throw error
  }
  const { rows } = await ctx.db.execute<{ is_same: boolean; answers: Rows<Answers> }>(sql`
    select fingerprint = decode(${ctx.idempotency?.fingerprint}, 'hex') as is_same, answers
    from ${idempotencyKeys}
    where ${isKeyOf(ctx)}`)
  const [first] = rows
  if (!first) throw new StillRunning()
  if (!first.is_same) throw new KeyReused()
  return first.answers
}

/** Reads what only someone who still has the right may see, in one trip. */
export async function readWithAuthority<Query extends BatchItem<'pg'>>(
  ctx: ClinicContext,
  query: Query,
): Promise<Query['_']['result']> {
  const checked = ctx.db.execute(requireAuthority(ctx))
  const [, found] = await withAuthority(() => ctx.db.batch([checked, query]))
  return found
}

/** What the database raises, by its code, as the doors expect it. */
const raised: Record<string, (error: NonNullable<ReturnType<typeof databaseErrorIn>>) => Error> = {
  AL401: () => new NoLongerSignedIn(),
  AL403: () => new RoleChanged('Your role has changed.'),
  AL404: ({ constraint }) => new NotFound((constraint || 'patient') as NotFound['noun']),
  AL409: ({ detail }) => new WouldStrand(JSON.parse(detail ?? '[]')),
  AL412: () => new Stale('It has changed since you read it.'),
}

async function withAuthority<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const fromDatabase = databaseErrorIn(error)
    throw (fromDatabase && raised[fromDatabase.code ?? '']?.(fromDatabase)) ?? error
  }
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
