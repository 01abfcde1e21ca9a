/** A node of a plan in PostgreSQL's JSON. Rows and times are averages per loop. */
export interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  'Recheck Cond'?: string
  'Hash Cond'?: string
  Filter?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Actual Total Time'?: number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Sort Space Type'?: string
  'Hash Batches'?: number
  'Disk Usage'?: number
  Storage?: string
  'Shared Hit Blocks'?: number
  'Shared Read Blocks'?: number
  Plans?: PlanNode[]
}

/** The plan of one statement: one of ours, one inside an SQL function, or a foreign-key check. */
export interface ExecutedPlan {
  query: string
  ms: number
  root: PlanNode
}

/** Reads a notice of `auto_explain`; null for other notices, and for the many plans that read no table. */
export function readPlan(notice: string): ExecutedPlan | null {
  if (!notice.includes('"Relation Name"')) return null
  const [, ms, json] = /^duration: ([\d.]+) ms\s+plan:\s*(\{.*)$/s.exec(notice) ?? []
  if (!json) return null
  const read = JSON.parse(json) as { 'Query Text': string; Plan: PlanNode }
  return { query: read['Query Text'], ms: Number(ms), root: read.Plan }
}

/** The node and all nodes below it. */
export function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}

export const loopsOf = (node: PlanNode) => node['Actual Loops'] ?? 0

/** How many rows a scan read per loop, and how many of those it threw away. */
export function readBy(node: PlanNode): { rows: number; inVain: number } {
  const inVain = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return { rows: (node['Actual Rows'] ?? 0) + inVain, inVain }
}

/** The time of the node without the nodes below it, in milliseconds. */
export function ownTime(node: PlanNode): number {
  const total = (of: PlanNode) => (of['Actual Total Time'] ?? 0) * loopsOf(of)
  return Math.max(0, total(node) - (node.Plans ?? []).reduce((sum, child) => sum + total(child), 0))
}

/** The 8 kB pages that were read. */
export const buffersOf = ({ root }: ExecutedPlan) =>
  (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0)

/** `Index Scan by appointments_by_start`. */
export function nameOf(node: PlanNode): string {
  const on = node['Index Name'] ?? node['Relation Name']
  return on ? `${node['Node Type']} ${on}` : node['Node Type']
}
