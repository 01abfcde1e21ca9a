import { type Context, Hono } from 'hono'
import { requireRight } from '../../clinic/accounts/guard.ts'
import { changeBlock, enterBlock, removeBlock } from '../../clinic/availability/change-block.ts'
import { enterExtraHours, removeExtraHours } from '../../clinic/availability/extra-hours.ts'
import { findBlock, readBlocksPage, type WantedBlock } from '../../clinic/availability/read-blocks-page.ts'
import { NotFound } from '../../clinic/errors.ts'
import { calendarDate, id } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { formatClock } from '../../i18n/dates.ts'
import { removedBlockCookie } from '../cookies.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readForm, type Written } from '../read-form.ts'
import { anchorOf, BlocksPage, fieldsOf } from './blocks/blocks-page.tsx'
import type { BlocksPageProps } from './blocks/props.ts'
import {
  type BlockFaults,
  type BlockValues,
  blockValuesIn,
  type ReadBlock,
  readBlock,
  readWhose,
} from './blocks/values.ts'
import { deskReturn } from './desk-return.ts'

type AppContext = Context<AppEnv>

/** Blocks, time off, extra hours, closures, and rooms that are out of order. */
export const blocks = new Hono<AppEnv>()

blocks.get('/', async (c) => {
  const query: Written = (name) => c.req.query(name) ?? ''
  const values = { ...blockValuesIn(query), location_id: query('location') || query('location_id') }
  const removed = await removedBlockCookie.read(c)
  if (removed) removedBlockCookie.clear(c)
  return show(c, values, query('return_to'), {
    change: query('change'),
    removed,
    saved: query('saved'),
    wanted: removed?.kind === 'hours' ? wantedIn(removed) : undefined,
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
  return show(c, values, form('return_to'), { wanted: wantedOf(read.block) })
})

blocks.post('/', async (c) => {
  requireRight(c.var.clinic.actor, 'manage time off')
  const form = await readForm(c)
  const values = blockValuesIn(form)
  const read = readBlock(values)
  if (!read.ok) return show(c, values, form('return_to'), { faults: read.faults })
  const saved = await save(c, read.block)
  if (!saved.ok) {
    c.set('refusal', saved.refusal)
    const { notSaved: title } = c.var.copy.desk.blocks
    return show(c, values, form('return_to'), { refused: { title, reason: saved.reason } })
  }
  return c.redirect(`${pageOf(values, form('return_to'), saved.anchor)}#${saved.anchor}`, 303)
})

blocks.post('/:id/removal', async (c) => {
  requireRight(c.var.clinic.actor, 'manage time off')
  const form = await readForm(c)
  const values = { ...blockValuesIn(form), replaces: '' }
  const whose = readWhose(values.whose)
  const isHours = values.kind === 'hours'
  if (!whose || (isHours && whose.absentee !== 'doctor')) throw new NotFound('time off')
  const removedId = idIn(c, 'time off')
  if (isHours) await removeExtraHours(c.var.clinic, whose.ofId, removedId)
  else await removeBlock(c.var.clinic, whose, removedId)
  await removedBlockCookie.write(c, values)
  return c.redirect(pageOf(values, form('return_to')), 303)
})

type Saved = { ok: true; anchor: string } | { ok: false; refusal: string; reason: string }

async function save(c: AppContext, { whose, replaces, input, hours }: ReadBlock): Promise<Saved> {
  const { clinic, copy } = c.var
  const words = copy.desk.blocks
  if (hours) {
    const entered = await enterExtraHours(clinic, whose.ofId, hours)
    if (entered.ok) return { ok: true, anchor: `hours-${entered.id}` }
    const { refusal, opensAt, closesAt } = entered
    const clock = (time: string) => formatClock(time, copy.language)
    return { ok: false, refusal, reason: words.overlapsHours(clock(opensAt), clock(closesAt)) }
  }
  if (replaces === null) {
    const { id } = await enterBlock(clinic, whose, input)
    return { ok: true, anchor: `${whose.absentee}-${id}` }
  }
  const changed = await changeBlock(clinic, whose, replaces, input)
  if (changed.ok) return { ok: true, anchor: `${whose.absentee}-${replaces}` }
  return { ok: false, refusal: changed.refusal, reason: words.alreadyThere }
}

const wantedOf = ({ whose, everywhere, input: { startLocal, endLocal } }: ReadBlock): WantedBlock => ({
  ...whose,
  ...{ everywhere, startLocal, endLocal },
})

function wantedIn(values: BlockValues): WantedBlock | undefined {
  const read = readBlock(values)
  return read.ok ? wantedOf(read.block) : undefined
}

/** The week in which it begins. */
const pageOf = ({ location_id, on, start_local }: BlockValues, returnTo: string, saved?: string) =>
  paths.blocks({
    location: location_id.replace(/\D/g, ''),
    on: calendarDate.safeParse(saved === undefined ? on : start_local.slice(0, 10)).data ?? '',
    saved: saved ?? '',
    return_to: deskReturn(returnTo, ''),
  })

interface Said {
  /** What is about to be entered, or extra hours that were removed. */
  wanted?: WantedBlock | undefined
  faults?: BlockFaults
  refused?: { title: string; reason: string }
  /** The entry that the form changes, by where it stands, such as `doctor-4`. */
  change?: string
  removed?: BlockValues | null
  saved?: string
}

async function show(c: AppContext, given: BlockValues, returnTo: string, said: Said) {
  const { clinic, copy } = c.var
  const { wanted, faults = {}, change, removed, saved = '' } = said
  const words = copy.desk.blocks
  const { inTheWay, ...content } = await readBlocksPage(clinic, {
    locationId: id.safeParse(given.location_id).data,
    on: calendarDate.safeParse(given.on).data,
    wanted,
  })
  const isFaulty = Object.keys(faults).length > 0
  const refused = said.refused ?? (isFaulty ? { title: words.notSaved, reason: words.fix } : undefined)
  if (isFaulty) c.set('refusal', 'invalid')
  const changed = content.blocks.find((one) => anchorOf(one) === change && one.kind !== 'hours')
  const values = changed
    ? { ...given, ...fieldsOf(changed), replaces: String(changed.id) }
    : withTimes(given, content.date)
  const day = paths.desk({ location: String(content.location.id), on: content.date })
  const { onlyDoctors, oneDay } = words
  const faultWords = { ...copy.faults, onlyDoctors, oneDay }
  const problems = Object.fromEntries(
    Object.entries(faults).map(([name, fault]) => [name, faultWords[fault]]),
  )
  const props: BlocksPageProps = {
    frame: frameOf(c),
    ...{ content, values, problems, refused, removed: removed ?? null, saved },
    returnTo: deskReturn(returnTo, day),
    formKey: newFormKey(),
    preview: wanted && !removed ? inTheWay : null,
    nowOutside: wanted && removed ? inTheWay : [],
  }
  return c.html(<BlocksPage {...props} />, isFaulty ? 422 : refused ? 409 : 200)
}

/** A form that says nothing of times starts with the day that is shown. */
const withTimes = (values: BlockValues, date: string): BlockValues => ({
  ...values,
  start_local: values.start_local || `${date}T09:00`,
  end_local: values.end_local || `${date}T10:00`,
})
