import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, locationsOf } from '../context.ts'
import { type FoundExplanation, prepareExplanation } from './explain-free-time.ts'
import type { ExplainWish } from './explanation.ts'

interface Choice {
  id: number
  name: string
}

export interface WhyPageContent {
  /** Whom the person may ask about: those in use, and the one who is asked about. */
  doctors: Choice[]
  locations: Choice[]
  visitTypes: (Choice & { minutes: number })[]
  /** At the clinic's first location. */
  today: string
  /** Null when nothing was asked. */
  found: FoundExplanation | null
}

/**
 * What the page that explains free times shows, in one trip.
 *
 * @throws NotFound for a doctor whom the person does not know, NotSignedIn, Forbidden.
 */
export async function readWhyPage(ctx: ClinicContext, wish: ExplainWish | null): Promise<WhyPageContent> {
  const choices = ctx.db.execute<ChoicesRow>(choicesOf(ctx, wish))
  const prepared = wish && prepareExplanation(ctx, wish)
  if (!prepared) return toContent(await choices, null)
  const [first, ...results] = await ctx.db.batch([choices, ...prepared.queries])
  return toContent(first, prepared.read(results))
}

interface ChoicesRow extends Record<string, unknown> {
  doctors: Choice[]
  locations: Choice[]
  visit_types: WhyPageContent['visitTypes']
  today: string
}

function choicesOf({ actor, now }: ClinicContext, wish: ExplainWish | null) {
  const person = requireRight(actor, 'explain free times')
  const bound = locationsOf(person)
  const own = person.kind === 'doctor' ? person.doctorId : null
  const places = bound && `{${bound}}`
  return sql`
    select
      (
        select coalesce(json_agg(json_build_object('id', id, 'name', name) order by name, id), '[]')
        from doctors
        where (is_active or id = ${wish?.doctorId ?? null}::bigint)
        and id = coalesce(${own}::bigint, id)
        and (${places}::bigint[] is null or exists (
          select from doctor_locations work
          where work.doctor_id = doctors.id
          and work.location_id = any (${places}::bigint[])
        ))
      ) as doctors,
      (
        select coalesce(json_agg(json_build_object('id', id, 'name', name) order by id), '[]')
        from locations
        where is_active
        and (${places}::bigint[] is null or id = any (${places}::bigint[]))
      ) as locations,
      (
        select coalesce(json_agg(json_build_object('id', id, 'name', name, 'minutes', minutes) order by name, id), '[]')
        from visit_types
        where is_active
        or id = ${wish?.visitTypeId ?? null}::bigint
      ) as visit_types,
      to_char(
        ${now.toISOString()}::timestamptz at time zone coalesce((select time_zone from locations order by id limit 1), 'UTC'),
        'YYYY-MM-DD'
      ) as today`
}

function toContent({ rows }: { rows: ChoicesRow[] }, found: FoundExplanation | null): WhyPageContent {
  const { doctors = [], locations = [], visit_types: visitTypes = [], today = '' } = rows[0] ?? {}
  return { doctors, locations, visitTypes, today, found }
}
