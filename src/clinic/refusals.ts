/** The closed list of reasons for which the clinic says no. Every door has words for each of them. */
export type Refusal =
  | 'slot_taken'
  | 'patient_busy'
  | 'outside_hours'
  | 'in_the_past'
  | 'not_your_patient'
  | 'invalid'

/** Why nobody is signed in. */
export type SignInRefusal = 'wrong_code' | 'code_expired' | 'too_many_tries' | 'too_many_codes'

/** What can be wrong with one written value. */
export type Fault =
  | 'missing'
  | 'not_an_object'
  | 'not_an_id'
  | 'not_a_time'
  | 'no_offset'
  | 'not_after_start'
  | 'too_short'
  | 'too_long'
  | 'not_an_email'
  | 'not_a_name'
  | 'too_long_a_name'
  | 'not_a_choice'
  | 'already_registered'
  | 'not_a_clock_time'
  | 'not_a_date'
  | 'not_after_opening'
