import * as z from 'zod'
import type { mergePatients } from '../../clinic/appointments/merge-patients.ts'
import type { unmergePatients } from '../../clinic/appointments/unmerge-patients.ts'
import { patientMerge } from '../patient-answers.ts'
import { mergeBody } from '../patient-merges.ts'
import { mergeExample } from './examples.ts'
import { type Answer, refusalsOf, type Section } from './operation.ts'

const ofMerge: Answer = {
  status: 200,
  summary: 'The merge',
  body: z.object({ merge: patientMerge }),
  example: { merge: mergeExample },
}

export const patientMerges: Section = {
  name: 'Merging patients',
  description: 'Two records of one person become one.',
  operations: {
    'POST /patients/{id}/merge': {
      operationId: 'mergePatients',
      summary: 'Merge a patient’s record into another',
      description:
        'The record in the path goes, and the one in `into_id` stays. Appointments and accounts move to it, and its empty fields are filled. The old id then answers `301` with `moved_to`. Merging again changes nothing.',
      right: 'merge patients',
      body: mergeBody,
      fields: {
        into_id: 'The record that stays',
        reason: 'Kept in the history of the records and of each appointment that moves',
        confirmed: 'Merge them although they differ in `birth_date`, `nik`, `bpjs` or `passport`',
      },
      refusals: refusalsOf<typeof mergePatients>({
        invalid: true,
        already_merged: true,
        appointments_overlap: true,
        records_differ: true,
        patient_erased: true,
      }),
      example: { merge: { into_id: mergeExample.into_id, reason: 'Registered twice' } },
      answer: ofMerge,
    },
    'DELETE /patients/{id}/merge': {
      operationId: 'unmergePatients',
      summary: 'Undo the merge of a patient’s record',
      description:
        'Possible for 30 days. The record in the path gets back what moved and has not changed since: its appointments, also those that were rescheduled or cancelled, its accounts, and the fields that were filled. Appointments booked after the merge stay where they are.',
      right: 'merge patients',
      refusals: refusalsOf<typeof unmergePatients>({
        undo_expired: true,
        already_merged: true,
        patient_erased: true,
      }),
      answer: { ...ofMerge, summary: 'The undone merge' },
    },
  },
}
