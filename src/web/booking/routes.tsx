import { type Context, Hono } from 'hono'
import { etag } from 'hono/etag'
import { isDesk } from '../../clinic/accounts/guard.ts'
import {
  type BookedAppointment,
  bookAppointment,
  bookAppointmentInput,
} from '../../clinic/appointments/book.ts'
import { appointmentsOfToday, findAppointment } from '../../clinic/appointments/find.ts'
import { readBookingPage } from '../../clinic/appointments/read-booking-page.ts'
import { type Person, personOf } from '../../clinic/context.ts'
import { NotFound } from '../../clinic/errors.ts'
import type { BookingRefusal } from '../../clinic/refusals.ts'
import { snakeKeys } from '../../clinic/snake-case.ts'
import { isUnreachable } from '../../database/connect.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { reportFailure } from '../../observability/failures.ts'
import { browserCookie, holdingCookie } from '../cookies.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { limitSearches } from '../limit-searches.ts'
import { paths } from '../paths.ts'
import { readFields, readForm, type Written } from '../read-form.ts'
import { askToSignIn } from '../sign-in/ask-to-sign-in.ts'
import { Account } from '../ui/layout.tsx'
import { BookingPage } from './booking-page.tsx'
import { ConfirmationPage } from './confirmation-page.tsx'
import { DayPage } from './day-page.tsx'
import { HoldBanner } from './hold-banner.tsx'
import { readSearch, readTyped, requireDesk } from './patient-search.ts'
import { insertPrivateParts } from './private-parts.tsx'
import { publicPath, readQuery } from './public-booking.tsx'
import {
  type BookingField,
  type BookingValues,
  bookingFields,
  type Refused,
  RefusedSummary,
} from './refused.tsx'
import { SignedInPart } from './signed-in-part.tsx'

type AppContext = Context<AppEnv>

const { visitTypeId, doctorId, patientId, startAt, endAt, overrideReason } = bookAppointmentInput.shape
const fields = { visitTypeId, doctorId: doctorId.unwrap(), patientId, startAt, endAt, overrideReason }
/** Without a visit type, which has a length, the end is required. */
const fieldsOfTimes = { ...fields, endAt: endAt.unwrap() }

export const booking = new Hono<AppEnv>()

booking.get('/', limitSearches, async (c) => {
  const person = personOf(c.var.clinic.actor)
  if (person?.kind === 'doctor') {
    const appointments = await appointmentsOfToday(c.var.clinic, person.doctorId)
    return c.html(<DayPage frame={frameOf(c)} appointments={appointments} />)
  }
  if (c.req.query('visit_type_id') && !c.var.clinic.browser) await browserCookie.write(c, crypto.randomUUID())
  if (!person) return showPublic(c)
  return showSignedIn(c, person, { values: { ...noValues, patient_id: c.req.query('patient_id') ?? '' } })
})

booking.post('/', async (c) => {
  const form = await readForm(c)
  const values = readValues(form)
  const person = personOf(c.var.clinic.actor)
  if (!person) return askToSignIn(c)
  const { typed } = readSearch(form)
  const asked = values.visit_type_id ? fields : fieldsOfTimes
  const read = readFields((name) => values[name as BookingField], asked)
  if (!read.ok) return showSignedIn(c, person, { values, typed }, { refusal: 'invalid', faults: read.faults })
  try {
    const booked = await bookAppointment(c.var.clinic, read.values)
    if (booked.ok) return c.redirect(paths.confirmation(booked.appointment.id), 303)
    return showSignedIn(c, person, { values, typed }, toRefused(booked))
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    return showSignedIn(
      c,
      person,
      { values, typed },
      {
        refusal: 'invalid',
        faults: { [`${error.noun}_id`]: 'not_an_id' },
      },
    )
  }
})

// Reloading the page in another language asks for this address.
booking.get('/patient-search', (c) => c.redirect(paths.booking({ ...readQuery(c).finder })))

// What was typed stays out of addresses, which logs and histories keep.
booking.post('/patient-search', limitSearches, async (c) => {
  const person = requireDesk(c)
  const form = await readForm(c)
  return showSignedIn(c, person, { values: { ...readValues(form), patient_id: '' }, typed: readTyped(form) })
})

