import { type Context, Hono } from 'hono'
import { requireRight } from '../../clinic/accounts/guard.ts'
import { findMessagesInput, messageKey } from '../../clinic/messages/find.ts'
import { readMessagesPage } from '../../clinic/messages/read-messages-page.ts'
import { resendMessage } from '../../clinic/messages/resend.ts'
import { stopMessage } from '../../clinic/messages/stop.ts'
import { patientQuery, searchPatients } from '../../clinic/patients/search.ts'
import { calendarDate } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { frameOf } from '../frame.ts'
import { readKey } from '../page-key.ts'
import { paths, safeReturnPath } from '../paths.ts'
import { readFields, readForm, type Written } from '../read-form.ts'
import { withInitials } from './hidden-names.ts'
import { type MessageFilters, MessagesPage, tabs } from './messages-page.tsx'

/** Whom the clinic writes to, and what became of it. */
export const messages = new Hono<AppEnv>()

const { kind, channel, patientId } = findMessagesInput.shape
const fields = { kind, channel, patientId, on: calendarDate.optional() }
const messagesAPage = 30

messages.get('/', (c) => show(c, (name) => c.req.query(name) ?? ''))

// Reloading the page in another language asks for this address.
messages.get('/patient-search', (c) => c.redirect(paths.messages()))

// What was typed stays out of addresses, which logs and histories keep.
messages.post('/patient-search', async (c) => {
  requireRight(c.var.clinic.actor, 'see messages')
  const typed = (await readForm(c))('q')
  const read = patientQuery.safeParse(typed)
  const found = read.success ? await searchPatients(c.var.clinic, { q: read.data }) : undefined
  return show(c, () => '', { typed, found })
})

messages.post('/:id/resend', async (c) => {
  const form = await readForm(c)
  const resent = await resendMessage(c.var.clinic, idIn(c, 'message'))
  if (resent.ok) return c.redirect(returnFrom(form), 303)
  const { refused, reasons } = c.var.copy.messageList
  const why = resent.refusal === 'would_be_skipped' ? ` ${reasons[resent.reason] ?? resent.reason}` : ''
  return refuse(c, form, resent.refusal, refused[resent.refusal] + why)
})

messages.post('/:id/stop', async (c) => {
  const form = await readForm(c)
  const stopped = await stopMessage(c.var.clinic, idIn(c, 'message'))
  if (stopped.ok) return c.redirect(returnFrom(form), 303)
  return refuse(c, form, stopped.refusal, c.var.copy.messageList.refused[stopped.refusal])
})

const returnFrom = (form: Written) =>
  form('return_to') ? safeReturnPath(form('return_to')) : paths.messages()

/** The list as it was when the button was pressed. */
function refuse(c: Context<AppEnv>, form: Written, refusal: string, refused: string) {
  c.set('refusal', refusal)
  const before = new URL(returnFrom(form), c.req.url).searchParams
  return show(c, (name) => before.get(name) ?? '', { refused }, 409)
}

type Said = Pick<Parameters<typeof MessagesPage>[0], 'refused' | 'typed' | 'found'>

/** Fields that cannot be read are left out of the search, and the page says what is wrong with them. */
async function show(c: Context<AppEnv>, written: Written, said: Said = {}, status: 200 | 409 = 200) {
  const { values, faults } = readFields(written, fields)
  const state = tabs.find((tab) => tab === written('state')) ?? 'due'
  const after = readKey(written('after'), messageKey)
  const page = await readMessagesPage(c.var.clinic, { ...values, state, limit: messagesAPage, after })
  const filters: MessageFilters = {
    state,
    kind: written('kind'),
    channel: written('channel'),
    on: written('on'),
    patient_id: values.patientId === undefined ? '' : String(values.patientId),
  }
  const frame = frameOf(c)
  const isHidden = frame.hidesNames === true && c.req.query('names') !== 'shown'
  const content = isHidden ? withInitials({ ...page, ...said }) : { ...page, ...said }
  return c.html(<MessagesPage {...{ frame, ...content, filters, faults, isHidden }} />, status)
}
