import * as z from 'zod'
import { changeClinicSettingsInput } from '../clinic/settings/change.ts'
import type { Snake } from '../clinic/snake-case.ts'

const setting = changeClinicSettingsInput.required().shape

const whenRegistering = 'Whether people who register online are asked for their'

export const settings = z
  .object({
    name: setting.name.describe('As patients know the clinic; null means that the pages say AloBooking'),
    languages: setting.languages.describe('Of the pages'),
    most_open_appointments: setting.mostOpenAppointments.describe(
      'Open appointments that an account and its dependants may book online',
    ),
    most_open_appointments_after_visit: setting.mostOpenAppointmentsAfterVisit.describe(
      'The same, once one of them has attended',
    ),
    most_open_appointments_in_first_hour: setting.mostOpenAppointmentsInFirstHour.describe(
      'The same, for an account younger than an hour',
    ),
    most_dependants: setting.mostDependants.describe('Dependants that an account may register'),
    most_dependants_in_first_hour: setting.mostDependantsInFirstHour.describe(
      'The same, for an account younger than an hour',
    ),
    most_holds: setting.mostHolds.describe('Slots that an account may hold at a time'),
    most_holds_in_first_hour: setting.mostHoldsInFirstHour.describe(
      'The same, for an account younger than an hour',
    ),
    staff_need_passkeys: setting.staffNeedPasskeys.describe('Whether staff need a passkey to sign in'),
    asks_birth_date: setting.asksBirthDate.describe(`${whenRegistering} birth date`),
    asks_phone: setting.asksPhone.describe(`${whenRegistering} phone number; phone visits always need one`),
    asks_sex: setting.asksSex.describe(`${whenRegistering} sex as recorded for care`),
    released_holds_kept_days: setting.releasedHoldsKeptDays.describe(
      'Days after which a hold that no one booked is deleted',
    ),
    unfinished_accounts_kept_days: setting.unfinishedAccountsKeptDays.describe(
      'Days after which an account that never gave a name is deleted',
    ),
    security_events_kept_days: setting.securityEventsKeptDays.describe(
      'Days after which entries of the security log are deleted',
    ),
    sign_in_events_kept_days: setting.signInEventsKeptDays.describe('The same, for entries about signing in'),
    reasons_kept_days: setting.reasonsKeptDays.describe(
      'Days after an appointment until the reasons that people gave are deleted; null keeps them',
    ),
    grace_seconds: setting.graceSeconds.describe(
      'Seconds that messages about what staff or another system did wait, so that undoing it sends nothing',
    ),
    quiet_from: setting.quietFrom.describe(
      'From this local time on, no messages go out; the same as `quiet_until` means never',
    ),
    quiet_until: setting.quietUntil.describe('The first local time when messages go out again'),
    messages_language: setting.messagesLanguage.describe(
      'The language of pages and messages for people whose own is unknown or none of `languages`',
    ),
    messages_name_visit_type: setting.messagesNameVisitType.describe(
      'Whether messages may name the visit type',
    ),
    most_emails_a_day: setting.mostEmailsADay.describe(
      'Emails that go out on one day (UTC); the rest wait for the next. Null means no limit.',
    ),
    most_whatsapps_a_day: setting.mostWhatsappsADay.describe('The same, for WhatsApp'),
    most_sms_a_day: setting.mostSmsADay.describe('The same, for SMS'),
    email_cost: setting.emailCost.describe('What one email costs'),
    whatsapp_cost: setting.whatsappCost.describe('What one WhatsApp message costs'),
    sms_cost: setting.smsCost.describe('What one SMS costs'),
    currency: setting.currency.describe('Of these costs, as in ISO 4217'),
    messages_kept_days: setting.messagesKeptDays.describe('Days for which messages are listed'),
    late_alert_minutes: setting.lateAlertMinutes.describe(
      'Minutes after the start of an appointment after which the front desk is alerted that the patient has not come',
    ),
    waiting_alert_minutes: setting.waitingAlertMinutes.describe(
      'Minutes of waiting after which the front desk is alerted',
    ),
    with_doctor_alert_minutes: setting.withDoctorAlertMinutes.describe(
      'Minutes with the doctor after which the front desk is alerted',
    ),
    doctors_see_one_another: setting.doctorsSeeOneAnother.describe(
      'Whether doctors see one another’s days on the pages',
    ),
  } satisfies Record<Snake<keyof typeof setting>, unknown>)
  .meta({
    id: 'Settings',
    description: 'What the clinic decides for itself. None of the limits binds the front desk.',
  })

export type SettingsJson = z.output<typeof settings>
