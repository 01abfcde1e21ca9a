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
import type { BookingRefusal, Fault } from '../../clinic/refusals.ts'
import { id, instantOrWallClock, remark } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../door.ts'
import { en } from '../../i18n/en.ts'
import { newFormKey } from '../form-key.tsx'
import { paths } from '../paths.ts'
import type { Finder } from '../read-finder.ts'
import { finderOf, readFinder } from '../read-finder.ts'
import { readForm } from '../read-form.ts'
import { BookingPage } from './booking-page.tsx'
import { ConfirmationPage } from './confirmation-page.tsx'
import { type BookingField, type BookingValues, bookingFields, type Refused } from './refused.tsx'

const unlessEmpty = <T,>(shape: z.ZodType<T>) =>
  z.preprocess((written) => written || undefined, shape.optional())

const slotFields = {
  visit_type_id: unlessEmpty(id),
  doctor_id: id,
  patient_id: unlessEmpty(id),
  start_at: instantOrWallClock,
  end_at: unlessEmpty(instantOrWallClock),
  override_reason: unlessEmpty(remark),
}
const slotForm = z.object(slotFields)
/** Without a kind of visit, which says how long, the end must be written. */
const timesForm = z.object({ ...slotFields, end_at: instantOrWallClock })

export const booking = new Hono<AppEnv>()

booking.get('/', async (c) => {
  const before = id.optional().catch(undefined).parse(c.req.query('before'))
  const query = (name: string) => c.req.query(name) ?? ''
  const values = readValues(query)
  return showPage(c, { values, finder: finderOf(values.doctor_id, query), refused: null, before })
})

booking.post('/', async (c) => {
  const form = await readForm(c)
  const values = readValues(form)
  if (c.var.clinic.actor.kind === 'anonymous')
    return c.redirect(paths.signIn(returnPath(values, form('from'))), 303)
  const finder = finderOf(form('find_doctor_id'), form)
  const read = (values.visit_type_id ? slotForm : timesForm).safeParse(values)
  if (!read.success)
    return showPage(c, { values, finder, refused: { refusal: 'invalid', faults: faultsIn(read.error) } })
  try {
    const booked = await bookAppointment(c.var.clinic, {
      visitTypeId: read.data.visit_type_id,
      doctorId: read.data.doctor_id,
      patientId: read.data.patient_id,
      startAt: read.data.start_at,
      endAt: read.data.end_at,
      overrideReason: read.data.override_reason,
    })
    if (booked.ok) return c.redirect(paths.confirmation(booked.appointment.id), 303)
    return showPage(c, { values, finder, refused: toRefused(booked) })
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    return showPage(c, {
      values,
      finder,
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

/**
 * What was written. The button of a slot says with whom and when; the button that offers another time writes that
 * time over it.
 */
function readValues(text: (name: string) => string): BookingValues {
  const written = Object.fromEntries(bookingFields.map((name) => [name, text(name)])) as BookingValues
  const [doctorId, slotAt] = text('slot').split('/')
  if (doctorId && slotAt) return { ...written, doctor_id: doctorId, start_at: slotAt, end_at: '' }
  const [startAt, endAt] = text('instead').split('/')
  if (startAt && endAt) return { ...written, start_at: startAt, end_at: endAt }
  return written
}

/** Where a stranger comes back to, signed in: the slot they chose stands first. */
function returnPath(values: BookingValues, from: string): string {
  if (!values.visit_type_id) return paths.booking(values)
  const { visit_type_id, doctor_id, start_at } = values
  return paths.booking({ visit_type_id, doctor_id, from, after: `${start_at}_-1_0` })
}

interface PageState {
  values: BookingValues
  finder: Finder
  refused: Refused | null
  before?: number | undefined
}

const statusOf: Record<BookingRefusal, 403 | 409 | 422> = {
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

async function showPage(c: Context<AppEnv>, { values, finder, refused, before }: PageState) {
  const { visitor, clinic } = c.var
  const asked = readFinder(finder, c.req.query('after'))
  const content = await readBookingPage(clinic, asked.search, before)
  const page = (
    <BookingPage
      copy={en}
      content={content}
      isFirstPage={before === undefined}
      visitor={visitor?.name ?? null}
      actor={clinic.actor.kind}
      finder={finder}
      finderFaults={asked.faults}
      values={values}
      refused={refused}
      formKey={newFormKey()}
    />
  )
  return c.html(page, refused ? statusOf[refused.refusal] : 200)
}

/** How the form names what the verb calls. */
const fieldOf: Partial<Record<keyof BookAppointment, BookingField>> = {
  visitTypeId: 'visit_type_id',
  doctorId: 'doctor_id',
  patientId: 'patient_id',
  startAt: 'start_at',
  endAt: 'end_at',
  overrideReason: 'override_reason',
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
