/** Why a start is not an open slot, in the words of `judge_slot`. */
const ofSlot = [
  'in_the_past',
  'outside_hours',
  'short_notice',
  'beyond_horizon',
  'off_grid',
  'day_full',
  'slot_taken',
] as const

/** What the functions in drizzle/functions that judge may answer; test/verdicts.test.ts compares them. */
export const verdicts = {
  judge_slot: ofSlot,
  judge_wish: [
    ...ofSlot,
    'no_doctor',
    'no_patient',
    'not_offered',
    'not_after_start',
    'too_short',
    'too_long',
    'not_the_length',
    'not_today',
    'too_many_holds',
    'too_many_appointments',
  ],
  judge_move: [
    ...ofSlot,
    'already',
    'stale',
    'wrong_status',
    'too_late',
    'no_doctor',
    'not_offered',
    'not_after_start',
    'too_short',
    'too_long',
    'not_the_length',
    'patient_busy',
  ],
  judge_hold_booking: [
    'already',
    'wrong_status',
    'hold_expired',
    'too_many_appointments',
    'patient_missing',
    'no_patient',
    'in_the_past',
    'outside_hours',
    'patient_busy',
  ],
  judge_reassignment: [
    'already',
    'stale',
    'wrong_status',
    'no_patient',
    'patient_erased',
    'patient_inactive',
    'patient_busy',
  ],
  judge_merge: [
    'already',
    'same_record',
    'already_merged',
    'patient_erased',
    'appointments_overlap',
    'records_differ',
  ],
  judge_unmerge: ['already', 'undo_expired', 'patient_erased', 'already_merged'],
  judge_account: ['too_many_holds', 'too_many_appointments'],
  judge_dependant: ['too_many_dependants'],
  /** Of every verb; `transitions` has those of one verb each. */
  judge_change: ['already', 'stale', 'wrong_status'],
} as const

export type VerdictOf<Judge extends keyof typeof verdicts> = (typeof verdicts)[Judge][number]
