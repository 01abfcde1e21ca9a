import { and, asc, eq, sql } from 'drizzle-orm'
import { appointments } from '../../../drizzle/schema/appointments.ts'
import { requireRight } from '../accounts/guard.ts'
import { selectAppointments } from '../appointments/find.ts'
import { businessOf } from '../appointments/reach.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { type Series, type SeriesRow, seriesOf } from './series-row.ts'

/**
 * A series with its appointments, in one trip. Patients and doctors see those that are their own.
 *
 * @throws NotFound when there is none, or none of its appointments is the actor's business; NotSignedIn, Forbidden.
 */
export async function findSeries({ db, actor }: ClinicContext, id: number): Promise<Series> {
  const person = requireRight(actor, 'see appointments')
  const [{ rows }, own] = await db.batch([
    db.execute<{ series: SeriesRow | null }>(sql`select series_details(${id}) as series`),
    selectAppointments(db)
      .where(and(eq(appointments.seriesId, id), businessOf(person)))
      .orderBy(asc(appointments.startAt)),
  ])
  const series = rows[0]?.series
  if (!series || own.length === 0) throw new NotFound('series')
  return seriesOf(series, own)
}
