/** Every reason for which a verb refuses. Each door has words for those that it can meet. */
export type Refusal =
  | BookingRefusal
  | HoldRefusal
  | SeriesRefusal
  | ChangeRefusal
  | UndoRefusal
  | RoleRefusal
  | ZoneRefusal
  | RegistrationRefusal
  | ReassignmentRefusal
  | MergeRefusal
  | CorrectionRefusal
  | ErasureRefusal
  | Extract<InvitationRefusal, 'too_many_invitations'>
  | LinkRefusal
  | SessionRefusal
  | MessageRefusal
  | SettingsRefusal

/** Why an appointment is not booked. */
export type BookingRefusal =
  | TimeRefusal
  | 'not_offered'
  | 'in_the_past'
  | 'not_your_patient'
  | 'too_many_appointments'
  | 'patient_inactive'
  | 'phone_needed'
  | 'session_needed'
  | 'session_full'
  | 'invalid'

/** Why a session does not begin, or its capacity does not change. */
type SessionRefusal = 'not_a_group' | 'too_few_places'

/** Why a slot is not held, or a hold not extended or booked. */
export type HoldRefusal = 'too_many_holds' | 'hold_expired' | 'already_extended'

/** Why none of a series is booked or moved: some of its dates are refused. */
type SeriesRefusal = 'dates_refused'

/** Reasons that may not apply to another time of the same day. */
export type TimeRefusal =
  | 'slot_taken'
  | 'patient_busy'
  | 'resource_taken'
  | 'outside_hours'
  | 'off_grid'
  | 'short_notice'
  | 'beyond_horizon'
  | 'day_full'

/** Why the clinic's settings are not changed. */
export type SettingsRefusal = 'stale' | 'language_not_offered'

/** Why an appointment is not changed. */
export type ChangeRefusal =
  | 'too_late'
  | 'not_yet'
  | 'not_today'
  | 'wrong_status'
  | 'stale'
  | 'approval_needed'

/** Why a change is not taken back, besides the reasons above. */
type UndoRefusal = 'nothing_to_undo'

/** Why an invitation is not sent, or does not open the record. */
export type InvitationRefusal = 'too_many_invitations' | 'wrong_fact' | 'invitation_ended' | 'too_many_tries'

/** Why an account is not linked to a patient. */
export type LinkRefusal = 'already_linked' | 'other_self'

/** Why a patient is not registered. */
type RegistrationRefusal = 'too_many_dependants' | 'may_exist'

/** Why an appointment is not given to another patient. */
export type ReassignmentRefusal = 'patient_inactive' | 'patient_erased'

/** Why two records do not become one, or not two again. */
type MergeRefusal =
  | 'already_merged'
  | 'appointments_overlap'
  | 'records_differ'
  | 'undo_expired'
  | 'patient_erased'
/** Why a patient's record is not corrected. */
type CorrectionRefusal = 'identifier_taken' | 'nik_disagrees' | 'patient_erased' | 'already_decided'

/** Why a patient is not erased. */
type ErasureRefusal = 'on_legal_hold' | 'has_future_appointments'

/** Why the time zone of a location is not corrected. */
type ZoneRefusal = 'keeps_needed' | 'clock_times_taken' | 'doctors_elsewhere'

/** Why an account does not get another role. */
export type RoleRefusal = 'last_admin'

/** Why a sign-in fails. */
export type SignInRefusal =
  | 'wrong_code'
  | 'code_expired'
  | 'too_many_tries'
  | 'too_many_codes'
  | 'challenge_needed'

/** Why a passkey does not sign in, or is not added, renamed or removed. */
export type PasskeyRefusal =
  | 'passkey_expired'
  | 'passkey_unknown'
  | 'passkey_failed'
  | 'passkey_of_another'
  | 'already_added'
  | 'too_many_passkeys'
  | 'not_confirmed'
  | 'last_passkey'

/** Why a message is not sent again, or not stopped. */
type MessageRefusal = 'still_waiting' | 'would_be_skipped' | 'not_waiting'

/** What can be wrong with one value. */
export type Fault =
  | 'missing'
  | 'not_an_object'
  | 'not_expected'
  | 'not_an_id'
  | 'not_a_time'
  | 'no_offset'
  | 'not_a_whole_minute'
  | 'not_after_start'
  | 'too_short'
  | 'too_long'
  | 'not_the_length'
  | 'not_an_email'
  | 'not_a_phone'
  | 'not_a_birth_date'
  | 'not_a_name'
  | 'invisible'
  | 'too_long_a_name'
  | 'not_a_choice'
  | 'not_a_clock_time'
  | 'not_a_time_of_day'
  | 'not_a_date'
  | 'not_after_opening'
  | 'overlaps_another'
  | 'not_a_wall_clock'
  | 'not_a_grid'
  | 'not_a_zone'
  | 'not_a_cursor'
  | 'out_of_range'
  | 'too_far_away'
  | 'window_too_long'
  | 'absence_too_long'
  | 'not_a_list'
  | 'too_many_items'
  | 'too_long_a_text'
  | 'unknown'
  | 'already_there'
  | 'same_record'
  | 'other_time_zone'
  | 'has_overlaps'
  | 'named_twice'
  | 'listed_twice'
  | 'not_a_cost'
  | 'not_an_identifier'
  | 'beyond_issuer'
  | 'too_many_dates'
  | 'no_dates'
  | 'not_a_date_of_the_rule'
  | 'count_or_until'
