/** A statement as `npm run explain -- --slow` takes it; without what it was given, which names people. */
export interface NamedStatement {
  name: string
  sql: string
}

/** The statements of one trip, out of the body that the driver sends. */
export function statementsIn(body: unknown): NamedStatement[] {
  const sent = JSON.parse(String(body)) as { query: string } | { queries: { query: string }[] }
  const queries = 'queries' in sent ? sent.queries : [sent]
  return queries.map(({ query }) => ({ name: nameOf(query), sql: query.trim() }))
}

/**
 * What to call a statement: what it does to its first table, and a hash of its text. It is made of the text alone, so that it
 * is the same in every log line, and no statement has to be given one.
 */
export function nameOf(query: string): string {
  const text = query.replace(/\s+/g, ' ').trim()
  const [, verb = '', table = ''] =
    /\b(insert into|update|delete from|from)\s+"?(\w+)/i.exec(text.replace(/--[^\n]*/g, '')) ?? []
  const doing = { insert: 'insert', update: 'update', delete: 'delete' }[verb.split(' ')[0] ?? ''] ?? 'select'
  return `${doing} ${table} ${hash(text)}`.replace('  ', ' ')
}

/** FNV-1a, 32 bits: short, and made without waiting. */
function hash(text: string): string {
  let hashed = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hashed = Math.imul(hashed ^ text.charCodeAt(at), 0x01000193)
  return (hashed >>> 0).toString(16).padStart(8, '0')
}
