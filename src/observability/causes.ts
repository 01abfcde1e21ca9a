import { databaseErrorIn } from '../database/connect.ts'

/** One error of a chain, without anything a person may have written. */
export interface Cause {
  name: string
  message: string
  sqlstate?: string | undefined
  constraint?: string | undefined
  /** One call per line. */
  stack?: string | undefined
}

const mostCauses = 5
const mostCalls = 20

/** The caught error first, the innermost cause last. */
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
  // The stack begins with the message, which may quote what a person wrote.
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
  // Drizzle's message contains the query and its parameters.
  if ('query' in error && 'params' in error) return 'A query failed'
  // Class 22: PostgreSQL quotes the value that it rejects.
  if (sqlstate?.startsWith('22')) return error.message.replace(/".*"|: .*$/gs, ' …')
  // V8 quotes the text that is not JSON.
  if (error instanceof SyntaxError) return 'Something could not be parsed'
  return masked(error.message)
}

/** Removes email addresses, passwords in URLs, and numbers that may be telephone numbers. */
function masked(text: string): string {
  return text.replace(/[^\s"'(/?&=]*(@|%40)[^\s"'),?&]*/gi, '…@…').replace(/\+?\d[\d ()-]{7,}\d/g, '…')
}
