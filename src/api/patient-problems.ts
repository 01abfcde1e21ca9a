import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Refusal } from '../clinic/refusals.ts'

/** Problems with a patient's record, and with who may act for them. */
export const patientProblems = {
  may_exist: {
    status: 409,
    title: 'This person may already be registered',
    detail:
      'Look at `candidates`. If one of them is this person, use that record; otherwise send the request again with `confirmed` set to true.',
  },
  phone_needed: {
    status: 422,
    title: 'The patient has no phone number for a visit by phone',
    detail: 'Add `phone` with `PATCH /api/v1/patients/{id}`, then book again.',
  },
  patient_inactive: {
    status: 409,
    title: 'The person is no longer a patient here',
    detail: 'Choose another patient, or first mark this one as active.',
  },
  identifier_taken: {
    status: 409,
    title: 'Another patient has this identifier',
    detail:
      'Check the number. If `holder` is the same person, use that record; otherwise ask to see the document.',
  },
  nik_disagrees: {
    status: 422,
    title: 'The NIK says another birth date',
    detail: 'Check both: a NIK contains the birth date of its holder.',
  },
  patient_erased: {
    status: 409,
    title: 'The patient’s data has been erased',
    detail: 'Nothing about this patient can change any more. Use another record.',
  },
  already_merged: {
    status: 409,
    title: 'The record has already been merged into another',
    detail:
      'Use the record in `moved_to`. To undo a merge, first undo any later merge of the record that it was merged into.',
  },
  appointments_overlap: {
    status: 409,
    title: 'Both records have an appointment at the same time',
    detail: 'Cancel or move one of the two in `overlap`, or give it to the right patient. Then merge again.',
  },
  records_differ: {
    status: 409,
    title: 'The records may belong to two people',
    detail:
      'Compare the fields in `differing`. If both records are of one person, send the request again with `confirmed` set to true.',
  },
  undo_expired: {
    status: 409,
    title: 'The merge can no longer be undone',
    detail: 'A merge can be undone for 30 days. Give single appointments to another patient instead.',
  },
  already_decided: {
    status: 409,
    title: 'The request is no longer open',
    detail: 'It has been accepted, declined or withdrawn. Read the patient again.',
  },
  too_many_invitations: {
    status: 429,
    title: 'Too many invitations were sent to this address, or by you',
    detail: 'Wait an hour, then try again.',
  },
  already_linked: {
    status: 409,
    title: 'The account can already act for this patient',
    detail: 'Nothing needs to be done.',
  },
  other_self: {
    status: 409,
    title: 'The account already belongs to another patient',
    detail: 'Use the relation `dependant`. If both records are the same person, merge them.',
  },
  too_many_dependants: {
    status: 409,
    title: 'The account has as many dependants as it may register online',
    detail: 'Call the clinic: the front desk can register more.',
    callsClinic: true,
  },
  on_legal_hold: {
    status: 409,
    title: 'The patient is on legal hold',
    detail: 'The law requires that their data is kept. An admin can lift the hold.',
  },
  has_future_appointments: {
    status: 409,
    title: 'The patient has appointments to come, or is here now',
    detail:
      'Look at `appointment_ids`. Complete those that have `arrived`, then send the request again with `cancel_appointments` set to true to cancel the others first.',
  },
} satisfies Partial<
  Record<Refusal, { status: ContentfulStatusCode; title: string; detail: string; callsClinic?: true }>
>
