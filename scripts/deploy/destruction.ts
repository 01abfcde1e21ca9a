import { type AlterTableCmd, type DropStmt, type Node, parse, type RenameStmt } from 'libpg-query'
import type { Migration } from '../migration/run.ts'

/**
 * What these migrations would take from the database, or from the release that runs until the next one is deployed; one
 * line each, none where they only add. PostgreSQL's own parser reads them. What they have made themselves may go, and what
 * a function's body says is done by its callers. A `do` block is not analysed, and counts.
 *
 * @param unused names of what the running release does not use.
 * @throws Error for text that is not SQL.
 */
export async function findDestruction(
  migrations: Pick<Migration, 'name' | 'sql'>[],
  unused: string[] = [],
): Promise<string[]> {
  const made = new Set(unused)
  const found: string[] = []
  for (const { name, sql } of migrations) {
    for (const { stmt } of (await parse(sql)).stmts ?? []) {
      if (!stmt) continue
      found.push(...destructionBy(stmt, made).map((what) => `${name} ${what}`))
      const maker = madeBy(stmt)
      if (maker) made.add(maker)
    }
  }
  return found
}

function madeBy(statement: Node): string | undefined {
  if ('CreateStmt' in statement) return statement.CreateStmt.relation?.relname
  if ('CreateFunctionStmt' in statement) return wordsIn(statement.CreateFunctionStmt.funcname).at(-1)
  return undefined
}

function destructionBy(statement: Node, made: Set<string>): string[] {
  if ('DropStmt' in statement) return dropped(statement.DropStmt, made)
  if ('RenameStmt' in statement) return renamed(statement.RenameStmt, made)
  if ('TruncateStmt' in statement)
    return [`empties ${relationsIn(statement.TruncateStmt.relations).join(', ')}`]
  if ('DoStmt' in statement) return ['runs a do block, which is not analysed']
  if ('AlterTableStmt' in statement) {
    const { relation, cmds = [] } = statement.AlterTableStmt
    const table = relation?.relname ?? ''
    if (made.has(table)) return []
    return cmds.flatMap((command) =>
      'AlterTableCmd' in command ? altered(table, command.AlterTableCmd) : [],
    )
  }
  if ('CreateFunctionStmt' in statement) return []
  return JSON.stringify(statement).includes('"DeleteStmt"') ? ['deletes rows'] : []
}

/** Objects that no release depends on. */
const harmless = new Set(['OBJECT_INDEX', 'OBJECT_TABCONSTRAINT', 'OBJECT_STATISTIC_EXT'])

function dropped({ removeType = 'OBJECT_TABLE', objects = [] }: DropStmt, made: Set<string>): string[] {
  if (harmless.has(removeType)) return []
  const names = objects.map((object) =>
    wordsIn('ObjectWithArgs' in object ? object.ObjectWithArgs.objname : object),
  )
  const missed = names.filter((words) => !made.has(words.at(-1) ?? ''))
  return missed.map((words) => `drops ${kind(removeType)} ${words.join('.')}`)
}

function renamed(
  { renameType = 'OBJECT_TABLE', relation, subname, object, newname }: RenameStmt,
  made: Set<string>,
): string[] {
  const of = relation?.relname ?? wordsIn(object)[0] ?? ''
  if (harmless.has(renameType) || made.has(of)) return []
  return [`renames ${kind(renameType)} ${[of, subname].filter(Boolean).join('.')} to ${newname}`]
}

function altered(table: string, { subtype, name, def }: AlterTableCmd): string[] {
  if (subtype === 'AT_DropColumn') return [`drops column ${table}.${name}`]
  if (subtype === 'AT_AlterColumnType') return [`changes the type of ${table}.${name}`]
  if (subtype === 'AT_SetNotNull') return [`makes ${table}.${name} not null`]
  if (subtype !== 'AT_AddColumn' || !def || !('ColumnDef' in def)) return []
  const { colname, constraints = [] } = def.ColumnDef
  const has = (kinds: string[]) =>
    constraints.some((of) => 'Constraint' in of && kinds.includes(of.Constraint.contype ?? ''))
  const mustBeGiven =
    has(['CONSTR_NOTNULL', 'CONSTR_PRIMARY']) &&
    !has(['CONSTR_DEFAULT', 'CONSTR_GENERATED', 'CONSTR_IDENTITY'])
  return mustBeGiven ? [`adds ${table}.${colname}, not null and without a default`] : []
}

function relationsIn(nodes: Node[] = []): string[] {
  return nodes.flatMap((node) => ('RangeVar' in node ? [node.RangeVar.relname ?? ''] : []))
}

/** Every name inside, in order. */
function wordsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => (key === 'sval' ? [String(value)] : wordsIn(value)))
}

function kind(objectType: string): string {
  return objectType.replace('OBJECT_', '').toLowerCase()
}
