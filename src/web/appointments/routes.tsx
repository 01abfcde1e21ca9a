import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { isDesk, isStaff, requireRight } from '../../clinic/accounts/guard.ts'
import { cancelAppointment, cancelAppointmentInput } from '../../clinic/appointments/cancel.ts'
import { findAppointment, isCompanion } from '../../clinic/appointments/find.ts'
import { readAppointmentsPage, type When } from '../../clinic/appointments/read-appointments-page.ts'
import { readTimesPage } from '../../clinic/appointments/read-times-page.ts'
import { rescheduleAppointment } from '../../clinic/appointments/reschedule.ts'
import { appointmentKey } from '../../clinic/appointments/search.ts'
import { personOf } from '../../clinic/context.ts'
import { NotFound } from '../../clinic/errors.ts'
import type { BookingRefusal, ChangeRefusal } from '../../clinic/refusals.ts'
import { id } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { readSlotValue } from '../../http/slot-value.ts'
import type { Copy } from '../../i18n/en.ts'
import { pageCalendar } from '../../messages/calendar.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { limitSearches } from '../limit-searches.ts'
import { readKey } from '../page-key.ts'
import { paths } from '../paths.ts'
import { readFinder } from '../read-finder.ts'
import { readFields, readForm } from '../read-form.ts'
import { AppointmentPage } from './appointment-page.tsx'
import { AppointmentsPage } from './appointments-page.tsx'
import { TimesPage } from './times-page.tsx'

export const appointments = new Hono<AppEnv>()

appointments.get('/', async (c) => {
  const { clinic } = c.var
  const query = (name: string) => c.req.query(name) ?? ''
  const when = shownWhen(query('when'))
  const locationId = id.safeParse(query('location_id')).data
  const awaitsApproval = query('awaits') === 'approval'
  const asked = { when, awaitsApproval, locationId, after: readKey(query('after'), appointmentKey) }
  const content = await readAppointmentsPage(clinic, asked)
  const looksAt = isDesk(clinic.actor) ? String(locationId ?? '') : null
  const props = { frame: frameOf(c), content, when, awaitsApproval, locationId: looksAt }
  return c.html(<AppointmentsPage {...props} />)
})

const shownWhen = (written: string): When =>
  written === 'past' || written === 'cancelled' ? written : 'upcoming'

/** Staff work with appointments at the front desk. */
const toDesk =
  (path: (id: number) => string): MiddlewareHandler<AppEnv> =>
  async (c, next) =>
    isStaff(c.var.clinic.actor) ? c.redirect(path(idIn(c, 'appointment')), 303) : next()

appointments.get('/:id', toDesk(paths.deskAppointment), (c) => showAppointment(c))

appointments.get('/:id/calendar.ics', async (c) => {
  const { clinic, copy, site } = c.var
  const reader = requireRight(clinic.actor, 'see appointments')
  const appointment = await findAppointment(clinic, idIn(c, 'appointment'))
  // A hold is not an appointment yet: a calendar would keep it after the hold has run out.
  if (appointment.status === 'pending') throw new NotFound('appointment')
  const url = new URL(paths.appointment(appointment.id), c.req.url).href
  const file = pageCalendar(appointment, {
    ...site,
    copy,
    url,
    reader,
    namesVisitType: true,
    now: clinic.now,
  })
  return c.body(file.content, 200, {
    'Content-Type': file.contentType,
    'Content-Disposition': `attachment; filename="${file.filename}"`,
  })
})

appointments.post('/:id/cancellation', toDesk(paths.deskAppointment), async (c) => {
  const read = readFields(await readForm(c), { reason: cancelAppointmentInput.shape.reason })
  const { faults } = c.var.copy
  if (!read.ok) return showAppointment(c, { problem: faults[read.faults.reason ?? 'missing'] })
  const cancelled = await cancelAppointment(c.var.clinic, { id: idIn(c, 'appointment'), ...read.values })
  if (cancelled.ok) return c.redirect(paths.appointment(cancelled.appointment.id), 303)
  if (cancelled.refusal === 'invalid') return showAppointment(c, { problem: faults.missing })
  c.set('refusal', cancelled.refusal)
  return showAppointment(c, { refused: c.var.copy.change.refused[cancelled.refusal] })
})

appointments.get('/:id/times', toDesk(paths.deskMove), limitSearches, async (c) => {
  if (c.req.query('visit_type_id')) return showTimes(c)
  requireRight(c.var.clinic.actor, 'change appointments')
  const {
    id: appointmentId,
    visitType,
    doctor,
    sessionId,
  } = await findAppointment(c.var.clinic, idIn(c, 'appointment'))
  if (!visitType || sessionId !== null) return c.redirect(paths.appointment(appointmentId))
  const own = { visit_type_id: String(visitType.id), doctor_id: String(doctor.id) }
  return c.redirect(paths.otherTimes(appointmentId, own))
})

appointments.post('/:id/times', toDesk(paths.deskMove), async (c) => {
  const form = await readForm(c)
  const slot = readSlotValue(form('slot'))
  if (!slot) {
    c.set('refusal', 'invalid')
    return showTimes(c, c.var.copy.refused.reasons.invalid)
  }
  const moved = await rescheduleAppointment(c.var.clinic, {
    id: idIn(c, 'appointment'),
    ...slot,
    version: readFields(form, { version: id.optional() }).values.version,
  })
  if (moved.ok) return c.redirect(paths.appointment(moved.appointment.id), 303)
  c.set('refusal', moved.refusal)
  return showTimes(c, reasonOf(c.var.copy, moved.refusal))
})

interface Said {
  refused?: string
  problem?: string
}

async function showAppointment(c: Context<AppEnv>, said: Said = {}): Promise<Response> {
  const { clinic } = c.var
  if (said.problem) c.set('refusal', 'invalid')
  const appointment = await findAppointment(clinic, idIn(c, 'appointment'))
  const page = (
    <AppointmentPage
      frame={frameOf(c)}
      appointment={appointment}
      now={clinic.now}
      mayChange={!isCompanion(personOf(clinic.actor), appointment)}
      formKey={newFormKey()}
      {...said}
    />
  )
  return c.html(page, said.refused ? 409 : said.problem ? 422 : 200)
}

async function showTimes(c: Context<AppEnv>, refused?: string): Promise<Response> {
  const query = (name: string) => c.req.query(name) ?? ''
  const finder = { visit_type_id: query('visit_type_id'), doctor_id: query('doctor_id'), from: query('from') }
  const all = { ...finder, specialty: '', location_id: '', view: '' }
  const { wish, faults } = readFinder(all, c.req.query('after'))
  const content = await readTimesPage(c.var.clinic, idIn(c, 'appointment'), wish.search)
  const props = { frame: frameOf(c), content, finder, formKey: newFormKey(), refused, fault: faults.from }
  return c.html(<TimesPage {...props} />, refused ? 409 : 200)
}

function reasonOf({ change, refused }: Copy, refusal: BookingRefusal | ChangeRefusal): string {
  return refusal in change.refused
    ? change.refused[refusal as ChangeRefusal]
    : refused.reasons[refusal as BookingRefusal]
}