booking.get('/confirmation/:id', async (c) => {
  const appointment = await findAppointment(c.var.clinic, idIn(c, 'appointment'))
  return c.html(<ConfirmationPage frame={frameOf(c)} appointment={appointment} />)
})

interface Filled {
  values: BookingValues
  /** What the front desk searched for to find the patient. */
  typed?: string | undefined
}

/** The cached page, with a banner for visitors who hold a slot. */
async function showPublic(c: AppContext): Promise<Response> {
  // For any other cache on the way.
  c.header('Vary', 'Accept-Language, Cookie')
  const page = await c.var.askPublic(publicPath(c, c.var.language))
  const notice = await banner(c)
  // An answer that sets a cookie is for one browser only.
  const isTheirs = notice || page.headers.has('Set-Cookie')
  if (isTheirs && page.ok) return insertPrivateParts(page, notice ? { notice } : {})
  await etag()(c, async () => {
    c.res = page
  })
  return c.res
}

/**
 * Signed-in visitors bypass the cache, so that a time they just booked is not offered again. Their own appointments need a
 * trip anyway, and the whole page takes only that one. While the database is away, they get the cached page.
 */
async function showSignedIn(
  c: AppContext,
  person: Person,
  { values, typed }: Filled,
  refused: Refused | null = null,
) {
  const { clinic, copy, language } = c.var
  if (refused) c.set('refusal', refused.refusal)
  const { wish, finder, faults } = readQuery(c)
  const frame = frameOf(c)
  const chosenId = patientId.safeParse(values.patient_id).data
  const content = await readBookingPage(clinic, person, wish, { typed, chosenId }).catch((error) => {
    if (!isUnreachable(error)) throw error
    reportFailure(error)
  })
  const page = content
    ? await c.html(<BookingPage frame={frame} content={content} finder={finder} finderFaults={faults} />)
    : await c.var.askPublic(publicPath(c, language))
  if (!page.ok) return page
  const formKey = newFormKey()
  const signedIn = content && (
    <SignedInPart
      {...{ copy, content, finder, values, refused, formKey }}
      isDesk={isDesk(clinic.actor)}
      patient={typed}
    />
  )
  const notice = refused ? (
    <RefusedSummary {...{ copy, phone: frame.phone, values, refused, formKey }} />
  ) : (
    await banner(c)
  )
  const parts = {
    account: <Account frame={frame} />,
    ...(notice && { notice }),
    'signed-in': signedIn || <p class="empty card">{copy.booking.appointmentsUnavailable}</p>,
  }
  const isRefused = refused && { status: statusOf[refused.refusal], beforeTitle: copy.refused.documentTitle }
  return insertPrivateParts(page, parts, isRefused ?? {})
}

async function banner(c: AppContext) {
  const holding = await holdingCookie.read(c)
  return holding && <HoldBanner copy={c.var.copy} holding={holding} />
}

const noValues = Object.fromEntries(bookingFields.map((name) => [name, ''])) as BookingValues

/** The form as it was filled in, with the offered time in place of the refused one if its button was pressed. */
function readValues(text: Written): BookingValues {
  const written = Object.fromEntries(bookingFields.map((name) => [name, text(name)])) as BookingValues
  const [startAt, endAt] = text('instead').split('/')
  return startAt && endAt ? { ...written, start_at: startAt, end_at: endAt } : written
}

const statusOf: Record<BookingRefusal, 403 | 409 | 422> = {
  slot_taken: 409,
  patient_busy: 409,
  resource_taken: 409,
  outside_hours: 422,
  off_grid: 422,
  short_notice: 422,
  beyond_horizon: 422,
  day_full: 422,
  not_offered: 422,
  session_needed: 422,
  session_full: 409,
  too_many_appointments: 409,
  patient_inactive: 409,
  phone_needed: 422,
  in_the_past: 422,
  not_your_patient: 403,
  invalid: 422,
}

function toRefused(booked: Extract<BookedAppointment, { ok: false }>): Refused {
  if (booked.refusal !== 'invalid') {
    const { ok: _, ...refused } = booked
    return { faults: {}, ...refused }
  }
  return { refusal: 'invalid', faults: snakeKeys(booked.faults) }
}
