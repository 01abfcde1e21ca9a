import { log } from './log.ts'

/** One line while messages are overdue; docs/operations.md says what to do about it. */
export function logOverdue(found: {
  overdue: number
  since: Date | null
  untold: number
  limited: number
  tried: number
}) {
  if (found.overdue > 0) log('error', 'messages are overdue', found)
}
