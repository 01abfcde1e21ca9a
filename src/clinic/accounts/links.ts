import { sql } from 'drizzle-orm'
import type { ClinicContext, Person } from '../context.ts'
import { NotFound } from '../errors.ts'
import { isDesk, requireRight } from './guard.ts'

/** That an account acts for a patient. */
export interface PatientLink {
  patientId: number
  patientName: string
  accountId: number
  accountName: string
  accountEmail: string
  relation: 'self' | 'dependant'
  /** The first day without it, or null. */
  endsOn: string | null
}

interface LinkRow extends Record<string, unknown> {
  patient_id: string
  patient_name: string
  account_id: string
  account_name: string
  account_email: string
  relation: 'self' | 'dependant'
  ends_on: string | null
}

const selectLinks = sql`
  select
    pair.patient_id, patient.name as patient_name, pair.account_id, accounts.name as account_name,
    accounts.email as account_email, pair.relation, pair.ends_on::text
  from account_patients pair
  join patients patient on patient.id = pair.patient_id
  join accounts on accounts.id = pair.account_id`

export const toLink = (row: LinkRow): PatientLink => ({
  patientId: Number(row.patient_id),
  patientName: row.patient_name,
  accountId: Number(row.account_id),
  accountName: row.account_name,
  accountEmail: row.account_email,
  relation: row.relation,
  endsOn: row.ends_on,
})

/** The query for the accounts that act for a patient, themselves first; not yet sent. */
export const linksOfPatient = ({ db, now }: ClinicContext, patientId: number) =>
  db.execute<LinkRow>(sql`${selectLinks}
    where pair.patient_id = ${patientId}::bigint and link_is_in_force(pair.ends_on, ${now.toISOString()}::timestamptz)
    order by pair.relation = 'dependant', pair.linked_at, pair.account_id`)

/** Whom the actor's account acts for, and which other accounts act for its own person. */
export interface OwnLinks {
  dependants: PatientLink[]
  helpers: PatientLink[]
}

/** The query for them; not yet sent. */
export const ownLinksOf = ({ db, now }: ClinicContext, accountId: number) =>
  db.execute<LinkRow>(sql`${selectLinks}
    where pair.relation = 'dependant'
    and link_is_in_force(pair.ends_on, ${now.toISOString()}::timestamptz)
    and (
      pair.account_id = ${accountId}::bigint
      or pair.patient_id = any (array(
        select patient_id from account_patients where account_id = ${accountId}::bigint and relation = 'self'
      ))
    )
    order by patient.name, pair.patient_id, pair.account_id`)

export function toOwnLinks(rows: LinkRow[], accountId: number): OwnLinks {
  const links = rows.map(toLink)
  return {
    dependants: links.filter((link) => link.accountId === accountId),
    helpers: links.filter((link) => link.accountId !== accountId),
  }
}

/** The condition on `pair` under which a person may end a link. */
export const mayUnlink = (person: Person, isOfDesk: boolean) =>
  isOfDesk
    ? sql`true`
    : sql`(
        pair.account_id = ${person.accountId}::bigint
        or exists (
          select from account_patients self
          where self.account_id = ${person.accountId}::bigint
          and self.patient_id = pair.patient_id
          and self.relation = 'self'
        )
      )`

/**
 * A link that the actor may end, in one trip.
 *
 * @throws NotFound when there is none, or it is neither of theirs; NotSignedIn, Forbidden.
 */
export async function findLink(
  ctx: ClinicContext,
  { patientId, accountId }: { patientId: number; accountId: number },
): Promise<PatientLink> {
  const person = requireRight(ctx.actor, 'unlink patients')
  const { rows } = await ctx.db.execute<LinkRow>(sql`${selectLinks}
    where pair.account_id = ${accountId}::bigint
    and pair.patient_id = ${patientId}::bigint
    and pair.relation = 'dependant'
    and ${mayUnlink(person, isDesk(ctx.actor))}`)
  if (!rows[0]) throw new NotFound('patient')
  return toLink(rows[0])
}
