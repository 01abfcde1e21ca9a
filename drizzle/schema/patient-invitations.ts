import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, smallint, text, timestamp } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { patients } from './patients.ts'

/**
 * The front desk, or an account that acts for the patient, invites the owner of a mailbox to the patient's record. Reading
 * the mail is not enough: they also name the birth date, or a code from the person who invited them.
 */
export const patientInvitations = pgTable(
  'patient_invitations',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    patientId: bigint('patient_id', { mode: 'number' })
      .notNull()
      .references(() => patients.id),
    /** In lower case. */
    email: text('email').notNull(),
    /** Whether the mailbox is thought to be the patient's own, or that of someone who looks after them. */
    relation: text('relation', { enum: ['self', 'dependant'] })
      .notNull()
      .default('self'),
    /** A keyed hash of the code that they were given; null when only the birth date will do. */
    codeHash: text('code_hash'),
    /** Wrong answers so far. */
    failures: smallint('failures').notNull().default(0),
    invitedAt: timestamp('invited_at', { withTimezone: true }).notNull(),
    /** When the mail provider took the mail. */
    mailedAt: timestamp('mailed_at', { withTimezone: true }),
    invitedById: bigint('invited_by_id', { mode: 'number' }).references(() => accounts.id),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    acceptedAt: timestamp('accepted_at', { withTimezone: true }),
    acceptedById: bigint('accepted_by_id', { mode: 'number' }).references(() => accounts.id),
    withdrawnAt: timestamp('withdrawn_at', { withTimezone: true }),
  },
  (invitation) => [
    check('patient_invitations_email_is_lower_case', sql`${invitation.email} = lower(${invitation.email})`),
    check('patient_invitations_relation_is_known', sql`${invitation.relation} in ('self', 'dependant')`),
    index('patient_invitations_by_email').on(invitation.email),
    index('patient_invitations_by_patient').on(invitation.patientId),
    index('patient_invitations_by_expiry').on(invitation.expiresAt),
  ],
)
