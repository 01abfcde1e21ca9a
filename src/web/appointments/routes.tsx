import { type Context, Hono } from 'hono'
import { isDesk, requireRight } from '../../clinic/accounts/guard.ts'
import { cancelAppointment } from '../../clinic/appointments/cancel.ts'
import { findAppointment } from '../../clinic/appointments/find.ts'
import { readTimesPage } from '../../clinic/appointments/read-times-page.ts'
import { rescheduleAppointment } from '../../clinic/appointments/reschedule.ts'
import { NotFound } from '../../clinic/errors.ts'
import type { BookingRefusal, ChangeRefusal } from '../../clinic/refusals.ts'
import { id, instant, remark } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../door.ts'
import { en } from '../../i18n/en.ts'
import { newFormKey } from '../form-key.tsx'
import { paths } from '../paths.ts'
import { readFinder } from '../read-finder.ts'
import { readForm } from '../read-form.ts'
import { AppointmentPage } from './appointment-page.tsx'
import { TimesPage } from './times-page.tsx'

export const appointments = new Hono<AppEnv>()

appointments.get('/:id', (c) => showAppointment(c))

appointments.post('/:id/cancellation', async (c) => {
  const reason = remark.optional().safeParse((await readForm(c))('reason').trim() || undefined)
  if (!reason.success) return showAppointment(c, { problem: en.faults.too_long_a_text })
  const cancelled = await cancelAppointment(c.var.clinic, { id: idIn(c), reason: reason.data })
  if (cancelled.ok) return c.redirect(paths.appointment(cancelled.appointment.id), 303)
  if (cancelled.refusal === 'invalid') return showAppointment(c, { problem: en.faults.missing })
  return showAppointment(c, { refused: en.change.refused[cancelled.refusal] })
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
  if (!doctorId.success || !startAt.success) return showTimes(c, en.refused.reasons.invalid)
  const moved = await rescheduleAppointment(c.var.clinic, {
    id: idIn(c),
    doctorId: doctorId.data,
    startAt: startAt.data,
    version: version.data,
  })
  return moved.ok
    ? c.redirect(paths.appointment(moved.appointment.id), 303)
    : showTimes(c, reasonOf(moved.refusal))
})

interface Said {
  refused?: string
  problem?: string
}

async function showAppointment(c: Context<AppEnv>, said: Said = {}): Promise<Response> {
  const { clinic, visitor } = c.var
  const appointment = await findAppointment(clinic, idIn(c))
  const page = (
    <AppointmentPage
      copy={en}
      visitor={visitor?.name ?? null}
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
  const { search, faults } = readFinder({ ...finder, location_id: '', patient_id: '' }, c.req.query('after'))
  const content = await readTimesPage(c.var.clinic, idIn(c), search)
  const visitor = c.var.visitor?.name ?? null
  const props = { copy: en, visitor, content, finder, formKey: newFormKey(), refused, fault: faults.from }
  return c.html(<TimesPage {...props} />, refused ? 409 : 200)
}

/** @throws NotFound for what is no id: nobody has it. */
function idIn(c: Context<AppEnv>): number {
  const read = id.safeParse(c.req.param('id'))
  if (!read.success) throw new NotFound('appointment')
  return read.data
}

function reasonOf(refusal: BookingRefusal | ChangeRefusal): string {
  return refusal in en.change.refused
    ? en.change.refused[refusal as ChangeRefusal]
    : en.refused.reasons[refusal as BookingRefusal]
}
