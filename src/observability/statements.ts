/** A statement for `npm run explain -- --slow`, without its parameters, which may name people. */
export interface NamedStatement {
  name: string
  sql: string
}

/** The statements in a request body of the driver. */
export function statementsIn(body: unknown): NamedStatement[] {
  const sent = JSON.parse(String(body)) as { query: string } | { queries: { query: string }[] }
  const queries = 'queries' in sent ? sent.queries : [sent]
  return queries.map(({ query }) => ({ name: nameOf(query), sql: query.trim() }))
}

/**
 * Names a statement by what it does to its first table and a hash of its text: the same statement has the same name in
 * every log line.
 */
export function nameOf(query: string): string {
  const text = query.replace(/\s+/g, ' ').trim()
  const [, verb = '', table = ''] =
    /\b(insert into|update|delete from|from)\s+"?(\w+)/i.exec(text.replace(/--[^\n]*/g, '')) ?? []
  const doing = { insert: 'insert', update: 'update', delete: 'delete' }[verb.split(' ')[0] ?? ''] ?? 'select'
  return `${doing} ${table} ${hash(text)}`.replace('  ', ' ')
}

/** FNV-1a, 32 bits: short and synchronous. */
function hash(text: string): string {
  let hashed = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hashed = Math.imul(hashed ^ text.charCodeAt(at), 0x01000193)
  return (hashed >>> 0).toString(16).padStart(8, '0')
}
