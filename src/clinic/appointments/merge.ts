/** How long a merge can be undone; `judge_unmerge` decides. */
const undoableFor = 30 * 24 * 60 * 60 * 1000

/** Two records of one person that became one. */
export interface Merge {
  id: number
  /** The record that went; it answers with the other. */
  fromId: number
  /** The record that stays. */
  intoId: number
  mergedAt: Date
  /** Until then it can be undone. */
  undoUntil: Date
  undoneAt: Date | null
  /** The appointments that moved. */
  appointmentIds: number[]
  /** The columns that were empty in the record that stays, and were filled from the other. */
  filled: string[]
}

/** A row of `patient_merges`, fresh or as JSON kept for a retry. */
export interface MergeRow extends Record<string, unknown> {
  id: number | string
  from_id: number | string
  into_id: number | string
  merged_at: string
  undone_at: string | null
  appointment_ids: (number | string)[]
  filled: string[]
}

export function toMerge(row: MergeRow): Merge {
  const mergedAt = new Date(row.merged_at)
  return {
    id: Number(row.id),
    fromId: Number(row.from_id),
    intoId: Number(row.into_id),
    mergedAt,
    undoUntil: new Date(mergedAt.getTime() + undoableFor),
    undoneAt: row.undone_at === null ? null : new Date(row.undone_at),
    appointmentIds: row.appointment_ids.map(Number),
    filled: row.filled,
  }
}
