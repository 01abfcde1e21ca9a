import { type Context, Hono } from 'hono'
import { readMovePage } from '../../clinic/appointments/read-move-page.ts'
import {
  type RescheduledAppointment,
  rescheduleAppointment,
  rescheduleAppointmentInput,
} from '../../clinic/appointments/reschedule.ts'
import { findNextFree } from '../../clinic/availability/find-next-free.ts'
import { calendarDate, id } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { withOffset } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { addDays } from '../read-finder.ts'
import { readFields, readForm, type Written } from '../read-form.ts'
import { whenOf } from './book/refused-box.tsx'
import { deskReturn } from './desk-return.ts'
import { MovePage } from './move/move-page.tsx'
import { type RefusedMove, sayRefused } from './move/move-refused.tsx'

type AppContext = Context<AppEnv>

/** Moving an appointment at the front desk. */
export const deskMove = new Hono<AppEnv>()

const { doctorId, startAt, overrideReason } = rescheduleAppointmentInput.shape
const wanted = { doctorId: doctorId.unwrap(), startAt: startAt.unwrap() }
const shown = { on: calendarDate.optional(), location: id.optional() }

deskMove.get('/:id/move', async (c) => {
  const query: Written = (name) => c.req.query(name) ?? ''
  const after = calendarDate.safeParse(query('after')).data
  return after ? showNextFreeDay(c, query, after) : show(c, query)
})

deskMove.post('/:id/move', async (c) => {
  const form = await readForm(c)
  const read = readFields(withSlot(form), { ...wanted, overrideReason })
  const { location, on: _ } = readFields(form, shown).values
  if (!read.ok)
    return refuse(c, form, { refusal: 'invalid', reason: c.var.copy.desk.move.refused.chooseTime })
  const { version } = readFields(form, { version: id.optional() }).values
  const { doctorId, startAt } = read.values
  const moved = await rescheduleAppointment(c.var.clinic, {
    id: idIn(c, 'appointment'),
    ...read.values,
    locationId: location,
    version,
  })
  if (!moved.ok) return refuse(c, form, { ...toRefused(c.var.copy, moved), wanted: { doctorId, startAt } })
  const { appointment } = moved
  if (wantsJson(c)) {
    const { id, version, startLocal: start_local, endLocal: end_local, doctor } = appointment
    return c.json({ ok: true, appointment: { id, version, start_local, end_local, doctor_id: doctor.id } })
  }
  const day = paths.desk({
    on: appointment.startLocal.slice(0, 10),
    location: String(appointment.location.id),
  })
  return c.redirect(`${deskReturn(form('return_to'), day)}#a${appointment.id}`, 303)
})

/** A button names the doctor and the start at once, as in `7/2026-11-23T09:00`. */
function withSlot(form: Written): Written {
  const [doctor, start] = form('slot').split('/')
  if (!doctor || !start) return form
  return (name) => (name === 'doctor_id' ? doctor : name === 'start_at' ? start : form(name))
}

const wantsJson = (c: AppContext) => (c.req.header('Accept') ?? '').startsWith('application/json')

async function refuse(c: AppContext, form: Written, refused: RefusedMove): Promise<Response> {
  c.set('refusal', refused.refusal)
  return show(c, form, refused)
}

async function show(c: AppContext, written: Written, refused?: RefusedMove): Promise<Response> {
  const { clinic, copy } = c.var
  const { on, location: locationId } = readFields(written, shown).values
  const content = await readMovePage(clinic, idIn(c, 'appointment'), {
    on,
    locationId,
    refused: refused?.wanted,
  })
  const { appointment } = content
  const sessionId = appointment.capacity === null ? appointment.sessionId : appointment.id
  if (sessionId !== null && !refused) return c.redirect(paths.session(sessionId))
  const status = !refused ? 200 : refused.refusal === 'invalid' ? 422 : 409
  if (wantsJson(c) && refused) {
    const nearest = content.nearest.map((slot) => ({
      start_at: withOffset(slot.startLocal, slot.startAt),
      local: slot.startLocal,
      doctor_id: slot.doctor.id,
      label: `${whenOf(copy, slot, content.on)} ${copy.desk.move.withDoctor(slot.doctor.name)}`,
    }))
    return c.json(
      { ok: false, refusal: refused.refusal, ...sayRefused(copy, content, refused), nearest },
      status,
    )
  }
  const own = { on: appointment.startLocal.slice(0, 10), location: String(appointment.location.id) }
  const returnTo = deskReturn(written('return_to'), '')
  return c.html(
    <MovePage
      frame={frameOf(c)}
      content={content}
      formKey={newFormKey()}
      dayPath={returnTo || paths.desk(own)}
      returnTo={returnTo}
      reason={written('override_reason')}
      refused={refused}
    />,
    status,
  )
}

async function showNextFreeDay(c: AppContext, query: Written, after: string): Promise<Response> {
  const { location } = readFields(query, shown).values
  const next = addDays(after, 1)
  const found =
    location &&
    (await findNextFree(c.var.clinic, { locationId: location, after: new Date(`${next}T00:00Z`) }))
  const on = found ? found.startLocal.slice(0, 10) : next
  const fields = { on, location: query('location'), return_to: deskReturn(query('return_to'), '') }
  return c.redirect(paths.deskMove(idIn(c, 'appointment'), fields))
}

type Refusal = Extract<RescheduledAppointment, { ok: false }>

function toRefused({ desk }: Copy, refused: Refusal): RefusedMove {
  const { refusal } = refused
  if (refusal === 'resource_taken' && refused.missing)
    return { refusal, reason: desk.book.refused.missing(refused.missing.name) }
  return { refusal }
}
