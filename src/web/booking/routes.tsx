import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { type BookedAppointment, bookAppointment } from '../../clinic/appointments/book.ts'
import { findAppointment } from '../../clinic/appointments/find.ts'
import { readBookingPage } from '../../clinic/appointments/read-booking-page.ts'
import { NotFound } from '../../clinic/errors.ts'
import type { Fault } from '../../clinic/refusals.ts'
import { id, instantOrWallClock } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../door.ts'
import { en } from '../../i18n/en.ts'
import { paths } from '../paths.ts'
import type { BookingField, BookingValues, Refused } from './booking-form.tsx'
import { BookingPage } from './booking-page.tsx'
import { ConfirmationPage } from './confirmation-page.tsx'

const bookingForm = z
  .object({ doctor_id: id, patient_id: id, start_at: instantOrWallClock, end_at: instantOrWallClock })
  .transform((form) => ({
    doctorId: form.doctor_id,
    patientId: form.patient_id,
    startAt: form.start_at,
    endAt: form.end_at,
  }))

export const booking = new Hono<AppEnv>()

booking.get('/', async (c) => {
  const before = id.optional().catch(undefined).parse(c.req.query('before'))
  const content = await readBookingPage(c.var.clinic, before)
  const isFirstPage = before === undefined
  return c.html(
    <BookingPage
      copy={en}
      content={content}
      isFirstPage={isFirstPage}
      values={nothingWritten}
      refused={null}
    />,
  )
})

booking.post('/', async (c) => {
  const values = readValues(await c.req.parseBody())
  const read = bookingForm.safeParse(values)
  if (!read.success) return showAgain(c, values, { refusal: 'invalid', faults: faultsIn(read.error) })
  try {
    const booked = await bookAppointment(c.var.clinic, read.data)
    if (booked.ok) return c.redirect(paths.confirmation(booked.appointment.id), 303)
    return showAgain(c, values, toRefused(booked))
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    return showAgain(c, values, { refusal: 'invalid', faults: { [`${error.noun}_id`]: 'not_an_id' } })
  }
})

booking.get('/confirmation/:id', async (c) => {
  const asked = id.safeParse(c.req.param('id'))
  if (!asked.success) throw new NotFound('appointment')
  return c.html(<ConfirmationPage copy={en} appointment={await findAppointment(c.var.clinic, asked.data)} />)
})

const nothingWritten: BookingValues = { doctor_id: '', patient_id: '', start_at: '', end_at: '' }

/** What was written; the button that offers another time writes that time over it. */
function readValues(form: Record<string, unknown>): BookingValues {
  const text = (name: string) => (typeof form[name] === 'string' ? form[name] : '')
  const [startAt, endAt] = text('instead').split('/')
  return {
    doctor_id: text('doctor_id'),
    patient_id: text('patient_id'),
    start_at: startAt || text('start_at'),
    end_at: endAt || text('end_at'),
  }
}

async function showAgain(c: Context<AppEnv>, values: BookingValues, refused: Refused) {
  const content = await readBookingPage(c.var.clinic)
  const status = refused.refusal === 'slot_taken' || refused.refusal === 'patient_busy' ? 409 : 422
  return c.html(
    <BookingPage copy={en} content={content} isFirstPage values={values} refused={refused} />,
    status,
  )
}

function toRefused(booked: Extract<BookedAppointment, { ok: false }>): Refused {
  if (booked.refusal === 'invalid') return { refusal: 'invalid', faults: { end_at: booked.endAt } }
  return { refusal: booked.refusal, faults: {}, ...('nextFree' in booked && { nextFree: booked.nextFree }) }
}

function faultsIn(error: z.ZodError): Refused['faults'] {
  return Object.fromEntries(
    error.issues.map((issue) => [issue.path[0] as BookingField, issue.message as Fault]),
  )
}
