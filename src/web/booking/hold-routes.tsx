import { type Context, Hono } from 'hono'
import { isDesk } from '../../clinic/accounts/guard.ts'
import { bookHold, bookHoldInput } from '../../clinic/appointments/book-hold.ts'
import { extendHold } from '../../clinic/appointments/extend-hold.ts'
import type { Appointment } from '../../clinic/appointments/find.ts'
import { type HoldSlot, holdSlot, holdSlotInput } from '../../clinic/appointments/hold.ts'
import { readHoldPage } from '../../clinic/appointments/read-hold-page.ts'
import { readLostSlot } from '../../clinic/appointments/read-lost-slot.ts'
import { releaseHold } from '../../clinic/appointments/release-hold.ts'
import { personOf } from '../../clinic/context.ts'
import { NotFound } from '../../clinic/errors.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { readSlotValue } from '../../http/slot-value.ts'
import { offsetIfRepeated } from '../../i18n/dates.ts'
import { nameBrowser } from '../browser.ts'
import { browserCookie, holdingCookie } from '../cookies.ts'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { type Finder, finderOf } from '../read-finder.ts'
import { readFields, readForm } from '../read-form.ts'
import { askToSignIn } from '../sign-in/ask-to-sign-in.ts'
import { HoldPage, type HoldProblems } from './hold-page.tsx'
import { readSearch, readTyped, requireDesk } from './patient-search.ts'
import { type Loss, SlotLostPage } from './slot-lost-page.tsx'

type AppContext = Context<AppEnv>

export const holds = new Hono<AppEnv>()

// Reloading a refusal, or changing its language, asks for this address.
holds.get('/', (c) => c.redirect(paths.booking()))

holds.post('/', async (c) => {
  const form = await readForm(c)
  const finder = finderOf(form, c.var.clinic.now)
  if (!c.var.clinic.browser) nameBrowser(c)
  await browserCookie.write(c, c.var.clinic.browser?.id ?? '')
  const wish = readWish(finder, form('slot'))
  const held = wish ? await hold(c, wish) : ({ ok: false, refusal: 'invalid' } as const)
  if (held.ok) {
    await remember(c, held.appointment)
    return c.redirect(paths.hold(held.appointment.id), 303)
  }
  c.set('refusal', held.refusal)
  // Asking for another slot releases the first, even if the new one is refused.
  holdingCookie.clear(c)
  const helps = held.refusal !== 'too_many_appointments'
  const nearest = wish && helps ? await readLostSlot(c.var.clinic, wish) : []
  return c.html(
    <SlotLostPage frame={frameOf(c)} loss={held.refusal} nearest={nearest} finder={finder} />,
    409,
  )
})

holds.get('/:id', (c) => showHold(c))

holds.post('/:id', async (c) => {
  const person = personOf(c.var.clinic.actor)
  if (!person) return askToSignIn(c, c.req.path)
  const form = await readForm(c)
  const written = { patientId: form('patient_id'), reason: form('reason'), ...readSearch(form) }
  // The verb would take their own record for an empty field: here they were asked, and did not choose.
  const mustChoose = person.kind === 'patient' && person.patientIds.length > 1
  const { shape } = bookHoldInput
  const { ok, values, faults } = readFields(form, {
    patientId: mustChoose ? shape.patientId.unwrap() : shape.patientId,
    reason: shape.reasonForVisit,
  })
  const words = c.var.copy.faults
  const problems = {
    ...(faults.patient_id && { patient: words[faults.patient_id] }),
    ...(faults.reason && { tooLong: words[faults.reason] }),
  }
  if (!ok) return showHold(c, { ...written, status: 422, ...problems })
  const holdId = idIn(c, 'hold')
  const { patientId, reason: reasonForVisit } = values
  const booked = await bookHold(c.var.clinic, { holdId, patientId, reasonForVisit })
  if (booked.ok) {
    holdingCookie.clear(c)
    return c.redirect(paths.confirmation(holdId), 303)
  }
  c.set('refusal', booked.refusal)
  switch (booked.refusal) {
    case 'invalid':
      return showHold(c, { ...written, status: 422, patient: words.missing })
    case 'not_your_patient':
    case 'patient_busy':
    case 'patient_inactive':
    case 'phone_needed':
    case 'too_many_appointments':
      return showHold(c, { ...written, status: 409, refused: booked.refusal })
    default:
      return showHold(c, {}, booked.refusal)
  }
})

