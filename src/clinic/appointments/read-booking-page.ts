import type { ClinicContext } from '../context.ts'
import { allDoctors, type Doctor } from '../doctors/find.ts'
import { allPatients, type Patient } from '../patients/find.ts'
import { type Appointment, newestAppointments } from './find.ts'

const pageSize = 20

export interface BookingPageContent {
  doctors: Doctor[]
  patients: Patient[]
  appointments: Appointment[]
  /** What to ask for as `before` to see older appointments; null on the last page. */
  olderThan: number | null
}

/** All that the booking page shows, in one trip: the form's choices, and 20 appointments, last booked first. */
export async function readBookingPage(ctx: ClinicContext, before?: number): Promise<BookingPageContent> {
  const [doctors, patients, found] = await ctx.db.batch([
    allDoctors(ctx),
    allPatients(ctx),
    newestAppointments(ctx, { before, limit: pageSize + 1 }),
  ])
  const appointments = found.slice(0, pageSize)
  const olderThan = found.length > pageSize ? (appointments.at(-1)?.id ?? null) : null
  return { doctors, patients, appointments, olderThan }
}
