import type { ClinicContext, Person } from '../context.ts'
import { allDoctors, type Doctor } from '../doctors/find.ts'
import { type Patient, patientsOf } from '../patients/find.ts'
import { type Appointment, appointmentsOfToday, newestAppointments } from './find.ts'

const pageSize = 20

export interface BookingPageContent {
  doctors: Doctor[]
  /** For whom may be booked; null for whoever may not book. */
  patients: Patient[] | null
  /** Null for a stranger, who is told of nobody's appointments. */
  appointments: Appointment[] | null
  /** What to ask for as `before` to see older appointments; null on the last page. */
  olderThan: number | null
}

/** All that the booking page shows to whoever asks, in one trip. Appointments come 20 at a time. */
export async function readBookingPage(ctx: ClinicContext, before?: number): Promise<BookingPageContent> {
  const { actor } = ctx
  if (actor.kind === 'anonymous' || actor.kind === 'system') {
    return { doctors: await allDoctors(ctx), patients: null, appointments: null, olderThan: null }
  }
  const person = actor.kind === 'api_client' ? actor.actsFor : actor
  return person.kind === 'doctor' ? readDay(ctx, person.doctorId) : readDesk(ctx, person, before)
}

async function readDay(ctx: ClinicContext, doctorId: number): Promise<BookingPageContent> {
  const [doctors, appointments] = await ctx.db.batch([allDoctors(ctx), appointmentsOfToday(ctx, doctorId)])
  return { doctors, patients: null, appointments, olderThan: null }
}

async function readDesk(ctx: ClinicContext, person: Person, before?: number): Promise<BookingPageContent> {
  const [doctors, patients, found] = await ctx.db.batch([
    allDoctors(ctx),
    patientsOf(ctx, person),
    newestAppointments(ctx, person, { before, limit: pageSize + 1 }),
  ])
  const appointments = found.slice(0, pageSize)
  const olderThan = found.length > pageSize ? (appointments.at(-1)?.id ?? null) : null
  return { doctors, patients, appointments, olderThan }
}