// Reloading the page in another language asks for this address.
holds.get('/:id/patient-search', (c) => c.redirect(paths.hold(idIn(c, 'hold'))))

// What was typed stays out of addresses, which logs and histories keep.
holds.post('/:id/patient-search', async (c) => {
  requireDesk(c)
  const form = await readForm(c)
  return showHold(c, { typed: readTyped(form), reason: form('reason') })
})

holds.post('/:id/extension', async (c) => {
  const extended = await extendHold(c.var.clinic, idIn(c, 'hold'))
  if (!extended.ok && extended.refusal !== 'already_extended') return showHold(c, {}, 'hold_expired')
  if (extended.ok) await remember(c, extended.appointment)
  return c.redirect(paths.hold(idIn(c, 'hold')), 303)
})

holds.post('/:id/release', async (c) => {
  const released = await releaseHold(c.var.clinic, idIn(c, 'hold'))
  holdingCookie.clear(c)
  const { visitType, startLocal } = released.appointment
  const from = startLocal.slice(0, 10)
  return c.redirect(`${paths.booking({ visit_type_id: String(visitType?.id ?? ''), from })}#slots`, 303)
})

/** Shows the hold; if it is no longer open, why, and the closest free times. */
async function showHold(c: AppContext, problems: HoldProblems = {}, loss?: Loss): Promise<Response> {
  const { clinic } = c.var
  const chosenId = chosenPatient.safeParse(problems.patientId ?? c.req.query('patient_id')).data
  const content = await readHoldPage(clinic, idIn(c, 'hold'), { typed: problems.typed, chosenId })
  const { hold, isOpen, forWhom, nearest } = content
  if (isBooked(hold) && forWhom) return c.redirect(paths.confirmation(hold.id), 303)
  const frame = frameOf(c)
  if (!isOpen || loss) {
    holdingCookie.clear(c)
    const why = loss ?? (hold.status === 'pending' ? 'hold_expired' : 'wrong_status')
    c.set('refusal', why)
    return c.html(<SlotLostPage frame={frame} loss={why} nearest={nearest} finder={finderFor(hold)} />, 409)
  }
  if (problems.status === 422) c.set('refusal', 'invalid')
  const named = c.req.query('patient_id') ?? String(hold.patient?.id ?? '')
  const chosen = { patientId: named, ...problems }
  const page = (
    <HoldPage
      frame={frame}
      {...{ hold, forWhom }}
      isDesk={isDesk(clinic.actor)}
      problems={chosen}
      now={clinic.now}
    />
  )
  return c.html(page, problems.status)
}

const isBooked = ({ status, awaitsApproval }: Appointment) =>
  awaitsApproval || (status !== 'pending' && status !== 'cancelled')

const chosenPatient = bookHoldInput.shape.patientId
const visitTypeId = holdSlotInput.shape.visitTypeId.unwrap()

function readWish(finder: Finder, value: string) {
  const [slot, visitType] = [readSlotValue(value), visitTypeId.safeParse(finder.visit_type_id)]
  return slot && visitType.success ? { ...slot, visitTypeId: visitType.data } : null
}

async function hold(c: AppContext, wish: HoldSlot) {
  try {
    return await holdSlot(c.var.clinic, wish)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    return { ok: false, refusal: 'not_offered', offered: [] } as const
  }
}

async function remember(
  c: AppContext,
  { id, holdExpiresAt, startAt, startLocal, location, doctor }: Appointment,
): Promise<void> {
  const until = holdExpiresAt?.getTime() ?? 0
  const offset = offsetIfRepeated(startLocal, startAt, location.timeZone)
  await holdingCookie.write(c, { id, until, startLocal, offset, doctor: doctor.name })
}

/** A search for times like the held one. */
function finderFor({ visitType, doctor, startLocal }: Appointment): Finder {
  const visitTypeId = String(visitType?.id ?? '')
  const from = startLocal.slice(0, 10)
  const finder = finderOf(() => '', new Date(0))
  return { ...finder, visit_type_id: visitTypeId, doctor_id: String(doctor.id), from }
}
