/** The page of a query that asked for one row more than `limit`. `last` is its last row, and null when no page follows. */
export function pageOf<Row>(found: Row[], limit: number): { page: Row[]; last: Row | null } {
  const page = found.slice(0, limit)
  return { page, last: found.length > limit ? (page.at(-1) ?? null) : null }
}
