import { type Context, Hono } from 'hono'
import { requireRight } from '../../clinic/accounts/guard.ts'
import { changeBlock, enterBlock, removeBlock } from '../../clinic/availability/change-block.ts'
import {
  type Block,
  findBlock,
  readBlocksPage,
  type WantedBlock,
} from '../../clinic/availability/read-blocks-page.ts'
import { NotFound } from '../../clinic/errors.ts'
import type { Fault } from '../../clinic/refusals.ts'
import { calendarDate, id } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { removedBlockCookie } from '../cookies.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readForm, type Written } from '../read-form.ts'
import { BlocksPage, fieldsOf } from './blocks/blocks-page.tsx'
import type { BlocksPageProps } from './blocks/props.ts'
import { type BlockValues, blockValuesIn, readBlock, readWhose } from './blocks/values.ts'
import { deskReturn } from './desk-return.ts'

type AppContext = Context<AppEnv>

/** Blocks, time off, closures, and rooms that are out of order. */
export const blocks = new Hono<AppEnv>()

blocks.get('/', async (c) => {
  const query: Written = (name) => c.req.query(name) ?? ''
  const values = { ...blockValuesIn(query), location_id: query('location') || query('location_id') }
  const removed = await removedBlockCookie.read(c)
  if (removed) removedBlockCookie.clear(c)
  return show(c, values, query('return_to'), {
    change: query('change'),
    removed,
    savedId: id.safeParse(query('saved')).data ?? null,
  })
})

// Reloading the page in another language asks for this address.
blocks.get('/preview', (c) => c.redirect(paths.blocks()))

blocks.get('/:id', async (c) => {
  const blockId = idIn(c, 'time off')
  const { locationId, on } = await findBlock(c.var.clinic, blockId)
  const returnTo = c.req.query('return_to') ?? ''
  return c.redirect(
    `${paths.blocks({ location: String(locationId), on, return_to: returnTo })}#doctor-${blockId}`,
  )
})

blocks.post('/preview', async (c) => {
  const form = await readForm(c)
  const values = blockValuesIn(form)
  const read = readBlock(values)
  if (!read.ok) return show(c, values, form('return_to'), { faults: read.faults })
  const { whose, everywhere, input } = read.block
  const wanted = { ...whose, everywhere, startLocal: input.startLocal, endLocal: input.endLocal }
  return show(c, values, form('return_to'), { wanted })
})

blocks.post('/', async (c) => {
  requireRight(c.var.clinic.actor, 'manage time off')
  const form = await readForm(c)
  const values = blockValuesIn(form)
  const read = readBlock(values)
  if (!read.ok) return show(c, values, form('return_to'), { faults: read.faults })
  const { whose, input, replaces } = read.block
  const saved = await save(c, whose, replaces, input)
  if (!saved.ok) {
    const { notSaved: title, alreadyThere: reason } = c.var.copy.desk.blocks
    return show(c, values, form('return_to'), { refused: { title, reason } })
  }
  return c.redirect(`${pageOf(values, form('return_to'), saved.id)}#${whose.absentee}-${saved.id}`, 303)
})

blocks.post('/:id/removal', async (c) => {
  requireRight(c.var.clinic.actor, 'manage time off')
  const form = await readForm(c)
  const values = { ...blockValuesIn(form), replaces: '' }
  const whose = readWhose(values.whose)
  if (!whose) throw new NotFound('time off')
  await removeBlock(c.var.clinic, whose, idIn(c, 'time off'))
  await removedBlockCookie.write(c, values)
  return c.redirect(pageOf(values, form('return_to')), 303)
})

async function save(
  c: AppContext,
  whose: Parameters<typeof enterBlock>[1],
  replaces: number | null,
  input: Parameters<typeof enterBlock>[2],
) {
  if (replaces === null) return { ok: true as const, id: (await enterBlock(c.var.clinic, whose, input)).id }
  const changed = await changeBlock(c.var.clinic, whose, replaces, input)
  return changed.ok ? { ok: true as const, id: replaces } : changed
}

/** The week in which it begins. */
const pageOf = ({ location_id, on, start_local }: BlockValues, returnTo: string, savedId?: number) =>
  paths.blocks({
    location: location_id.replace(/\D/g, ''),
    on: calendarDate.safeParse(savedId === undefined ? on : start_local.slice(0, 10)).data ?? '',
    saved: savedId === undefined ? '' : String(savedId),
    return_to: deskReturn(returnTo, ''),
  })

interface Said {
  wanted?: WantedBlock
  faults?: Partial<Record<keyof BlockValues, Fault>>
  refused?: { title: string; reason: string }
  /** The entry that the form changes, such as `doctor:12:4`. */
  change?: string
  removed?: BlockValues | null
  savedId?: number | null
}

async function show(c: AppContext, given: BlockValues, returnTo: string, said: Said) {
  const { clinic, copy } = c.var
  const { wanted, faults = {}, change, removed, savedId } = said
  const words = copy.desk.blocks
  const { inTheWay, ...content } = await readBlocksPage(clinic, {
    locationId: id.safeParse(given.location_id).data,
    on: calendarDate.safeParse(given.on).data,
    wanted,
  })
  const isFaulty = Object.keys(faults).length > 0
  const refused = said.refused ?? (isFaulty ? { title: words.notSaved, reason: words.fix } : undefined)
  if (refused) c.set('refusal', isFaulty ? 'invalid' : 'already_there')
  const changed = content.blocks.find((one) => keyOf(one) === change)
  const values = changed
    ? { ...given, ...fieldsOf(changed), replaces: String(changed.id) }
    : withTimes(given, content.date)
  const day = paths.desk({ location: String(content.location.id), on: content.date })
  const problems = Object.fromEntries(
    Object.entries(faults).map(([name, fault]) => [name, fault && copy.faults[fault]]),
  )
  const props: BlocksPageProps = {
    frame: frameOf(c),
    ...{ content, values, problems, refused, removed: removed ?? null, savedId: savedId ?? null },
    returnTo: deskReturn(returnTo, day),
    formKey: newFormKey(),
    preview: wanted ? inTheWay : null,
  }
  return c.html(<BlocksPage {...props} />, isFaulty ? 422 : refused ? 409 : 200)
}

const keyOf = ({ absentee, ofId, id }: Block) => `${absentee}:${ofId}:${id}`

/** A form that says nothing of times starts with the day that is shown. */
const withTimes = (values: BlockValues, date: string): BlockValues => ({
  ...values,
  start_local: values.start_local || `${date}T09:00`,
  end_local: values.end_local || `${date}T10:00`,
})
