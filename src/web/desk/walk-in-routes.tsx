import { type Context, Hono } from 'hono'
import { requireRight } from '../../clinic/accounts/guard.ts'
import { NotFound } from '../../clinic/errors.ts'
import type { Fault } from '../../clinic/refusals.ts'
import { id } from '../../clinic/shapes.ts'
import { addWalkIn, addWalkInInput } from '../../clinic/walk-ins/add.ts'
import { type BookedWalkIn, bookWalkIn, bookWalkInInput } from '../../clinic/walk-ins/book.ts'
import { leaveWalkIn, returnWalkIn } from '../../clinic/walk-ins/leave.ts'
import { readNewWalkIn, readWalkIn } from '../../clinic/walk-ins/read-walk-in-pages.ts'
import { signTicket } from '../../clinic/walk-ins/ticket.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { formatTime } from '../../i18n/dates.ts'
import { readSearch, readTyped } from '../booking/patient-search.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readFields, readForm, type Written } from '../read-form.ts'
import { deskReturn } from './desk-return.ts'
import { NewWalkInPage, type WalkInField, walkInFields } from './walk-ins/new-walk-in-page.tsx'
import { WalkInPage } from './walk-ins/walk-in-page.tsx'

type AppContext = Context<AppEnv>

/** Patients who came without an appointment. */
export const walkIns = new Hono<AppEnv>()

walkIns.get('/new', (c) => {
  const query: Written = (name) => c.req.query(name) ?? ''
  const location_id = query('location_id') || query('location')
  return showForm(c, (name) => (name === 'location_id' ? location_id : query(name)))
})

// Reloading the page in another language asks for these addresses.
walkIns.get('/', (c) => c.redirect(paths.newWalkIn()))
walkIns.get('/patient-search', (c) => c.redirect(paths.newWalkIn()))

// What was typed stays out of addresses, which logs and histories keep.
walkIns.post('/patient-search', async (c) => {
  const form = await readForm(c)
  return showForm(c, (name) => (name === 'patient_id' ? '' : form(name)), { typed: readTyped(form) })
})

walkIns.post('/', async (c) => {
  requireRight(c.var.clinic.actor, 'take walk-ins')
  const form = await readForm(c)
  const read = readFields(form, addWalkInInput.shape)
  if (!read.ok) return showForm(c, form, { faults: read.faults, ...readSearch(form) })
  const added = await orUnknown(addWalkIn(c.var.clinic, read.values))
  if (added.ok) return c.redirect(backTo(paths.walkIn(added.walkIn.id), form), 303)
  if (added.refusal === 'invalid') return showForm(c, form, { faults: { patient_id: 'not_an_id' } })
  const { refused } = c.var.copy.desk.walkIns
  const reason =
    added.refusal === 'already_waiting'
      ? refused.already_waiting(added.walkIn.number)
      : refused[added.refusal]
  const waiting = 'walkIn' in added ? { waiting: added.walkIn } : {}
  return showForm(c, form, { refused: { reason, ...waiting } })
})

walkIns.get('/:id', (c) => showWalkIn(c))
for (const press of ['booking', 'removal', 'return'])
  walkIns.get(`/:id/${press}`, (c) => c.redirect(paths.walkIn(idIn(c, 'walk-in'))))

walkIns.post('/:id/booking', async (c) => {
  requireRight(c.var.clinic.actor, 'take walk-ins')
  const form = await readForm(c)
  const { doctorId, startAt } = bookWalkInInput.shape
  const read = readFields(form, { doctorId, startAt })
  const words = c.var.copy.desk.walkIns
  if (!read.ok) {
    const [fault = 'missing'] = Object.values(read.faults)
    return showWalkIn(c, form, { title: words.notBooked, reason: c.var.copy.faults[fault] })
  }
  const booked = await bookWalkIn(c.var.clinic, { id: idIn(c, 'walk-in'), ...read.values })
  if (!booked.ok) return showWalkIn(c, form, { title: words.notBooked, ...whyNotBooked(c, booked) })
  const { id: appointmentId, startLocal, location } = booked.appointment
  const day = paths.desk({ on: startLocal.slice(0, 10), location: String(location.id) })
  return c.redirect(`${deskReturn(form('return_to'), day)}#a${appointmentId}`, 303)
})

