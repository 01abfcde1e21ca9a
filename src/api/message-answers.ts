import * as z from 'zod'
import { channelNames } from '../channels/channel.ts'
import { messageKinds, messageLanguages } from '../clinic/messages/content.ts'
import { findMessagesInput } from '../clinic/messages/find.ts'
import { instant, known, local, zone } from './answers.ts'

export const message = z
  .object({
    id: known,
    kind: z.enum(messageKinds).describe('What it says'),
    days_before: z.int().nullable().describe('Of a reminder: how many days before the appointment'),
    state: findMessagesInput.shape.state.unwrap(),
    reason: z
      .string()
      .nullable()
      .describe('Why it was skipped, failed or put off: one of our codes, or what the provider says'),
    recipient: z.object({
      type: z.enum(['account', 'patient', 'location']),
      id: known,
      name: z.string(),
    }),
    channel: z.enum(channelNames).nullable().describe('Null before the first attempt'),
    address: z
      .string()
      .nullable()
      .describe('The email address or phone number; null before the first attempt'),
    language: z.enum(messageLanguages).nullable(),
    due_at: instant,
    try_at: instant.nullable().describe('When it is tried next; null if it no longer is'),
    attempts: z.int(),
    provider: z.string().nullable(),
    provider_id: z.string().nullable().describe('The provider’s id of the message'),
    sent_at: instant.nullable().describe('When the provider accepted it'),
    delivered_at: instant.nullable().describe('When it arrived, if the provider says so'),
    appointments: z.array(
      z.object({
        id: known,
        patient_id: known.nullable(),
        start_at: instant,
        start_local: local,
        time_zone: zone,
      }),
    ),
  })
  .meta({ id: 'Message', description: 'A message to one recipient about one or more appointments' })

export type MessageJson = z.output<typeof message>
