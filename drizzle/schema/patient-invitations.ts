import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, smallint, text, timestamp } from 'drizzle-orm/pg-core'
import { accounts } from './accounts.ts'
import { patients } from './patients.ts'

/**
 * The front desk invites the owner of a mailbox to a patient's record. Reading the mail is not enough: they also name the
 * birth date, or a code that the front desk gives them.
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
    /** A keyed hash of the code that the front desk gave them; null when only the birth date will do. */
    codeHash: text('code_hash'),
    /** Wrong answers so far. */
    failures: smallint('failures').notNull().default(0),
    invitedAt: timestamp('invited_at', { withTimezone: true }).notNull(),
    invitedById: bigint('invited_by_id', { mode: 'number' }).references(() => accounts.id),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    acceptedAt: timestamp('accepted_at', { withTimezone: true }),
    acceptedById: bigint('accepted_by_id', { mode: 'number' }).references(() => accounts.id),
    withdrawnAt: timestamp('withdrawn_at', { withTimezone: true }),
  },
  (invitation) => [
    check('patient_invitations_email_is_lower_case', sql`${invitation.email} = lower(${invitation.email})`),
    index('patient_invitations_by_email').on(invitation.email),
    index('patient_invitations_by_patient').on(invitation.patientId),
    index('patient_invitations_by_expiry').on(invitation.expiresAt),
  ],
)
