/** The closed list of reasons for which the clinic says no. Every door has words for each of them. */
export type Refusal = 'slot_taken' | 'patient_busy' | 'outside_hours' | 'in_the_past' | 'invalid'

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
