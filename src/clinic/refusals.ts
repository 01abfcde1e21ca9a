/** The closed list of reasons for which the clinic says no. Every door has words for each that it can meet. */
export type Refusal = BookingRefusal | HoldRefusal | ChangeRefusal

/** Why nothing is booked. */
export type BookingRefusal = TimeRefusal | 'not_offered' | 'in_the_past' | 'not_your_patient' | 'invalid'

/** Why what was held is not booked, and what is held is not held longer. */
export type HoldRefusal = 'too_many_holds' | 'hold_expired' | 'already_extended'

/** Reasons that another time of the same day may overcome. */
export type TimeRefusal =
  | 'slot_taken'
  | 'patient_busy'
  | 'outside_hours'
  | 'off_grid'
  | 'short_notice'
  | 'beyond_horizon'
  | 'day_full'

/** Why an appointment stays as it is. */
export type ChangeRefusal = 'too_late' | 'not_yet' | 'not_today' | 'wrong_status' | 'stale'

/** Why nobody is signed in. */
export type SignInRefusal = 'wrong_code' | 'code_expired' | 'too_many_tries' | 'too_many_codes'

/** What can be wrong with one written value. */
export type Fault =
  | 'missing'
  | 'not_an_object'
  | 'not_expected'
  | 'not_an_id'
  | 'not_a_time'
  | 'no_offset'
  | 'not_after_start'
  | 'too_short'
  | 'too_long'
  | 'not_the_length'
  | 'not_an_email'
  | 'not_a_name'
  | 'too_long_a_name'
  | 'not_a_choice'
  | 'already_registered'
  | 'not_a_clock_time'
  | 'not_a_date'
  | 'not_after_opening'
  | 'not_a_wall_clock'
  | 'not_a_grid'
  | 'not_a_zone'
  | 'not_a_cursor'
  | 'out_of_range'
  | 'too_far_away'
  | 'window_too_long'
  | 'absence_too_long'
  | 'not_a_list'
  | 'too_long_a_text'
  | 'unknown'
  | 'already_there'
