import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { isDesk, requireRight } from '../../clinic/accounts/guard.ts'
import { cancelAppointment } from '../../clinic/appointments/cancel.ts'
import { findAppointment } from '../../clinic/appointments/find.ts'
import { readAppointmentsPage } from '../../clinic/appointments/read-appointments-page.ts'
import { readTimesPage } from '../../clinic/appointments/read-times-page.ts'
import { rescheduleAppointment } from '../../clinic/appointments/reschedule.ts'
import type { AppointmentKey } from '../../clinic/appointments/search.ts'
import { NotFound } from '../../clinic/errors.ts'
import type { BookingRefusal, ChangeRefusal } from '../../clinic/refusals.ts'
import { id, instant, remark } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../http/app-env.ts'
import type { Copy } from '../../i18n/en.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readFinder } from '../read-finder.ts'
import { readForm } from '../read-form.ts'
import { AppointmentPage } from './appointment-page.tsx'
import { AppointmentsPage } from './appointments-page.tsx'
import { appointmentCalendar } from './calendar.ts'
import { TimesPage } from './times-page.tsx'

export const appointments = new Hono<AppEnv>()

appointments.get('/', async (c) => {
  const { clinic } = c.var
  const query = (name: string) => c.req.query(name) ?? ''
  const isPast = query('when') === 'past'
  const locationId = id.safeParse(query('location_id')).data
  const asked = { isPast, locationId, after: readKey(query('after')) }
  const content = await readAppointmentsPage(clinic, asked)
  const looksAt = isDesk(clinic.actor) ? String(locationId ?? '') : null
  const props = { frame: frameOf(c), content, isPast, locationId: looksAt }
  return c.html(<AppointmentsPage {...props} />)
})

appointments.get('/:id', (c) => showAppointment(c))

appointments.get('/:id/calendar.ics', async (c) => {
  const { clinic, copy } = c.var
  const appointment = await findAppointment(clinic, idIn(c))
  // What is only held is nothing to note down yet.
  if (appointment.status === 'pending') throw new NotFound('appointment')
  const { origin } = new URL(c.req.url)
  const calendar = appointmentCalendar(appointment, { words: copy.calendar, origin, now: clinic.now })
  return c.body(calendar, 200, {
    'Content-Type': 'text/calendar; charset=utf-8; method=PUBLISH',
    'Content-Disposition': `attachment; filename="appointment-${appointment.id}.ics"`,
  })
})

appointments.post('/:id/cancellation', async (c) => {
  const reason = remark.optional().safeParse((await readForm(c))('reason').trim() || undefined)
  if (!reason.success) return showAppointment(c, { problem: c.var.copy.faults.too_long_a_text })
  const cancelled = await cancelAppointment(c.var.clinic, { id: idIn(c), reason: reason.data })
  if (cancelled.ok) return c.redirect(paths.appointment(cancelled.appointment.id), 303)
  if (cancelled.refusal === 'invalid') return showAppointment(c, { problem: c.var.copy.faults.missing })
  c.set('refusal', cancelled.refusal)
  return showAppointment(c, { refused: c.var.copy.change.refused[cancelled.refusal] })
})

appointments.get('/:id/times', async (c) => {
  if (c.req.query('visit_type_id')) return showTimes(c)
  requireRight(c.var.clinic.actor, 'change appointments')
  const { id: appointmentId, visitType, doctor } = await findAppointment(c.var.clinic, idIn(c))
  if (!visitType) return c.redirect(paths.appointment(appointmentId))
  const own = { visit_type_id: String(visitType.id), doctor_id: String(doctor.id) }
  return c.redirect(paths.otherTimes(appointmentId, own))
})

appointments.post('/:id/times', async (c) => {
  const form = await readForm(c)
  const [doctor, start] = form('slot').split('/')
  const [doctorId, startAt, version] = [
    id.safeParse(doctor),
    instant.safeParse(start),
    id.safeParse(form('version')),
  ]
  if (!doctorId.success || !startAt.success) {
    c.set('refusal', 'invalid')
    return showTimes(c, c.var.copy.refused.reasons.invalid)
  }
  const moved = await rescheduleAppointment(c.var.clinic, {
    id: idIn(c),
    doctorId: doctorId.data,
    startAt: startAt.data,
    version: version.data,
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
  const appointment = await findAppointment(clinic, idIn(c))
  const page = (
    <AppointmentPage
      frame={frameOf(c)}
      appointment={appointment}
      now={clinic.now}
      isDesk={isDesk(clinic.actor)}
      mayChange={clinic.actor.kind !== 'doctor'}
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
  const content = await readTimesPage(c.var.clinic, idIn(c), wish.search)
  const props = { frame: frameOf(c), content, finder, formKey: newFormKey(), refused, fault: faults.from }
  return c.html(<TimesPage {...props} />, refused ? 409 : 200)
}

const key = z.tuple([instant, id])

/** What a page before wrote; anything else is the beginning. */
function readKey(written: string): AppointmentKey | undefined {
  const read = key.safeParse(written.split('_'))
  return read.success ? { startAt: new Date(read.data[0]), id: read.data[1] } : undefined
}

/** @throws NotFound for what is no id: nobody has it. */
function idIn(c: Context<AppEnv>): number {
  const read = id.safeParse(c.req.param('id'))
  if (!read.success) throw new NotFound('appointment')
  return read.data
}

function reasonOf({ change, refused }: Copy, refusal: BookingRefusal | ChangeRefusal): string {
  return refusal in change.refused
    ? change.refused[refusal as ChangeRefusal]
    : refused.reasons[refusal as BookingRefusal]
}
