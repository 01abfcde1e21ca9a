import type { ErasedPatient } from '../../clinic/retention/erase-patient.ts'
import type { WhyNot } from './erase-form.tsx'

type Refused = Exclude<ErasedPatient, { ok: true }>

/** Which words explain the refusal. When cancelling was asked for, someone is here now or it is too late to cancel online. */
export function whyNot(refused: Refused, isCancelling: boolean): WhyNot {
  if (refused.refusal === 'on_legal_hold') return 'onLegalHold'
  return isCancelling ? 'isHere' : 'hasAppointments'
}
