import { dropStatements, type Routine, retiredMark } from './routines.ts'
import type { Source } from './sources.ts'

interface Compared {
  /** As created by the migrations. */
  migrated: Routine[]
  /** As created by the files. */
  written: Routine[]
  /** The files, in the order in which they can be created. */
  sources: Source[]
  /** The release that is being prepared: the version in package.json. */
  release: string
}

const keyOf = ({ kind, signature }: Routine) => `${kind} ${signature}`

/**
 * The statements that bring a migrated database in line with the files.
 *
 * During a deploy, the previous release runs on the migrated database. So a function without a file stays for the current
 * release, marked as retired, and the first migration of a later release drops it.
 */
export function findDifferences({ migrated, written, sources, release }: Compared): string[] {
  const before = new Map(migrated.map((routine) => [keyOf(routine), routine]))
  const after = new Map(written.map((routine) => [keyOf(routine), routine]))
  const withoutFile = migrated.filter((routine) => !after.has(keyOf(routine)))
  const changed = written.filter((routine) => before.get(keyOf(routine))?.definition !== routine.definition)
  const typeChanges = changed.map((routine) => changeType(before.get(keyOf(routine)), routine))
  return [
    ...dropStatements(withoutFile.filter(({ retiredIn }) => retiredIn !== null && retiredIn !== release)),
    ...sources.flatMap((source) => {
      const { kind, name, sql } = source
      const at = changed.findIndex((routine) => routine.kind === kind && routine.name === name)
      return at === -1 ? [] : (typeChanges[at]?.added ?? [withoutSemicolon(sql)])
    }),
    ...typeChanges.flatMap((change) => change?.removed ?? []),
    ...withoutFile
      .filter(({ retiredIn }) => retiredIn === null)
      .map(({ kind, signature }) => `comment on ${kind} ${signature} is '${retiredMark}${release}'`),
    ...migrated
      .filter((routine) => routine.retiredIn !== null && after.has(keyOf(routine)))
      .map(({ kind, signature }) => `comment on ${kind} ${signature} is null`),
  ]
}

const withoutSemicolon = (sql: string) => sql.replace(/;$/, '')

/** For an existing type, the statements before and after the functions change; null for a new one. */
function changeType(before: Routine | undefined, after: Routine) {
  if (after.kind === 'function' || !before) return null
  const [had, has] = [before, after].map(({ definition }) => definition.split(', ')) as [string[], string[]]
  const alter = (what: string) => `alter type ${after.name} ${what}`
  return {
    added: has.filter((attribute) => !had.includes(attribute)).map((one) => alter(`add attribute ${one}`)),
    removed: had
      .filter((attribute) => !has.includes(attribute))
      .map((one) => alter(`drop attribute ${one.split(' ')[0]}`)),
  }
}

/**
 * Why an old and a new function cannot coexist: PostgreSQL refuses a call that matches two functions of one name as "not
 * unique".
 */
export function findAmbiguities(routines: Routine[]): string[] {
  const functions = routines.filter(({ kind }) => kind === 'function')
  return functions.flatMap((one, n) =>
    functions
      .slice(n + 1)
      .filter((other) => other.name === one.name && isAmbiguous(one, other))
      .map((other) => `${one.signature} and ${other.signature}`),
  )
}

function isAmbiguous(one: Routine, other: Routine): boolean {
  const fewest = Math.max(one.arguments - one.defaults, other.arguments - other.defaults)
  if (fewest > Math.min(one.arguments, other.arguments)) return false
  const first = ({ signature }: Routine) =>
    signature
      .replace(/^[^(]*\(|\)$/g, '')
      .split(',')
      .slice(0, fewest)
  return first(one).join() === first(other).join()
}
