import { type Context, Hono } from 'hono'
import { isDesk, requireRight } from '../../clinic/accounts/guard.ts'
import { type BookedAppointment, bookAppointment } from '../../clinic/appointments/book.ts'
import { readDeskBooking } from '../../clinic/appointments/read-desk-booking.ts'
import { findNextFree } from '../../clinic/availability/find-next-free.ts'
import { personOf } from '../../clinic/context.ts'
import { NotFound } from '../../clinic/errors.ts'
import type { PatientSummary } from '../../clinic/patients/summary.ts'
import type { BookingRefusal } from '../../clinic/refusals.ts'
import { snakeKeys } from '../../clinic/snake-case.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readForm, type Written } from '../read-form.ts'
import { DeskBookingPage } from './book/desk-booking-page.tsx'
import { readPatient } from './book/read-patient.ts'
import type { Refused } from './book/refused-box.tsx'
import {
  type BookingFaults,
  type BookingValues,
  later,
  readBooking,
  readChosenPatient,
  valuesOf,
  withInstead,
} from './book/values.ts'
import { deskReturn } from './desk-return.ts'

type AppContext = Context<AppEnv>

/** Booking at the front desk. */
export const deskBooking = new Hono<AppEnv>()

deskBooking.use(async (c, next) => {
  requireRight(c.var.clinic.actor, 'book appointments')
  await next()
})

deskBooking.get('/', (c) => {
  const query: Written = (name) => c.req.query(name) ?? ''
  const values = withOwn(c, valuesOf(query))
  const location_id = values.location_id || query('location')
  return show(c, { ...values, q: '', location_id })
})

// Reloading the page in another language asks for this address.
deskBooking.get('/patient-search', (c) => c.redirect(paths.deskBooking()))

// What was typed stays out of addresses, which logs and histories keep. All that was entered comes along.
deskBooking.post('/patient-search', async (c) => show(c, withOwn(c, valuesOf(await readForm(c)))))

deskBooking.get('/next-free', async (c) => {
  const query: Written = (name) => c.req.query(name) ?? ''
  const { values } = readBooking({
    ...withOwn(c, valuesOf(query)),
    location_id: query('location_id') || query('location'),
  })
  const { locationId, doctorId, visitTypeId } = values
  const asked = { location_id: String(locationId ?? ''), visit_type_id: String(visitTypeId ?? '') }
  const found =
    locationId === undefined
      ? null
      : await findNextFree(c.var.clinic, {
          locationId,
          doctorId,
          visitTypeId,
          after: afterIn(query('after')),
        })
  if (!found) return c.redirect(paths.deskBooking({ ...asked, return_to: query('return_to') }))
  const { startLocal } = found
  const fields = {
    ...asked,
    doctor_id: String(found.doctorId),
    start_at: startLocal,
    return_to: query('return_to'),
  }
  return c.redirect(paths.deskBooking(fields))
})

deskBooking.post('/', async (c) => {
  const form = await readForm(c)
  const named = withInstead(valuesOf(form), form('instead'))
  const chosen = form('use_patient')
  const values = chosen ? { ...named, patient_id: chosen, q: '', name: '', birth_date: '', phone: '' } : named
  const read = readBooking(asRead(values))
  if (!read.ok) return show(c, values, { refused: whatIsMissing(c, read.faults), faults: read.faults })
  const patient = await readPatient(c, values, form('register'))
  if (!patient.ok) return show(c, values, { refused: saying(c, patient.refusal), ...patient })
  const known = patient.isNew ? withRegistered(values, patient.id) : values
  return book(c, known, read.values, patient.id)
})

type Read = Extract<ReturnType<typeof readBooking>, { ok: true }>['values']

async function book(c: AppContext, values: BookingValues, read: Read, patientId: number) {
  const { doctorId, locationId, startAt, visitTypeId, minutes, resourceId, overrideReason, reason } = read
  try {
    const booked = await bookAppointment(c.var.clinic, {
      patientId,
      doctorId,
      locationId,
      startAt,
      visitTypeId,
      // Left out, the visit type says when it ends.
      endAt: minutes === undefined ? undefined : later(startAt, minutes),
      resourceIds: resourceId === undefined ? undefined : [resourceId],
      overrideReason,
      reasonForVisit: reason,
    })
    if (!booked.ok) return show(c, values, refusedBy(c, booked))
    const { id, startLocal, location } = booked.appointment
    const day = paths.desk({ on: startLocal.slice(0, 10), location: String(location.id) })
    return c.redirect(`${deskReturn(values.return_to, day)}#a${id}`, 303)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    return show(c, values, { refused: { refusal: 'invalid' }, faults: { [`${error.noun}_id`]: 'not_an_id' } })
  }
}

