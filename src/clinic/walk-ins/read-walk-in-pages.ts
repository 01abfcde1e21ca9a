import { sql } from 'drizzle-orm'
import { requireRight } from '../accounts/guard.ts'
import { acting } from '../composite.ts'
import type { ClinicContext } from '../context.ts'
import { NotFound } from '../errors.ts'
import { type PatientChoice, patientsOf } from '../patients/find.ts'
import type { WalkInTicket } from './ticket.ts'

interface Named {
  id: number
  name: string
}

/** What the form for a walk-in offers. */
export interface NewWalkInContent {
  location: Named
  /** Where the person works. */
  locations: Named[]
  visitTypes: (Named & { minutes: number })[]
  doctors: Named[]
  forWhom: PatientChoice
}

interface NewWalkInWish {
  /** The first, when left out. */
  locationId?: number | undefined
  /** What was typed to find the patient, and who was chosen before. */
  typed?: string | undefined
  chosenId?: number | undefined
}

type ChoicesRow = Record<'locations' | 'visit_types' | 'doctors', Named[]> & { location: Named | null }

/** In one trip. @throws NotFound for a location where the actor does not work, NotSignedIn, Forbidden. */
export async function readNewWalkIn(
  ctx: ClinicContext,
  { locationId, typed, chosenId }: NewWalkInWish,
): Promise<NewWalkInContent> {
  const person = requireRight(ctx.actor, 'take walk-ins')
  const forWhom = patientsOf(ctx, person, { typed, chosenId })
  const [{ rows }, found] = await ctx.db.batch([
    ctx.db.execute<ChoicesRow>(
      sql`select * from walk_in_choices(${locationId ?? null}::bigint, ${acting(ctx)})`,
    ),
    forWhom.query,
  ])
  const [row] = rows
  if (!row?.location) throw new NotFound('location')
  return {
    location: row.location,
    locations: row.locations,
    visitTypes: row.visit_types as NewWalkInContent['visitTypes'],
    doctors: row.doctors,
    forWhom: forWhom.read(found.rows),
  }
}

/** A walk-in as the front desk sees them. */
export interface WalkIn extends WalkInTicket {
  id: number
  cameLocal: string
  locationId: number
  visitType: string
  /** Whom they want to see; null for any doctor. */
  doctor: string | null
  /** With whom it is likely, or agreed. */
  expectedDoctor: Named | null
  patient: Named
  /** What they were booked. */
  appointmentId: number | null
}

/** In one trip. @throws NotFound when there is none where the actor works, NotSignedIn, Forbidden. */
export async function readWalkIn(ctx: ClinicContext, id: number): Promise<WalkIn> {
  requireRight(ctx.actor, 'take walk-ins')
  const { rows } = await ctx.db.execute<WalkInRow>(sql`
    select one.*
    from describe_walk_in(${id}::bigint, ${ctx.now.toISOString()}::timestamptz) one
    join places_of_staff(${acting(ctx)}) seen on seen.id = one.location_id`)
  const [row] = rows
  if (!row) throw new NotFound('walk-in')
  return toWalkIn(row)
}

type WalkInRow = {
  id: string
  number: number
  state: WalkInTicket['state']
  ahead: number | null
  expected_local: string | null
  expected_doctor_id: string | null
  expected_doctor: string | null
  now_local: string
  came_local: string
  location_id: string
  location: string
  visit_type: string
  doctor: string | null
  patient_id: string
  patient: string
  appointment_id: string | null
}

function toWalkIn(row: WalkInRow): WalkIn {
  const { number, state, ahead, location, doctor, expected_doctor: name } = row
  return {
    id: Number(row.id),
    ...{ number, state, ahead, location, doctor },
    expectedLocal: row.expected_local,
    nowLocal: row.now_local,
    cameLocal: row.came_local,
    locationId: Number(row.location_id),
    visitType: row.visit_type,
    expectedDoctor: name === null ? null : { id: Number(row.expected_doctor_id), name },
    patient: { id: Number(row.patient_id), name: row.patient },
    appointmentId: row.appointment_id === null ? null : Number(row.appointment_id),
  }
}
