import { type ExecutedPlan, loopsOf, nameOf, nodesOf, type PlanNode, readBy } from './plan.ts'

/** A table with more rows is large: it grows over the years, and no call may read all of it. */
export const largeFrom = 10_000

/** The most rows of a large table that one scan may read. */
const mostRows = 10_000

/** The most rows of any table that a scan may read and throw away, in all its loops. */
const mostInVain = 5_000

/** The statement timeout in milliseconds while plans are measured: as long as the Worker waits for an answer. */
export const longestMs = 10_000

export type FaultKind = 'sequential scan' | 'spill to disk' | 'rows in vain' | 'whole index' | 'too slow'

export interface Fault {
  kind: FaultKind
  /** Null for a spill or a timeout. */
  table: string | null
  /** Rows read, in all loops. */
  rows: number
  /** What to look at, for the developer. */
  says: string
  query: string
}

/** The faults of an executed plan. @param large the names of the large tables. */
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
    return { kind: 'rows in vain', says: `${nameOf(node)}: ${inVain * loops} rows discarded${condition}` }
  if (isLarge && rows > mostRows)
    return { kind: 'whole index', says: `${nameOf(node)}: ${rows} rows at once${condition}` }
  return null
}

// A Bitmap Index Scan reads the rows of the heap scan above it.
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