interface Said {
  refused?: Refused | undefined
  faults?: BookingFaults
  candidates?: PatientSummary[]
}

async function show(c: AppContext, values: BookingValues, { refused, faults, candidates }: Said = {}) {
  const { clinic } = c.var
  if (refused) c.set('refusal', refused.refusal)
  const { values: read } = readBooking(asRead(values))
  const { doctorId, locationId, startAt, visitTypeId, minutes } = read
  const chosenId = readChosenPatient(values)
  const time =
    doctorId && startAt ? { doctorId, locationId, startAt, visitTypeId, minutes, patientId: chosenId } : null
  const typed = values.q || undefined
  const wish = { time, doctorId, locationId, typed, chosenId, wasRefused: refused !== undefined }
  const content = await readDeskBooking(clinic, wish)
  const on = content.time?.startLocal.slice(0, 10) ?? ''
  const day = paths.desk({ on, location: String(content.time?.locationId ?? values.location_id) })
  const page = (
    <DeskBookingPage
      frame={frameOf(c)}
      {...{ content, values, refused: refused ?? null }}
      {...(faults && { faults })}
      {...(candidates && { candidates })}
      dayPath={deskReturn(values.return_to, day)}
      formKey={newFormKey()}
      isDesk={isDesk(clinic.actor)}
    />
  )
  return c.html(page, refused ? statusOf[refused.refusal] : candidates ? 409 : 200)
}

/** Doctors book with themselves. */
function withOwn({ var: { clinic } }: AppContext, values: BookingValues): BookingValues {
  const person = personOf(clinic.actor)
  if (person?.kind !== 'doctor' || values.doctor_id) return values
  return { ...values, doctor_id: String(person.doctorId) }
}

/** `none` is a choice of the form: no visit type. */
const asRead = (values: BookingValues): BookingValues =>
  values.visit_type_id === 'none' ? { ...values, visit_type_id: '' } : values

const withRegistered = (values: BookingValues, id: number): BookingValues => ({
  ...values,
  patient_id: String(id),
  q: '',
  name: '',
  birth_date: '',
  phone: '',
})

const saying = ({ var: { copy } }: AppContext, refusal: 'invalid' | 'may_exist' | 'no_patient') =>
  refusal === 'may_exist'
    ? undefined
    : {
        refusal: 'invalid' as const,
        ...(refusal === 'no_patient' && { reason: copy.desk.book.refused.choosePatient }),
      }

function whatIsMissing({ var: { copy } }: AppContext, faults: BookingFaults): Refused {
  const isTime = faults.doctor_id ?? faults.start_at
  return { refusal: 'invalid', reason: isTime && copy.desk.book.refused.chooseTime }
}

function refusedBy(c: AppContext, booked: Extract<BookedAppointment, { ok: false }>): Said {
  const words = c.var.copy.desk.book.refused
  switch (booked.refusal) {
    case 'invalid': {
      const faults = snakeKeys(booked.faults) as BookingFaults
      return { refused: { refusal: 'invalid', reason: faults.visit_type_id && words.chooseType }, faults }
    }
    case 'not_offered':
      return { refused: { refusal: booked.refusal, reason: offeredIn(c, booked.offered) } }
    case 'resource_taken':
      return {
        refused: { refusal: booked.refusal, reason: booked.missing && words.missing(booked.missing.name) },
      }
    default:
      return { refused: { refusal: booked.refusal } }
  }
}

const offeredIn = ({ var: { copy } }: AppContext, offered: { name: string }[]) =>
  offered.length === 0
    ? undefined
    : `${copy.desk.book.refused.reasons.not_offered} ${copy.desk.book.refused.offered(offered.map(({ name }) => name).join(', '))}`

/** Later than the start that was looked at last. */
const afterIn = (written: string): Date | undefined => {
  const at = Date.parse(written)
  return Number.isNaN(at) ? undefined : new Date(at)
}

const statusOf: Record<BookingRefusal, 409 | 422> = {
  slot_taken: 409,
  patient_busy: 409,
  resource_taken: 409,
  session_full: 409,
  too_many_appointments: 409,
  patient_inactive: 409,
  outside_hours: 422,
  off_grid: 422,
  short_notice: 422,
  beyond_horizon: 422,
  day_full: 422,
  not_offered: 422,
  session_needed: 422,
  phone_needed: 422,
  in_the_past: 422,
  not_your_patient: 422,
  invalid: 422,
}
