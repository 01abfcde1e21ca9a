import { type Context, Hono } from 'hono'
import { requireRight } from '../../../clinic/accounts/guard.ts'
import { defineVisitType, defineVisitTypeInput } from '../../../clinic/availability/define-visit-type.ts'
import { findAhead } from '../../../clinic/availability/find-ahead.ts'
import { findVisitTypes } from '../../../clinic/availability/find-visit-types.ts'
import { redefineVisitType } from '../../../clinic/availability/redefine-visit-type.ts'
import { type Managed, readManaged } from '../../../clinic/settings/read-managed.ts'
import type { AppEnv } from '../../../http/app-env.ts'
import { idIn } from '../../../http/path-id.ts'
import { sendCsv } from '../../csv.ts'
import { newFormKey } from '../../form-key.tsx'
import { frameOf } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { asSaved, type FormState } from '../form/form-state.ts'
import { addByForm, changeByForm, emptyState } from '../form/save-form.ts'
import { retireAsSeen } from '../retire.ts'
import { RetirementPage } from '../retirement.tsx'
import { likelyTexts, visitTypeFields } from './fields.ts'
import { bookingOf, VisitTypesPage, visitTypesIn } from './list-page.tsx'
import { NewVisitTypePage, type ShownVisitType, VisitTypePage } from './visit-type-page.tsx'

/** What can be booked. */
export const visitTypes = new Hono<AppEnv>()

visitTypes.get('/visit-types', async (c) => {
  const { filter, all } = await readList(c)
  return c.html(<VisitTypesPage frame={frameOf(c)} visitTypes={all} filter={filter} />)
})

const columns = [
  'id',
  'name',
  'mode',
  'minutes',
  'buffer_before_minutes',
  'buffer_after_minutes',
  'booking',
  'capacity',
]

visitTypes.get('/visit-types.csv', async (c) => {
  const { filter, all } = await readList(c)
  return sendCsv(c, 'visit-types', columns, visitTypesIn(all, filter), (one) => [
    one.id,
    one.name,
    one.mode,
    one.minutes,
    one.bufferBeforeMinutes,
    one.bufferAfterMinutes,
    bookingOf(one),
    one.capacity ?? '',
  ])
})

async function readList(c: Context<AppEnv>) {
  const { clinic } = c.var
  requireRight(clinic.actor, 'manage visit types')
  const filter = { q: c.req.query('q') ?? '', show: c.req.query('show') ?? '' }
  return { filter, all: await findVisitTypes(clinic, { includeInactive: 'true' }) }
}

visitTypes.get('/visit-types/new', (c) => {
  requireRight(c.var.clinic.actor, 'manage visit types')
  return showNew(c, emptyState(visitTypeFields, likelyTexts))
})

visitTypes.post('/visit-types/new', async (c) => {
  const { clinic } = c.var
  requireRight(clinic.actor, 'manage visit types')
  const added = await addByForm(c, {
    fields: visitTypeFields,
    save: (wish) => defineVisitType(clinic, defineVisitTypeInput.parse(wish)),
  })
  if (!added.ok) return showNew(c, added.state, 422)
  return c.redirect(paths.visitType(added.saved.visitType.id, { done: 'added' }), 303)
})

const showNew = (c: Context<AppEnv>, state: FormState, status: 200 | 422 = 200) =>
  c.html(
    <NewVisitTypePage frame={frameOf(c)} state={state} formKey={newFormKey()} now={c.var.clinic.now} />,
    status,
  )

visitTypes.get('/visit-types/:id', async (c) => {
  const id = idIn(c, 'visit type')
  const managed = await readManaged(c.var.clinic, 'visit_type', id)
  const done = (['saved', 'added', 'reinstated'] as const).find((one) => one === c.req.query('done')) ?? null
  return show(c, id, managed, { state: asSaved(visitTypeFields, managed), done })
})

visitTypes.post('/visit-types/:id', async (c) => {
  const { clinic } = c.var
  const id = idIn(c, 'visit type')
  const changed = await changeByForm(c, {
    fields: visitTypeFields,
    subject: 'visit_type',
    key: id,
    save: (wish) => redefineVisitType(clinic, id, wish),
  })
  if (changed.ok) return c.redirect(paths.visitType(id, { done: 'saved' }), 303)
  return show(c, id, changed.managed, { state: changed.state, done: null }, changed.status)
})

type Shown = Pick<Parameters<typeof VisitTypePage>[0], 'state' | 'done'>

function show(c: Context<AppEnv>, id: number, managed: Managed, shown: Shown, status: 200 | 412 | 422 = 200) {
  const props = { frame: frameOf(c), visitType: visitTypeIn(id, managed), formKey: newFormKey() }
  return c.html(<VisitTypePage {...props} now={c.var.clinic.now} {...shown} />, status)
}

function visitTypeIn(id: number, { state }: Managed): ShownVisitType {
  const known = { isActive: state.is_active === true, bookableOnline: state.bookable_online === true }
  return {
    id,
    name: String(state.name),
    booking: bookingOf(known),
  }
}

visitTypes.get('/visit-types/:id/retirement', (c) => askToRetire(c, idIn(c, 'visit type')))

visitTypes.post('/visit-types/:id/retirement', async (c) => {
  const { clinic } = c.var
  const id = idIn(c, 'visit type')
  requireRight(clinic.actor, 'manage visit types')
  const isDone = await retireAsSeen(c, (version) =>
    redefineVisitType(clinic, id, { isActive: false, version }),
  )
  return isDone ? c.redirect(paths.visitType(id), 303) : askToRetire(c, id, 412)
})

async function askToRetire(c: Context<AppEnv>, id: number, status: 200 | 412 = 200) {
  const { clinic, copy } = c.var
  const words = copy.admin.visitTypes
  const [managed, ahead] = await Promise.all([
    readManaged(clinic, 'visit_type', id),
    findAhead(clinic, { visitTypeId: id }),
  ])
  const { name } = visitTypeIn(id, managed)
  const texts = {
    title: words.withdrawTitle(name),
    what: words.withdrawWhat,
    submit: words.withdrawNow,
    keep: words.keep,
  }
  return c.html(
    <RetirementPage
      frame={frameOf(c)}
      page="visitTypes"
      words={texts}
      back={{ href: paths.visitType(id), label: name }}
      action={paths.visitTypeRetirement(id)}
      version={managed.version}
      ahead={ahead}
      formKey={newFormKey()}
    />,
    status,
  )
}

visitTypes.post('/visit-types/:id/reinstatement', async (c) => {
  const id = idIn(c, 'visit type')
  await redefineVisitType(c.var.clinic, id, { isActive: true })
  return c.redirect(paths.visitType(id, { done: 'reinstated' }), 303)
})
