import { requireRight } from '../accounts/guard.ts'
import { linksOfPatient, type PatientLink, toLink } from '../accounts/links.ts'
import type { ClinicContext } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import {
  type CorrectionRequest,
  latestRequestOf,
  type RequestRow,
  toCorrectionRequest,
} from './correction-requests.ts'
import { openInvitationsOf, type SentInvitation } from './find-links.ts'
import { type MergedRecord, undoableMerges } from './merges.ts'
import { type Patient, recordOf, toPatient } from './record.ts'

/** What the staff's page of one patient shows. Each section has a field. */
export interface PatientPageContent {
  patient: Patient
  /** Their latest request for a correction. */
  request: CorrectionRequest | null
  /** The accounts that act for them. */
  links: PatientLink[]
  /** Who is invited to the record and has not accepted yet. */
  invitations: SentInvitation[]
  /** What was merged into it and can still be undone. */
  merges: MergedRecord[]
}

/**
 * All that the staff's page of one patient shows, in one trip.
 *
 * @throws NotFound when there is no such patient, or the doctor may not see them; NotSignedIn, Forbidden.
 */
export async function readPatientPage(ctx: ClinicContext, id: number): Promise<PatientPageContent> {
  const person = requireRight(ctx.actor, 'see patients')
  if (person.kind === 'patient') throw new Forbidden('This page is for the clinic’s staff.')
  const [records, requests, links, merges, invitations] = await ctx.db.batch([
    recordOf(ctx, person, id),
    ctx.db.execute<RequestRow>(latestRequestOf(id)),
    linksOfPatient(ctx, id),
    undoableMerges(ctx, id),
    openInvitationsOf(ctx, id),
  ])
  if (!records.rows[0]) throw new NotFound('patient')
  const request = requests.rows[0] ? toCorrectionRequest(requests.rows[0]) : null
  return {
    patient: toPatient(records.rows[0]),
    request,
    links: links.rows.map(toLink),
    merges,
    invitations,
  }
}
