import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import type { AppEnv } from '../http/app-env.ts'

type Cell = string | number

/** One line of a CSV file (RFC 4180). */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** A spreadsheet computes what begins like a formula, unless an apostrophe stands before it. */
function csvCell(value: Cell): string {
  if (typeof value === 'number') return String(value)
  const text = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * Sends a table as a file, line by line as the rows come.
 *
 * @param columns stay the same in every language, for whoever computes with them.
 * @param first what was read already, so that whoever may not read it gets an answer of their own.
 */
export function sendCsv<Row>(
  c: Context<AppEnv>,
  name: string,
  columns: readonly string[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  cellsOf: (row: Row) => readonly Cell[],
): Response {
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename="${name}.csv"`)
  return stream(c, async (out) => {
    await out.write(csvLine(columns))
    for await (const row of rows) await out.write(csvLine(cellsOf(row)))
  })
}
