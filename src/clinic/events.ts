import { eventKinds } from '../../drizzle/schema/events.ts'

/** What may happen to an appointment; `change_appointment` and its like append an event in the transaction that changes. */
export { eventKinds }

export type EventKind = (typeof eventKinds)[number]
