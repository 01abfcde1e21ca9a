import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { messageStates } from '../../../drizzle/schema/messages.ts'
import { channelNames } from '../../channels/channel.ts'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, locationsOf, type Person } from '../context.ts'
import { NotFound } from '../errors.ts'
import { pageOf } from '../page-of.ts'
import { inForce } from '../patients/record.ts'
import { closed, fault, id, instant, moment } from '../shapes.ts'
import { messageKinds } from './content.ts'
import { type DescribedMessage, type Message, toMessage } from './message.ts'

export const findMessagesInput = closed({
  /** `due` includes those that are being sent at this moment. */
  state: z.enum(messageStates, { error: fault('not_a_choice') }).optional(),
  kind: z.enum(messageKinds, { error: fault('not_a_choice') }).optional(),
  channel: z.enum(channelNames, { error: fault('not_a_choice') }).optional(),
  appointmentId: id.optional(),
  /** Whose appointments it is about, or to whom it goes. */
  patientId: id.optional(),
  /** Due in `[from, to)`. */
  from: moment.optional(),
  to: moment.optional(),
}).refine(({ from, to }) => !from || !to || from < to, { path: ['to'], error: () => 'not_after_opening' })

export interface FindMessages extends z.infer<typeof findMessagesInput> {
  /** Due on this day, on the clock of the clinic's first location. */
  on?: string | undefined
  /** Of one page. */
  limit: number
  /** The last message of the previous page. */
  after?: MessageKey | undefined
}

/** What a list is ordered by. */
export const messageKey = z.tuple([instant, id]).transform(([dueAt, id]) => ({ dueAt: new Date(dueAt), id }))

export type MessageKey = z.infer<typeof messageKey>

export interface MessagesPage {
  messages: Message[]
  /** What to ask for as `after`, or null on the last page. */
  next: MessageKey | null
}

/**
 * A page of messages in one trip: those that are due, the next one first; others, the newest first.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function findMessages(ctx: ClinicContext, search: FindMessages): Promise<MessagesPage> {
  const person = requireRight(ctx.actor, 'see messages')
  const { rows } = await selectMessages(ctx, person, search)
  return toMessagesPage(rows, search)
}

/** @throws NotFound, NotSignedIn, Forbidden. */
export async function findMessage(ctx: ClinicContext, messageId: number): Promise<Message> {
  const person = requireRight(ctx.actor, 'see messages')
  const { rows } = await ctx.db.execute<MessageRow>(sql`
    select describe_message(messages) as message
    from messages
    where id = ${messageId}::bigint and ${isForPerson(person) ?? sql`true`}`)
  const [row] = rows
  if (!row) throw new NotFound('message')
  return toMessage(row.message)
}

/** The query, for a page that sends it with its others; `toMessagesPage` reads its rows. */
export function selectMessages({ db }: Pick<ClinicContext, 'db'>, person: Person, search: FindMessages) {
  const order = search.state === 'due' ? sql`asc` : sql`desc`
  return db.execute<MessageRow>(sql`
    select describe_message(messages) as message
    from messages
    where ${sql.join(conditionsOf(person, search), sql` and `)}
    order by due_at ${order}, id ${order}
    limit ${search.limit + 1}`)
}

export function toMessagesPage(rows: MessageRow[], { limit }: FindMessages): MessagesPage {
  const { page, last } = pageOf(
    rows.map(({ message }) => toMessage(message)),
    limit,
  )
  return { messages: page, next: last && { dueAt: last.dueAt, id: last.id } }
}

interface MessageRow extends Record<string, unknown> {
  message: DescribedMessage
}

/** Those that tell of nothing outside the locations that the person is bound to. */
function isForPerson(person: Person): SQL | undefined {
  const bound = locationsOf(person)
  return bound ? sql`not is_about_elsewhere(messages, ${`{${bound}}`}::bigint[])` : undefined
}

function conditionsOf(person: Person, search: FindMessages) {
  const { state, kind, channel, appointmentId, patientId, on, from, to, after } = search
  const conditions: (SQL | undefined)[] = [
    state && (state === 'due' ? sql`state in ('due', 'sending')` : sql`state = ${state}`),
    kind && sql`kind = ${kind}`,
    channel && sql`channel = ${channel}`,
    appointmentId === undefined ? undefined : isAbout(sql`${appointmentId}::bigint`),
    patientId === undefined ? undefined : isOf(patientId),
    on ? isDueOn(on) : undefined,
    from && sql`due_at >= ${from.toISOString()}::timestamptz`,
    to && sql`due_at < ${to.toISOString()}::timestamptz`,
    after && isBehind(after, state === 'due'),
    isForPerson(person),
  ]
  return [sql`true`, ...conditions.filter((condition) => condition !== undefined)]
}

export const isAbout = (appointmentId: SQL) => sql`
  id in (select message_id from message_appointments where appointment_id = ${appointmentId})`

/** An appointment moves with its patient's record when that is merged; the message stays with the record that it was for. */
const isOf = (patientId: number) => sql`
  id in (
    select about.message_id
    from appointments one
    join message_appointments about on about.appointment_id = one.id
    where one.patient_id = ${inForce(patientId)}
    union
    select id from messages where patient_id = ${patientId}::bigint
  )`

function isDueOn(day: string): SQL {
  const zone = sql`(select time_zone from locations where is_active order by id limit 1)`
  const startOf = (daysLater: number) =>
    sql`(${day}::date + ${daysLater}::integer)::timestamp at time zone ${zone}`
  return sql`due_at >= ${startOf(0)} and due_at < ${startOf(1)}`
}

const isBehind = ({ dueAt, id }: MessageKey, isForwards: boolean) => sql`
  (due_at, id) ${isForwards ? sql`>` : sql`<`} (${dueAt.toISOString()}::timestamptz, ${id}::bigint)`
