import { type Context, Hono } from 'hono'
import { isDesk, requireRight } from '../../clinic/accounts/guard.ts'
import { cancelAppointment, cancelAppointmentInput } from '../../clinic/appointments/cancel.ts'
import { changeVisitType, changeVisitTypeInput } from '../../clinic/appointments/change-visit-type.ts'
import { confirmAppointment } from '../../clinic/appointments/confirm.ts'
import { declineAppointment, declineAppointmentInput } from '../../clinic/appointments/decline.ts'
import { findAppointment, isCompanion } from '../../clinic/appointments/find.ts'
import { readAppointmentsPage, type When } from '../../clinic/appointments/read-appointments-page.ts'
import { readTimesPage } from '../../clinic/appointments/read-times-page.ts'
import { rescheduleAppointment } from '../../clinic/appointments/reschedule.ts'
import { appointmentKey } from '../../clinic/appointments/search.ts'
import { personOf } from '../../clinic/context.ts'
import { NotFound } from '../../clinic/errors.ts'
import { readAppointmentPage } from '../../clinic/messages/read-appointment-page.ts'
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

appointments.get('/:id', (c) => showAppointment(c))

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

appointments.post('/:id/cancellation', async (c) => {
  const read = readFields(await readForm(c), { reason: cancelAppointmentInput.shape.reason })
  const { faults } = c.var.copy
  if (!read.ok) return showAppointment(c, { problem: faults[read.faults.reason ?? 'missing'] })
  const cancelled = await cancelAppointment(c.var.clinic, { id: idIn(c, 'appointment'), ...read.values })
  if (cancelled.ok) return c.redirect(paths.appointment(cancelled.appointment.id), 303)
  if (cancelled.refusal === 'invalid') return showAppointment(c, { problem: faults.missing })
  c.set('refusal', cancelled.refusal)
  return showAppointment(c, { refused: c.var.copy.change.refused[cancelled.refusal] })
})

appointments.post('/:id/confirmation', async (c) => {
  await readForm(c)
  const confirmed = await confirmAppointment(c.var.clinic, idIn(c, 'appointment'))
  if (confirmed.ok) return c.redirect(paths.appointment(confirmed.appointment.id), 303)
  c.set('refusal', confirmed.refusal)
  return showAppointment(c, { refused: c.var.copy.approval.alreadyDecided })
})

appointments.post('/:id/decline', async (c) => {
  const read = readFields(await readForm(c), { reason: declineAppointmentInput.shape.reason })
  const { faults, approval } = c.var.copy
  if (!read.ok) return showAppointment(c, { problem: faults[read.faults.reason ?? 'missing'] })
  const declined = await declineAppointment(c.var.clinic, { id: idIn(c, 'appointment'), ...read.values })
  if (declined.ok) return c.redirect(paths.appointment(declined.appointment.id), 303)
  c.set('refusal', declined.refusal)
  return showAppointment(c, { refused: approval.alreadyDecided })
})

appointments.post('/:id/visit-type', async (c) => {
  const form = await readForm(c)
  const { visitTypeId, overrideReason } = changeVisitTypeInput.shape
  const read = readFields(form, { visitTypeId, overrideReason })
  const { copy } = c.var
  if (!read.ok)
    return showAppointment(c, { typeProblem: copy.faults[read.faults.visit_type_id ?? 'missing'] })
  const changed = await changeVisitType(c.var.clinic, {
    id: idIn(c, 'appointment'),
    ...read.values,
    version: readFields(form, { version: id.optional() }).values.version,
  })
  if (changed.ok) return c.redirect(paths.appointment(changed.appointment.id), 303)
  c.set('refusal', changed.refusal)
  return showAppointment(c, {
    refusedTitle: copy.change.typeNotChanged,
    refused: reasonOf(copy, changed.refusal),
  })
})

appointments.get('/:id/times', limitSearches, async (c) => {
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

appointments.post('/:id/times', async (c) => {
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
  refusedTitle?: string
  refused?: string
  problem?: string
  typeProblem?: string
}

async function showAppointment(c: Context<AppEnv>, said: Said = {}): Promise<Response> {
  const { clinic } = c.var
  const problem = said.problem ?? said.typeProblem
  if (problem) c.set('refusal', 'invalid')
  const content = await readAppointmentPage(clinic, idIn(c, 'appointment'))
  const { appointment } = content
  if (appointment.capacity !== null) return c.redirect(paths.session(appointment.id))
  const page = (
    <AppointmentPage
      frame={frameOf(c)}
      {...content}
      now={clinic.now}
      isDesk={isDesk(clinic.actor)}
      mayChange={clinic.actor.kind !== 'doctor' && !isCompanion(personOf(clinic.actor), appointment)}
      formKey={newFormKey()}
      {...said}
    />
  )
  return c.html(page, said.refused ? 409 : problem ? 422 : 200)
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
