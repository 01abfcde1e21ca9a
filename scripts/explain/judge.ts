import { type ExecutedPlan, loopsOf, nameOf, nodesOf, type PlanNode, readBy } from './plan.ts'

/** Of more rows than this, a table is large: it grows with the clinic's years, and is not to be read whole. */
export const largeFrom = 10_000

/** As many rows of a large table a scan may read at once. */
export const mostRows = 10_000

/** As many rows of any table a scan may read and throw away, in all its loops. */
export const mostInVain = 5_000

/** How long a statement may take, in milliseconds, while its plan is measured: as long as the Worker waits for an answer. */
export const longestMs = 10_000

export type FaultKind = 'sequential scan' | 'spill to disk' | 'rows in vain' | 'whole index' | 'too slow'

export interface Fault {
  kind: FaultKind
  /** That was read; null for what spilled, or took too long. */
  table: string | null
  /** That were read, in all loops. */
  rows: number
  /** For whoever has to mend it. */
  says: string
  query: string
}

/** What is wrong with a plan that was executed. @param large the names of the large tables. */
export function judge(plan: ExecutedPlan, large: ReadonlySet<string>): Fault[] {
  return nodesOf(plan.root).flatMap((node) => {
    const said = faultOf(node, large)
    if (!said) return []
    const rows = readBy(node).rows * loopsOf(node)
    const table = 'kind' in said && said.kind === 'spill to disk' ? null : tableOf(node)
    return [{ ...said, table, rows, query: plan.query }]
  })
}

function faultOf(node: PlanNode, large: ReadonlySet<string>): Pick<Fault, 'kind' | 'says'> | null {
  const table = tableOf(node)
  const isLarge = table !== null && large.has(table)
  const loops = loopsOf(node)
  const { rows, inVain } = readBy(node)
  if (hasSpilled(node)) return { kind: 'spill to disk', says: `${nameOf(node)} wrote to disk` }
  if (loops === 0 || table === null) return null
  const condition = node.Filter ? `, filter ${node.Filter}` : ''
  if (isLarge && node['Node Type'] === 'Seq Scan')
    return { kind: 'sequential scan', says: `${nameOf(node)}: ${rows * loops} rows${condition}` }
  if (inVain * loops > mostInVain)
    return { kind: 'rows in vain', says: `${nameOf(node)}: ${inVain * loops} rows thrown away${condition}` }
  if (isLarge && rows > mostRows)
    return { kind: 'whole index', says: `${nameOf(node)}: ${rows} rows at once${condition}` }
  return null
}

// The rows of a Bitmap Index Scan are those of the heap scan above it.
function tableOf(node: PlanNode): string | null {
  return node['Node Type'] === 'ModifyTable' ? null : (node['Relation Name'] ?? null)
}

function hasSpilled(node: PlanNode): boolean {
  return (
    node['Sort Space Type'] === 'Disk' ||
    (node['Hash Batches'] ?? 1) > 1 ||
    (node['Disk Usage'] ?? 0) > 0 ||
    node.Storage === 'Disk'
  )
}
