import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { doctors } from './doctors.ts'
import { isLegible } from './legible.ts'
import { wantedMessages } from './wanted-messages.ts'

export const roles = ['patient', 'front_desk', 'doctor', 'admin'] as const
export type Role = (typeof roles)[number]

/** Signs in. Until it has a name and has accepted the terms, on its first visit, it may do nothing. */
export const accounts = pgTable(
  'accounts',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** In lower case. */
    email: text('email').notNull().unique('accounts_email_once'),
    emailVerified: boolean('email_verified').notNull().default(false),
    name: text('name').notNull().default(''),
    image: text('image'),
    role: text('role', { enum: roles }).notNull().default('patient'),
    /** For a doctor's account: the doctor whose day it sees. */
    doctorId: bigint('doctor_id', { mode: 'number' }).references(() => doctors.id),
    /** Of the clinic's own people. Null as long as they have not chosen: doctors get the next 24 hours, others nothing. */
    wantedMessages: text('wanted_messages', { enum: wantedMessages }),
    termsAcceptedAt: timestamp('terms_accepted_at', { withTimezone: true }),
    /** No one signs in to it any more. */
    closedAt: timestamp('closed_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (account) => [
    check('accounts_name_is_legible', sql`${account.name} = '' or ${isLegible(account.name)}`),
    // The clinic's own people: few among many patients.
    index('accounts_of_staff').on(account.role).where(sql`${account.role} <> 'patient'`),
    // Never completed, which the nightly job deletes.
    index('accounts_unfinished')
      .on(account.createdAt)
      .where(sql`${account.name} = '' and ${account.termsAcceptedAt} is null`),
    check(
      'accounts_wanted_messages_are_known',
      sql`${account.wantedMessages} in ('nothing', 'approvals', 'next_24_hours', 'everything')`,
    ),
    check('accounts_email_is_lower_case', sql`${account.email} = lower(${account.email})`),
    check('accounts_role_is_known', sql`${account.role} in ('patient', 'front_desk', 'doctor', 'admin')`),
    check('accounts_doctor_is_named', sql`(${account.role} = 'doctor') = (${account.doctorId} is not null)`),
  ],
)
