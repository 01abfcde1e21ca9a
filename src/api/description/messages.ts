import * as z from 'zod'
import type { resendMessage } from '../../clinic/messages/resend.ts'
import type { stopMessage } from '../../clinic/messages/stop.ts'
import { type MessageJson, message } from '../message-answers.ts'
import { messagesSearch } from '../messages.ts'
import { type Answer, refusalsOf, type Section } from './operation.ts'

const messageExample: MessageJson = {
  id: 81,
  kind: 'reminder',
  days_before: 1,
  state: 'failed',
  reason: 'provider_down',
  recipient: { type: 'account', id: 12, name: 'Ani Wijaya' },
  channel: 'email',
  address: 'ani@example.com',
  language: 'id',
  due_at: '2026-12-02T02:00:00.000Z',
  try_at: null,
  attempts: 9,
  provider: 'resend',
  provider_id: null,
  sent_at: null,
  delivered_at: null,
  appointments: [
    {
      id: 5,
      patient_id: 3,
      start_at: '2026-12-03T02:00:00.000Z',
      start_local: '2026-12-03T09:00',
      time_zone: 'Asia/Jakarta',
    },
  ],
}

const dueAgain: MessageJson = {
  ...messageExample,
  state: 'due',
  reason: null,
  due_at: '2026-12-02T03:10:00.000Z',
  try_at: '2026-12-02T03:10:00.000Z',
}

const ofMessage: Answer = {
  status: 200,
  summary: 'The message',
  body: z.object({ message }),
  example: { message: messageExample },
}

export const messages: Section = {
  name: 'Messages',
  description: 'What was sent to patients and staff, what will be, and what was not and why.',
  operations: {
    'GET /messages': {
      operationId: 'listMessages',
      summary: 'List messages',
      isTagged: true,
      description:
        'Newest first; with `state=due`, the next one first. Messages are kept as long as the setting `messages_kept_days` says.',
      right: 'see messages',
      query: messagesSearch,
      fields: {
        state: 'Only messages in this state; `due` includes those that are being sent at this moment',
        kind: 'Only messages of this kind',
        channel: 'Only messages through this channel',
        appointment_id: 'Only messages about this appointment',
        patient_id: 'Only messages about this patient’s appointments',
        from: 'Only messages due at or after this time',
        to: 'Only messages due before this time',
        limit: 'Maximum number of results per page',
      },
      answer: {
        status: 200,
        summary: 'A page of messages',
        body: z.object({ messages: z.array(message) }),
        headers: ['Link'],
        example: { messages: [messageExample] },
      },
    },
    'GET /messages/{id}': {
      operationId: 'getMessage',
      summary: 'Get a message',
      isTagged: true,
      right: 'see messages',
      answer: ofMessage,
    },
    'POST /messages/{id}/resend': {
      operationId: 'resendMessage',
      summary: 'Send a message again',
      description:
        'One that failed or was skipped becomes `due` again. One that was sent stays as it is, and the answer is a new message that says the same.',
      right: 'manage messages',
      refusals: refusalsOf<typeof resendMessage>({ still_waiting: true, would_be_skipped: true }),
      answer: { ...ofMessage, example: { message: dueAgain } },
    },
    'POST /messages/{id}/stop': {
      operationId: 'stopMessage',
      summary: 'Stop a message that is due',
      description: 'It becomes `skipped`, with the reason `stopped`.',
      right: 'manage messages',
      refusals: refusalsOf<typeof stopMessage>({ not_waiting: true }),
      answer: {
        ...ofMessage,
        example: { message: { ...messageExample, state: 'skipped', reason: 'stopped', attempts: 0 } },
      },
    },
  },
}
