import type { Listener } from '../clinic/happenings.ts'
import { log } from '../observability/log.ts'

/** One line for each alarm; docs/operations.md says what to do about it. */
export const logAlarms: Listener = (happening) => {
  if (happening.kind !== 'alarm.raised') return
  const { what, by, times } = happening
  // One network or one mailbox is an everyday matter; all of them together are an attack on the clinic.
  const level = by === 'everyone' ? 'error' : 'warn'
  log(level, 'security alarm', { kind: what, by, times_an_hour: times })
}