walkIns.post('/:id/removal', async (c) => {
  const form = await readForm(c)
  const walkInId = idIn(c, 'walk-in')
  const left = await leaveWalkIn(c.var.clinic, walkInId)
  const { notBooked: _, notWaiting: reason, states } = c.var.copy.desk.walkIns
  if (!left.ok) return showWalkIn(c, form, { title: states.booked, reason })
  return c.redirect(backTo(paths.walkIn(walkInId), form), 303)
})

walkIns.post('/:id/return', async (c) => {
  const form = await readForm(c)
  const walkInId = idIn(c, 'walk-in')
  const returned = await returnWalkIn(c.var.clinic, walkInId)
  const { notReturned: reason, states } = c.var.copy.desk.walkIns
  if (!returned.ok) return showWalkIn(c, form, { title: states.left, reason })
  return c.redirect(deskReturn(form('return_to'), paths.walkIn(walkInId)), 303)
})

interface Said {
  typed?: string
  faults?: Partial<Record<WalkInField, Fault>>
  refused?: Parameters<typeof NewWalkInPage>[0]['refused']
}

async function showForm(c: AppContext, written: Written, { typed, faults = {}, refused }: Said = {}) {
  const { clinic, copy } = c.var
  const values = Object.fromEntries(walkInFields.map((name) => [name, written(name)]))
  const content = await readNewWalkIn(clinic, {
    locationId: id.safeParse(written('location_id')).data,
    typed,
    chosenId: id.safeParse(written('patient_id')).data,
  })
  const words = copy.desk.walkIns
  const isFaulty = Object.keys(faults).length > 0
  if (refused || isFaulty) c.set('refusal', refused ? 'already_waiting' : 'invalid')
  const page = (
    <NewWalkInPage
      frame={frameOf(c)}
      {...{ content, typed, refused }}
      values={values as Record<WalkInField, string>}
      returnTo={deskReturn(written('return_to'), paths.desk({ location: String(content.location.id) }))}
      formKey={newFormKey()}
      problems={{
        patient_id: faults.patient_id && words.choosePatient,
        visit_type_id: faults.visit_type_id && words.chooseVisitType,
      }}
    />
  )
  return c.html(page, refused ? 409 : isFaulty ? 422 : 200)
}

async function showWalkIn(
  c: AppContext,
  form?: Written,
  refused?: Parameters<typeof WalkInPage>[0]['refused'],
) {
  const { clinic } = c.var
  const walkIn = await readWalkIn(clinic, idIn(c, 'walk-in'))
  const token = await signTicket(clinic.secrets, walkIn.id)
  const returnTo = form ? form('return_to') : (c.req.query('return_to') ?? '')
  if (refused) c.set('refusal', 'not_waiting')
  const page = (
    <WalkInPage
      frame={frameOf(c)}
      {...{ walkIn, refused }}
      address={new URL(paths.walkInPage(token), c.req.url).href}
      returnTo={deskReturn(returnTo, paths.desk({ location: String(walkIn.locationId) }))}
      formKey={newFormKey()}
    />
  )
  return c.html(page, refused ? 409 : 200)
}

function whyNotBooked({ var: { copy } }: AppContext, booked: Extract<BookedWalkIn, { ok: false }>) {
  const words = copy.desk.walkIns
  if (booked.refusal === 'not_waiting') return { reason: words.notWaiting }
  if (booked.refusal === 'not_today') return { reason: words.onlyToday }
  if (!('nextFree' in booked)) return { reason: copy.desk.reasons[booked.refusal] }
  const nextLocal = booked.nextFree?.startLocal
  if (booked.refusal !== 'slot_taken') return { reason: copy.desk.reasons[booked.refusal], nextLocal }
  const reason = nextLocal ? words.takenUntil(formatTime(nextLocal, copy.language)) : words.takenToday
  return { reason, nextLocal }
}

/** A page of the desk that leads back to where the form came from. */
function backTo(path: string, form: Written): string {
  const returnTo = deskReturn(form('return_to'), '')
  return returnTo ? `${path}?${new URLSearchParams({ return_to: returnTo })}` : path
}

/** The patient who was chosen on the page may be gone by now. */
async function orUnknown<T>(answer: Promise<T>): Promise<T | { ok: false; refusal: 'invalid' }> {
  return answer.catch((error) => {
    if (!(error instanceof NotFound) || error.noun !== 'patient') throw error
    return { ok: false, refusal: 'invalid' }
  })
}
