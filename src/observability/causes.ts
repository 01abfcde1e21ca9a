import { databaseErrorIn } from '../database/connect.ts'

/** One error of a chain, without what a person may have written. */
export interface Cause {
  name: string
  message: string
  sqlstate?: string | undefined
  constraint?: string | undefined
  /** Where it was thrown, one call a line. */
  stack?: string | undefined
}

const mostCauses = 5
const mostCalls = 20

/** From the error that was caught to what lies at the bottom of it. */
export function causesOf(error: unknown): Cause[] {
  const causes: Cause[] = []
  for (let at = error; at !== undefined && at !== null && causes.length < mostCauses; at = causeOf(at))
    causes.push(toCause(at))
  return causes
}

function causeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined
  return error.cause ?? (error as { sourceError?: unknown }).sourceError
}

function toCause(error: unknown): Cause {
  if (!(error instanceof Error)) return { name: typeof error, message: masked(String(error)) }
  const fromDatabase = databaseErrorIn(error) === error ? databaseErrorIn(error) : undefined
  // What stands before the calls is the message once more.
  const calls = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return {
    name: error.name,
    message: messageOf(error, fromDatabase?.code),
    sqlstate: fromDatabase?.code,
    constraint: fromDatabase?.constraint,
    stack: calls.slice(0, mostCalls).join('\n') || undefined,
  }
}

function messageOf(error: Error, sqlstate: string | undefined): string {
  // Drizzle's has the whole query, and then what it was given.
  if ('query' in error && 'params' in error) return 'A query failed'
  // Of class 22 are values that PostgreSQL cannot use, and it quotes them.
  if (sqlstate?.startsWith('22')) return error.message.replace(/".*"|: .*$/gs, ' …')
  // V8 quotes what was to be JSON.
  if (error instanceof SyntaxError) return 'Something cannot be parsed'
  return masked(error.message)
}

/** Without e-mail addresses, passwords in addresses, and numbers that could be a telephone's. */
export function masked(text: string): string {
  return text.replace(/[^\s"'(/?&=]*(@|%40)[^\s"'),?&]*/gi, '…@…').replace(/\+?\d[\d ()-]{7,}\d/g, '…')
}
