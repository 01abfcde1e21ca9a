import { type Context, Hono } from 'hono'
import { cancelAppointment } from '../../clinic/appointments/cancel.ts'
import type { ChangedAppointment } from '../../clinic/appointments/change.ts'
import { changeVisitType, changeVisitTypeInput } from '../../clinic/appointments/change-visit-type.ts'
import { checkIn } from '../../clinic/appointments/check-in.ts'
import { completeAppointment } from '../../clinic/appointments/complete.ts'
import { confirmAppointment } from '../../clinic/appointments/confirm.ts'
import { declineAppointment } from '../../clinic/appointments/decline.ts'
import { markNoShow } from '../../clinic/appointments/mark-no-show.ts'
import { leaveNote } from '../../clinic/appointments/note.ts'
import { startAppointment } from '../../clinic/appointments/start.ts'
import { undoLastChange } from '../../clinic/appointments/undo-last.ts'
import { NotFound } from '../../clinic/errors.ts'
import { readDeskAppointment } from '../../clinic/messages/read-desk-appointment.ts'
import { resendMessage } from '../../clinic/messages/resend.ts'
import { confirmIdentity, identityFacts } from '../../clinic/patients/confirm-identity.ts'
import { deskFlags, setFlagAtAppointment } from '../../clinic/patients/flags.ts'
import { id, remark } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readFields, readForm, type Written } from '../read-form.ts'
import { DeskAppointmentPage } from './appointment/desk-appointment-page.tsx'
import { LabelPage } from './appointment/label-page.tsx'
import { labelOf } from './appointment/press-form.tsx'
import type { Press, PressRefusal, Said } from './appointment/said.ts'
import { deskReturn } from './desk-return.ts'

type AppContext = Context<AppEnv>

/** One appointment, as the front desk and its doctor work with it. */
export const deskAppointments = new Hono<AppEnv>()

deskAppointments.get('/:id', (c) => show(c))

deskAppointments.get('/:id/label', async (c) => {
  const { appointment, patient } = await readDeskAppointment(c.var.clinic, idIn(c, 'appointment'))
  if (!patient) throw new NotFound('patient')
  return c.html(<LabelPage frame={frameOf(c)} appointment={appointment} patient={patient} />)
})

const steps = {
  arrival: checkIn,
  start: startAppointment,
  completion: completeAppointment,
  'no-show': markNoShow,
  confirmation: confirmAppointment,
} as const

for (const [press, verb] of Object.entries(steps)) {
  deskAppointments.post(`/:id/${press}`, async (c) => {
    const form = await readForm(c)
    const changed = await verb(c.var.clinic, idIn(c, 'appointment'), versionIn(form))
    return answer(c, form, press as Press, changed)
  })
}

deskAppointments.post('/:id/undo', async (c) => {
  const form = await readForm(c)
  const wish = { id: idIn(c, 'appointment'), version: versionIn(form) }
  const undone = await undoLastChange(c.var.clinic, wish)
  if (undone.ok) return back(c, form)
  c.set('refusal', undone.refusal)
  if (undone.refusal === 'stale') return show(c, changed(c, 'undo'), form)
  return show(c, { notUndone: undone.refusal }, form)
})

deskAppointments.post('/:id/cancellation', async (c) => {
  const form = await readForm(c)
  // In the words of the form, with what was written beside them.
  const read = remark.safeParse([form('reason'), form('details').trim()].filter(Boolean).join(': '))
  const { missing } = c.var.copy.desk.appointment.cancellation
  if (!read.success || !form('reason').trim()) return show(c, { problems: { cancellation: missing } }, form)
  const wish = { id: idIn(c, 'appointment'), reason: read.data, version: versionIn(form) }
  const cancelled = await cancelAppointment(c.var.clinic, wish)
  if (!cancelled.ok && cancelled.refusal === 'invalid')
    return show(c, { problems: { cancellation: missing } }, form)
  return answer(c, form, 'cancellation', cancelled, read.data)
})

deskAppointments.post('/:id/decline', async (c) => {
  const form = await readForm(c)
  const read = remark.safeParse(form('reason').trim() || undefined)
  if (!read.success) return show(c, { problems: { decline: c.var.copy.faults.missing } }, form)
  const wish = { id: idIn(c, 'appointment'), reason: read.data, version: versionIn(form) }
  return answer(c, form, 'decline', await declineAppointment(c.var.clinic, wish), read.data)
})

deskAppointments.post('/:id/note', async (c) => {
  const form = await readForm(c)
  const read = remark.nullable().safeParse(form('note').trim() || null)
  const { tooLong } = c.var.copy.desk.appointment.note
  if (!read.success) return show(c, { problems: { note: tooLong } }, form)
  const wish = { id: idIn(c, 'appointment'), note: read.data, version: versionIn(form) }
  return answer(c, form, 'note', await leaveNote(c.var.clinic, wish), read.data ?? undefined)
})

