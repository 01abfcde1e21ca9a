import { type Context, Hono } from 'hono'
import { requireRight } from '../../../clinic/accounts/guard.ts'
import { explainFreeTime } from '../../../clinic/availability/explain-free-time.ts'
import { explainInput } from '../../../clinic/availability/explanation.ts'
import { readWhyPage } from '../../../clinic/availability/read-why-page.ts'
import type { AppEnv } from '../../../http/app-env.ts'
import { sendCsv } from '../../csv.ts'
import { frameOf } from '../../frame.ts'
import { limitSearches } from '../../limit-searches.ts'
import { paths } from '../../paths.ts'
import { readFields } from '../../read-form.ts'
import type { WhyAsked, WhyFaults } from './asked.ts'
import { sentenceOf } from './in-words.ts'
import { WhyPage } from './why-page.tsx'

/** Why nothing is free. */
export const why = new Hono<AppEnv>()

const { by: _, ...fields } = explainInput.shape

function readAsked(c: Context<AppEnv>) {
  const written = (name: string) => c.req.query(name) ?? ''
  const asked: WhyAsked = {
    doctor_id: written('doctor_id'),
    visit_type_id: written('visit_type_id'),
    location_id: written('location_id'),
    on: written('on'),
  }
  return { asked, read: readFields((name) => asked[name as keyof WhyAsked] ?? '', fields) }
}

why.get('/why', limitSearches, async (c) => {
  const { asked, read } = readAsked(c)
  const content = await readWhyPage(c.var.clinic, read.ok ? read.values : null)
  const isAsked = asked.doctor_id !== '' && asked.visit_type_id !== '' && asked.on !== ''
  const found = content.found?.ok === false ? content.found.faults : {}
  const faults: WhyFaults = inWords(c, {
    ...(isAsked && read.faults),
    ...('on' in found && { on: found.on }),
    ...('visitTypeId' in found && { visit_type_id: found.visitTypeId }),
    ...('locationId' in found && { location_id: found.locationId }),
  })
  return c.html(<WhyPage frame={frameOf(c)} content={content} asked={asked} faults={faults} />)
})

/** There is one thing to say about each field. */
function inWords(c: Context<AppEnv>, faults: Partial<Record<string, unknown>>): WhyFaults {
  const { problems } = c.var.copy.admin.why
  return Object.fromEntries(Object.entries(problems).filter(([name]) => faults[name] !== undefined))
}

const columns = ['rule', 'name', 'minutes_left', 'taken', 'times_without_it', 'what']

why.get('/why.csv', limitSearches, async (c) => {
  requireRight(c.var.clinic.actor, 'explain free times')
  const { asked, read } = readAsked(c)
  if (!read.ok) return c.redirect(paths.why(asked))
  const found = await explainFreeTime(c.var.clinic, read.values)
  if (!found.ok) return c.redirect(paths.why(asked))
  const { explanation } = found
  const { copy } = c.var
  return sendCsv(c, 'why', columns, explanation.rules, (step) => [
    step.rule,
    copy.admin.why.rules[step.rule],
    step.minutes ?? '',
    step.taken.map(({ startLocal, endLocal }) => `${startLocal}/${endLocal}`).join(' '),
    step.without?.times ?? '',
    sentenceOf(copy, explanation, step),
  ])
})
