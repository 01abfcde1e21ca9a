import { eventKinds } from '../../drizzle/schema/events.ts'

export { eventKinds }

export type EventKind = (typeof eventKinds)[number]
