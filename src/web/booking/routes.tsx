import { type Context, Hono } from 'hono'
import * as z from 'zod'
import {
  type BookAppointment,
  type BookedAppointment,
  bookAppointment,
} from '../../clinic/appointments/book.ts'
import { findAppointment } from '../../clinic/appointments/find.ts'
import { readBookingPage } from '../../clinic/appointments/read-booking-page.ts'
import { NotFound } from '../../clinic/errors.ts'
import type { Fault, Refusal } from '../../clinic/refusals.ts'
import { id, instantOrWallClock } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../door.ts'
import { en } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import { readForm } from '../read-form.ts'
import type { BookingField, BookingValues, Refused } from './booking-form.tsx'
import { BookingPage } from './booking-page.tsx'
import { ConfirmationPage } from './confirmation-page.tsx'

const bookingForm = z
  .object({
    doctor_id: id,
    patient_id: z.preprocess((written) => written || undefined, id.optional()),
    start_at: instantOrWallClock,
    end_at: instantOrWallClock,
  })
  .transform((form) => ({
    doctorId: form.doctor_id,
    patientId: form.patient_id,
    startAt: form.start_at,
    endAt: form.end_at,
  }))

export const booking = new Hono<AppEnv>()

booking.get('/', async (c) => {
  const before = id.optional().catch(undefined).parse(c.req.query('before'))
  return showPage(c, { values: readValues((name) => c.req.query(name) ?? ''), refused: null, before })
})

booking.post('/', async (c) => {
  const values = readValues(await readForm(c))
  if (c.var.clinic.actor.kind === 'anonymous') return c.redirect(paths.signIn(paths.booking(values)), 303)
  const read = bookingForm.safeParse(values)
  if (!read.success)
    return showPage(c, { values, refused: { refusal: 'invalid', faults: faultsIn(read.error) } })
  try {
    const booked = await bookAppointment(c.var.clinic, read.data)
    if (booked.ok) return c.redirect(paths.confirmation(booked.appointment.id), 303)
    return showPage(c, { values, refused: toRefused(booked) })
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    return showPage(c, {
      values,
      refused: { refusal: 'invalid', faults: { [`${error.noun}_id`]: 'not_an_id' } },
    })
  }
})

booking.get('/confirmation/:id', async (c) => {
  const asked = id.safeParse(c.req.param('id'))
  if (!asked.success) throw new NotFound('appointment')
  const appointment = await findAppointment(c.var.clinic, asked.data)
  return c.html(
    <ConfirmationPage copy={en} appointment={appointment} visitor={c.var.visitor?.name ?? null} />,
  )
})

/** What was written; the button that offers another time writes that time over it. */
function readValues(text: (name: string) => string): BookingValues {
  const [startAt, endAt] = text('instead').split('/')
  return {
    doctor_id: text('doctor_id'),
    patient_id: text('patient_id'),
    start_at: startAt || text('start_at'),
    end_at: endAt || text('end_at'),
  }
}

interface PageState {
  values: BookingValues
  refused: Refused | null
  before?: number | undefined
}

const statusOf: Record<Refusal, 403 | 409 | 422> = {
  slot_taken: 409,
  patient_busy: 409,
  outside_hours: 422,
  off_grid: 422,
  short_notice: 422,
  beyond_horizon: 422,
  day_full: 422,
  not_offered: 422,
  in_the_past: 422,
  not_your_patient: 403,
  invalid: 422,
}

async function showPage(c: Context<AppEnv>, { values, refused, before }: PageState) {
  const { visitor, clinic } = c.var
  const content = await readBookingPage(clinic, before)
  const page = (
    <BookingPage
      copy={en}
      content={content}
      isFirstPage={before === undefined}
      visitor={visitor?.name ?? null}
      isDoctor={clinic.actor.kind === 'doctor'}
      isPatient={clinic.actor.kind === 'patient'}
      values={values}
      refused={refused}
    />
  )
  return c.html(page, refused ? statusOf[refused.refusal] : 200)
}

/** How the form names what the verb calls. */
const fieldOf: Partial<Record<keyof BookAppointment, BookingField>> = {
  doctorId: 'doctor_id',
  patientId: 'patient_id',
  startAt: 'start_at',
  endAt: 'end_at',
}

function toRefused(booked: Extract<BookedAppointment, { ok: false }>): Refused {
  if (booked.refusal !== 'invalid') {
    return { refusal: booked.refusal, faults: {}, ...('nextFree' in booked && { nextFree: booked.nextFree }) }
  }
  const faults = Object.entries(booked.faults).map(([name, fault]) => [
    fieldOf[name as keyof BookAppointment],
    fault,
  ])
  return { refusal: 'invalid', faults: Object.fromEntries(faults) }
}

function faultsIn(error: z.ZodError): Refused['faults'] {
  return Object.fromEntries(
    error.issues.map((issue) => [issue.path[0] as BookingField, issue.message as Fault]),
  )
}
