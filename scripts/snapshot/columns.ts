import { getTableName } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import type { Replacement } from './pseudonyms.ts'

/**
 * How to copy a column. `keep` is for ids, times, numbers and values of closed lists. `drop` leaves it null, or to be computed
 * when the copy is opened.
 */
type Rule = 'keep' | 'drop' | Replacement

/** Does not compile unless it lists every column of the table. */
type Rules<Table extends PgTable> = { [Column in keyof Table['_']['columns']]: Rule }

export interface CopiedTable {
  name: string
  /** By the column's database name. */
  rules: Map<string, Rule>
}

export function copied<Table extends PgTable>(table: Table, rules: Rules<Table>): CopiedTable {
  const columns = getTableConfig(table).columns
  const byProperty = Object.entries(table).filter(([, column]) => columns.includes(column))
  return {
    name: getTableName(table),
    rules: new Map(byProperty.map(([property, { name }]) => [name, rules[property as keyof Rules<Table>]])),
  }
}
