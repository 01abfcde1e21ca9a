import * as z from 'zod'
import { known } from './answers.ts'

const at = z.string().meta({ format: 'date-time' })
const never = at.nullable()
const maybe = z.string().nullable()
const day = z.iso.date().nullable()
const actor = z.string().describe('The role of the person or system that did it')
const facts = z.record(z.string(), z.unknown())

/** An account that acts for a patient, in the export of that patient. */
export const exportedAccount = z
  .object({
    id: known,
    relation: z.enum(['self', 'dependant']).describe('What the patient is to the account'),
    linked_at: at,
    ends_on: day,
    notice_sent_at: never,
    email: z.string().optional().describe('This and what follows: only of the person’s own account'),
    email_verified: z.boolean().optional(),
    name: z.string().optional(),
    image: maybe.optional(),
    role: z.string().optional(),
    wanted_messages: maybe
      .optional()
      .describe('What one of the clinic’s own people chose to be told by email'),
    terms_accepted_at: never.optional(),
    created_at: at.optional(),
    updated_at: at.optional(),
    closed_at: never.optional(),
    acts_for_patient_ids: z.array(known).optional().describe('The other patients it acts for'),
    passkeys: z
      .array(z.object({ name: z.string(), is_backed_up: z.boolean(), created_at: at, last_used_at: at }))
      .optional(),
    sessions: z
      .array(
        z.object({
          created_at: at,
          last_seen_at: at,
          expires_at: at,
          device: maybe,
          place: maybe,
          signed_in_with: z.string(),
          ip_address: maybe,
          user_agent: maybe,
        }),
      )
      .optional(),
    email_changes: z
      .array(z.object({ new_email: z.string(), asked_at: at, expires_at: at, ended_at: never }))
      .optional(),
    api_keys: z
      .array(
        z.object({
          name: z.string(),
          role: z.string(),
          scopes: z.array(z.string()),
          created_at: at,
          last_used_at: never,
          expires_at: never,
          revoked_at: never,
        }),
      )
      .optional(),
    security_events: z
      .array(z.object({ at, kind: z.string(), actor, place: maybe, details: facts }))
      .optional(),
  })
  .meta({ id: 'ExportedAccount' })
