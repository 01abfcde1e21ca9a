import { type Context, Hono } from 'hono'
import type { Appointment } from '../../clinic/appointments/find.ts'
import { reassignAppointment, reassignAppointmentInput } from '../../clinic/appointments/reassign.ts'
import { readReassignment, searchForReassignment } from '../../clinic/appointments/search-others.ts'
import { id } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readFields, readForm } from '../read-form.ts'
import { ReassignPage } from './reassign-page.tsx'

export const reassignments = new Hono<AppEnv>()

reassignments.get('/:id/patient', (c) => showReassignment(c, c.req.query('patient_id')))

reassignments.post('/:id/patient-search', async (c) => {
  const typed = (await readForm(c))('q').slice(0, 200)
  const found = await searchForReassignment(c.var.clinic, idIn(c, 'appointment'), typed)
  return c.html(<ReassignPage frame={frameOf(c)} {...found} typed={typed} formKey={newFormKey()} />)
})

reassignments.post('/:id/patient', async (c) => {
  const form = await readForm(c)
  const { patientId, reason } = reassignAppointmentInput.shape
  const read = readFields(form, { patientId, reason })
  const { copy } = c.var
  if (!read.ok) {
    const fault = read.faults.reason ?? read.faults.patient_id ?? 'missing'
    return showReassignment(c, form('patient_id'), { problem: copy.faults[fault] })
  }
  const given = await reassignAppointment(c.var.clinic, {
    id: idIn(c, 'appointment'),
    ...read.values,
    version: readFields(form, { version: id.optional() }).values.version,
  })
  if (given.ok) return c.redirect(paths.deskAppointment(given.appointment.id), 303)
  c.set('refusal', given.refusal)
  const reasons = { ...copy.desk.reasons, ...copy.reassign.refused }
  const conflict = given.refusal === 'patient_busy' ? given.conflict : null
  return showReassignment(c, form('patient_id'), { refused: reasons[given.refusal], conflict })
})

interface Said {
  refused?: string
  conflict?: Appointment | null
  problem?: string
}

async function showReassignment(
  c: Context<AppEnv>,
  written: string | undefined,
  said: Said = {},
): Promise<Response> {
  if (said.problem) c.set('refusal', 'invalid')
  const content = await readReassignment(c.var.clinic, idIn(c, 'appointment'), id.safeParse(written).data)
  const page = <ReassignPage frame={frameOf(c)} {...content} formKey={newFormKey()} {...said} />
  return c.html(page, said.refused ? 409 : said.problem ? 422 : 200)
}
