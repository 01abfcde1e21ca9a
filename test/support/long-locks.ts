import { readdirSync, readFileSync } from 'node:fs'

const growing = ['appointments', 'events', 'event_heads', 'claims']
/** The older ones ran before there was much to read. */
const first = '0065'

/**
 * The statements of migrations that read a whole growing table while the migration has it locked: an `alter table` keeps its
 * lock until the commit, and migrations commit together up to one with work for afterwards.
 */
export function findLongLocks(): string[] {
  const locked = new Set<string>()
  return readdirSync('migrations')
    .filter((file) => file >= first && file.endsWith('.sql'))
    .flatMap((file) => {
      const sql = readFileSync(`migrations/${file}`, 'utf8')
      const found = changesOf(sql).filter((change) => isLongLock(change, locked))
      if (sql.includes('-- afterwards:')) locked.clear()
      return found.map(({ statement }) => `${file}: ${statement.slice(0, 80)}`)
    })
}

interface Change {
  table: string
  statement: string
}

/** What a migration does to growing tables that it did not create itself. */
function changesOf(sql: string): Change[] {
  return sql
    .replace(/^--.*$/gm, '')
    .toLowerCase()
    .split(';')
    .map((statement) => statement.trim())
    .flatMap((statement) => {
      const table = /^(?:alter table|create (?:unique )?index .* on) "?(\w+)/.exec(statement)?.[1] ?? ''
      return growing.includes(table) && !sql.includes(`CREATE TABLE "${table}"`) ? [{ table, statement }] : []
    })
}

/** Notes the lock that a change takes, too. */
function isLongLock({ table, statement }: Change, locked: Set<string>): boolean {
  // Validating takes a lock that lets everyone write.
  if (statement.includes('validate constraint')) return locked.has(table)
  locked.add(table)
  return (
    statement.startsWith('create') ||
    (/add constraint .*(check|foreign key)/s.test(statement) && !statement.includes('not valid'))
  )
}
