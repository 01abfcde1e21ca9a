import { invitationsTo, type OpenInvitation } from '../accounts/find-invitations.ts'
import { requireRight } from '../accounts/guard.ts'
import type { ClinicContext } from '../context.ts'
import { patientsOf } from './find.ts'
import { linksOf, type PatientLinks } from './find-links.ts'
import type { PatientSummary } from './summary.ts'

/** Someone for whom the account acts. */
export interface Relative {
  patient: PatientSummary
  isSelf: boolean
  links: PatientLinks
}

export interface FamilyPageContent {
  /** To the account's mailbox. */
  invitations: OpenInvitation[]
  /** The account's own person first. */
  relatives: Relative[]
}

/**
 * All that the page of the people for whom the account acts shows, in one trip.
 *
 * @throws NotSignedIn, Forbidden.
 */
export async function readFamilyPage(ctx: ClinicContext): Promise<FamilyPageContent> {
  const person = requireRight(ctx.actor, 'accept invitations')
  const { accountId, patientIds } = person
  const [open, own] = [invitationsTo(ctx.db, accountId, ctx.now), patientsOf(ctx, person)]
  const links = patientIds.map((id) => linksOf(ctx, id))
  const [invitations, patients, ...found] = await ctx.db.batch([
    open.query,
    own.query,
    ...links.map(({ query }) => query),
  ])
  const known = new Map(own.read(patients.rows).patients.map((patient) => [patient.id, patient]))
  const relatives = patientIds.flatMap((id, n): Relative[] => {
    const [patient, linked] = [known.get(id), links[n]?.read(found[n]?.rows ?? [])]
    if (!patient || !linked) return []
    const isSelf = linked.links.some((link) => link.accountId === accountId && link.relation === 'self')
    return [{ patient, isSelf, links: linked }]
  })
  return { invitations: open.read(invitations.rows), relatives }
}
