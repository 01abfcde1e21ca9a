import { and, desc, eq, or, sql } from 'drizzle-orm'
import { doctors } from '../../../drizzle/schema/doctors.ts'
import type { ClinicContext } from '../context.ts'
import { type Doctor, inOrder, isInUse, isSeenBy, selectDoctors, worksAt } from './find.ts'

/** Filters for a choice of doctors, and the doctor already chosen. */
export interface DoctorWish {
  visitTypeId?: number | undefined
  locationId?: number | undefined
  specialty?: string | undefined
  doctorId?: number | undefined
}

/** A choice lists no more than this. */
const enoughToChooseFrom = 50

/**
 * The query for the matching doctors in order, 51 at most. It is not sent yet, so that a page can add it to its one batch;
 * `toDoctorChoice` reads its rows.
 */
export function doctorsToChooseFrom(ctx: ClinicContext, { doctorId, ...wish }: DoctorWish) {
  const { visitTypeId, locationId, specialty } = wish
  const offers = sql`exists (
    select from doctor_visit_types offer
    where offer.doctor_id = ${doctors.id} and offer.visit_type_id = ${visitTypeId ?? null}::bigint
  )`
  const fits = and(
    isInUse,
    isSeenBy(ctx.actor),
    visitTypeId === undefined ? undefined : offers,
    locationId === undefined ? undefined : worksAt(locationId),
    specialty === undefined ? undefined : eq(doctors.specialty, specialty),
  )
  const isChosen = eq(doctors.id, doctorId ?? 0)
  // When there are too many to list, only the chosen one is shown, so the others' hours need not be read.
  const isShown = sql`(${isChosen} or (
    select count(*) <= ${enoughToChooseFrom}
    from (select from ${doctors} where ${fits} limit ${enoughToChooseFrom + 1}) counted
  ))`
  return selectDoctors(ctx, isShown)
    .where(fits && or(isChosen, fits))
    .orderBy(desc(isChosen), ...inOrder)
    .limit(enoughToChooseFrom + 1)
}

/** In order. When there are too many to list, only the one already chosen is kept, if any. */
export function toDoctorChoice(
  found: Doctor[],
  { doctorId }: DoctorWish,
): { doctors: Doctor[]; isMore: boolean } {
  const isMore = found.length > enoughToChooseFrom
  const shown = isMore ? found.filter(({ id }) => id === doctorId) : found
  return { doctors: shown.toSorted(byOrder), isMore }
}

const byOrder = (a: Doctor, b: Doctor) => a.sortOrder - b.sortOrder || a.name.localeCompare(b.name)
