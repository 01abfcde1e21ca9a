import { sql } from 'drizzle-orm'
import { boolean, check, doublePrecision, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'

/** Whether people who register online are asked for something. */
export const askings = ['no', 'optional', 'required'] as const

/** What pages and messages are written in. */
export const pageLanguages = ['en', 'id'] as const

/** What the clinic decides for itself. One row, made by a migration. */
export const clinicSettings = pgTable(
  'clinic_settings',
  {
    id: boolean('id').primaryKey().default(true),
    /** Counts the changes. */
    version: integer('version').notNull().default(0),
    /** As patients know the clinic; without one, the pages say AloBooking. */
    name: text('name'),
    /** Of the pages, by their codes; at least one. */
    languages: text('languages', { enum: pageLanguages }).array().notNull().default(['en', 'id']),
    /** How many open online appointments an account may have, all its patients together. */
    mostOpenAppointments: smallint('most_open_appointments').notNull().default(4),
    /** The same, once the account has attended an appointment. */
    mostOpenAppointmentsAfterVisit: smallint('most_open_appointments_after_visit').notNull().default(8),
    /** The same, within an hour of the account's first sign-in. */
    mostOpenAppointmentsInFirstHour: smallint('most_open_appointments_in_first_hour').notNull().default(2),
    mostDependants: smallint('most_dependants').notNull().default(8),
    mostDependantsInFirstHour: smallint('most_dependants_in_first_hour').notNull().default(3),
    /** How many slots an account may hold at a time. */
    mostHolds: smallint('most_holds').notNull().default(2),
    mostHoldsInFirstHour: smallint('most_holds_in_first_hour').notNull().default(1),
    /** Whether the clinic's own people need a passkey to sign in. */
    staffNeedPasskeys: boolean('staff_need_passkeys').notNull().default(false),
    asksBirthDate: text('asks_birth_date', { enum: askings }).notNull().default('optional'),
    asksPhone: text('asks_phone', { enum: askings }).notNull().default('optional'),
    asksSex: text('asks_sex', { enum: askings }).notNull().default('no'),
    /** How long holds that no one booked are kept, with their events. */
    releasedHoldsKeptDays: smallint('released_holds_kept_days').notNull().default(30),
    /** How long accounts are kept that never had a name. */
    unfinishedAccountsKeptDays: smallint('unfinished_accounts_kept_days').notNull().default(30),
    /** How long the security log is kept. */
    securityEventsKeptDays: smallint('security_events_kept_days').notNull().default(365),
    /** The same for events about signing in. */
    signInEventsKeptDays: smallint('sign_in_events_kept_days').notNull().default(90),
    /** How long the reasons that people gave are kept after their appointment; null for ever. */
    reasonsKeptDays: smallint('reasons_kept_days'),
    /** How long messages about what the clinic or another system did wait, so that an undo sends nothing. */
    graceSeconds: smallint('grace_seconds').notNull().default(180),
    /** On the location's clock, `[)`: messages that come due then wait, or go out before. The same twice means never. */
    quietFrom: text('quiet_from').notNull().default('21:00'),
    quietUntil: text('quiet_until').notNull().default('08:00'),
    /** Of pages and messages, for those whose own language is unknown or not one of the clinic's. */
    messagesLanguage: text('messages_language', { enum: pageLanguages }).notNull().default('en'),
    messagesNameVisitType: boolean('messages_name_visit_type').notNull().default(false),
    /** The most that go out on one day (UTC); null means no limit. */
    mostEmailsADay: integer('most_emails_a_day'),
    mostWhatsappsADay: integer('most_whatsapps_a_day'),
    mostSmsADay: integer('most_sms_a_day'),
    /** What one message costs, in the clinic's currency. */
    emailCost: doublePrecision('email_cost').notNull().default(0),
    whatsappCost: doublePrecision('whatsapp_cost').notNull().default(0),
    smsCost: doublePrecision('sms_cost').notNull().default(0),
    /** ISO 4217. */
    currency: text('currency').notNull().default('IDR'),
    /** How long messages are listed after they were due. */
    messagesKeptDays: smallint('messages_kept_days').notNull().default(365),
    /** After how many minutes the front desk is alerted: a patient who is not here yet, who waits, who is with the doctor. */
    lateAlertMinutes: smallint('late_alert_minutes').notNull().default(10),
    waitingAlertMinutes: smallint('waiting_alert_minutes').notNull().default(20),
    withDoctorAlertMinutes: smallint('with_doctor_alert_minutes').notNull().default(60),
    /** Whether doctors see one another's days. */
    doctorsSeeOneAnother: boolean('doctors_see_one_another').notNull().default(false),
  },
  (settings) => [
    check('clinic_settings_are_one_row', sql`${settings.id}`),
    check(
      'clinic_settings_face_is_sane',
      sql`${settings.name} = btrim(${settings.name}) and length(${settings.name}) between 1 and 80`,
    ),
    check(
      'clinic_settings_languages_are_known',
      sql`${settings.languages} <@ array['en', 'id'] and ${settings.messagesLanguage} = any (${settings.languages})`,
    ),
    check(
      'clinic_settings_askings_are_known',
      sql`${settings.asksBirthDate} in ('no', 'optional', 'required')
        and ${settings.asksPhone} in ('no', 'optional', 'required')
        and ${settings.asksSex} in ('no', 'optional', 'required')`,
    ),
    check(
      'clinic_settings_retention_is_sane',
      sql`${settings.releasedHoldsKeptDays} between 1 and 3650
        and ${settings.unfinishedAccountsKeptDays} between 1 and 3650
        and ${settings.securityEventsKeptDays} between 30 and 3650
        and ${settings.signInEventsKeptDays} between 30 and 3650
        and ${settings.reasonsKeptDays} between 1 and 3650`,
    ),
    check(
      'clinic_settings_messages_are_sane',
      sql`${settings.graceSeconds} between 0 and 3600
        and ${settings.quietFrom} ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
        and ${settings.quietUntil} ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
        and ${settings.messagesLanguage} in ('en', 'id')
        and coalesce(least(${settings.mostEmailsADay}, ${settings.mostWhatsappsADay}, ${settings.mostSmsADay}), 0) >= 0
        and least(${settings.emailCost}, ${settings.whatsappCost}, ${settings.smsCost}) >= 0
        and ${settings.currency} ~ '^[A-Z]{3}$'
        and ${settings.messagesKeptDays} between 30 and 3650`,
    ),
    check(
      'clinic_settings_alerts_are_sane',
      sql`least(${settings.lateAlertMinutes}, ${settings.waitingAlertMinutes}, ${settings.withDoctorAlertMinutes}) >= 1
        and greatest(${settings.lateAlertMinutes}, ${settings.waitingAlertMinutes}, ${settings.withDoctorAlertMinutes}) <= 480`,
    ),
    check(
      'clinic_settings_caps_are_sane',
      sql`least(${settings.mostOpenAppointments}, ${settings.mostOpenAppointmentsAfterVisit},
        ${settings.mostOpenAppointmentsInFirstHour}, ${settings.mostHolds}, ${settings.mostHoldsInFirstHour}) >= 1
        and least(${settings.mostDependants}, ${settings.mostDependantsInFirstHour}) >= 0
        and greatest(${settings.mostOpenAppointments}, ${settings.mostOpenAppointmentsAfterVisit},
        ${settings.mostOpenAppointmentsInFirstHour}, ${settings.mostHolds}, ${settings.mostHoldsInFirstHour},
        ${settings.mostDependants}, ${settings.mostDependantsInFirstHour}) <= 100`,
    ),
  ],
)