deskAppointments.post('/:id/visit-type', async (c) => {
  const form = await readForm(c)
  const { visitTypeId, overrideReason } = changeVisitTypeInput.shape
  const read = readFields(form, { visitTypeId, overrideReason })
  const { faults } = c.var.copy
  const fault = read.faults.visit_type_id ?? read.faults.override_reason ?? 'missing'
  if (!read.ok) return show(c, { problems: { visitType: faults[fault] } }, form)
  const wish = { id: idIn(c, 'appointment'), ...read.values, version: versionIn(form) }
  const given = await changeVisitType(c.var.clinic, wish)
  if (given.ok) return back(c, form)
  c.set('refusal', given.refusal)
  if (given.refusal === 'stale') return show(c, changed(c, 'visit-type'), form)
  if (given.refusal === 'invalid') return show(c, { problems: { visitType: faults.missing } }, form)
  return show(c, { typeRefused: { refusal: given.refusal, ...read.values } }, form)
})

deskAppointments.post('/:id/identity', async (c) => {
  const form = await readForm(c)
  const checked = identityFacts.filter((fact) => form(fact))
  const { chooseOne } = c.var.copy.desk.appointment.patient
  if (checked.length === 0) return show(c, { problems: { identity: chooseOne } }, form)
  await confirmIdentity(c.var.clinic, { appointmentId: idIn(c, 'appointment'), checked })
  return back(c, form)
})

deskAppointments.post('/:id/flag', async (c) => {
  const form = await readForm(c)
  const flag = deskFlags.find((one) => one === form('flag'))
  if (!flag) throw new NotFound('patient')
  const isSet = form('is_set') === '1'
  await setFlagAtAppointment(c.var.clinic, { appointmentId: idIn(c, 'appointment'), flag, isSet })
  return back(c, form)
})

deskAppointments.post('/:id/message', async (c) => {
  const form = await readForm(c)
  const messageId = id.safeParse(form('message_id')).data
  if (messageId === undefined) throw new NotFound('message')
  const resent = await resendMessage(c.var.clinic, messageId)
  if (resent.ok) return back(c, form)
  const { messageList, desk } = c.var.copy
  const said = desk.appointment.message.refused[resent.refusal]
  const why = resent.refusal === 'would_be_skipped' ? ` ${messageList.reasons[resent.reason] ?? ''}` : ''
  c.set('refusal', resent.refusal)
  return show(c, { problems: { message: said + why } }, form)
})

// Reloading the page in another language asks for these addresses.
for (const press of [...Object.keys(steps), 'undo', 'cancellation', 'decline', 'note', 'identity', 'message'])
  deskAppointments.get(`/:id/${press}`, (c) => c.redirect(paths.deskAppointment(idIn(c, 'appointment'))))

/** The version that the page was made from; without one, the change is made to whatever is there now. */
const versionIn = (form: Written) => id.safeParse(form('version')).data

function answer(
  c: AppContext,
  form: Written,
  press: Press,
  done: ChangedAppointment<PressRefusal>,
  text?: string,
): Response | Promise<Response> {
  if (done.ok) return back(c, form)
  c.set('refusal', done.refusal)
  if (done.refusal === 'stale') return show(c, changed(c, press, text), form)
  return show(c, { refused: { press, refusal: done.refusal } }, form)
}

function changed({ var: { copy } }: AppContext, press: Press, text?: string): Said {
  return { changed: { press, text: [labelOf(copy, press), ...(text ? [text] : [])].join(': ') } }
}

function back(c: AppContext, form: Written): Response {
  const own = paths.deskAppointment(idIn(c, 'appointment'))
  const path = deskReturn(form('return_to'), own)
  return c.redirect(path === own ? own : `${path}#a${idIn(c, 'appointment')}`, 303)
}

async function show(c: AppContext, said: Said = {}, form?: Written): Promise<Response> {
  const { clinic } = c.var
  const content = await readDeskAppointment(clinic, idIn(c, 'appointment'))
  const { appointment } = content
  if (appointment.capacity !== null) return c.redirect(paths.session(appointment.id))
  const own = paths.deskAppointment(appointment.id)
  if (said.problems) c.set('refusal', 'invalid')
  const page = (
    <DeskAppointmentPage
      frame={frameOf(c)}
      content={content}
      now={clinic.now}
      returnTo={deskReturn(form?.('return_to') ?? c.req.query('return_to') ?? '', own)}
      said={said}
    />
  )
  const isRefused = said.changed || said.refused || said.notUndone || said.typeRefused
  return c.html(page, said.problems ? 422 : isRefused ? 409 : 200)
}
