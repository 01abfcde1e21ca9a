import { expect, it } from 'vitest'
import { readSources } from '../scripts/migration/sources.ts'
import { codeVerdicts } from '../src/clinic/accounts/send-sign-in-code.ts'
import { transitions } from '../src/clinic/appointments/transitions.ts'
import { verdicts as ofAppointments } from '../src/clinic/appointments/verdicts.ts'
import { invitationVerdicts } from '../src/clinic/patients/invite.ts'
import { seriesChangeVerdicts } from '../src/clinic/series/change.ts'
import { seriesVerdicts } from '../src/clinic/series/plan.ts'

const verdicts = {
  ...ofAppointments,
  judge_code_request: codeVerdicts,
  judge_invitation: invitationVerdicts,
  judge_series: seriesVerdicts,
  judge_series_change: seriesChangeVerdicts,
}
const files = new Map((await readSources()).map(({ name, sql }) => [name, sql.replace(/--.*$/gm, '')]))
const textOf = (name: string) => files.get(name) ?? ''

/** The words that a piece of SQL answers with: what stands behind `then` or `else`, or for want of another reason. */
function literalsIn(text: string): string[] {
  const found = [...text.matchAll(/\b(?:then|else)\s+'(\w+)'|,\s*'(\w+)'\s*\)(?=\s*(?:\n|$))/g)]
  return found.map(([, answered, otherwise]) => answered ?? otherwise ?? '')
}

const sorted = (words: Iterable<string>) => [...new Set(words)].sort()

it.each([
  'judge_slot',
  'judge_account',
  'judge_dependant',
  'judge_code_request',
  'judge_invitation',
  'judge_beginning',
  'judge_named',
  'judge_attendance',
  'judge_joining',
  'judge_participant',
  'judge_move',
  'judge_session_move',
  'judge_visit_type',
  'judge_hold_booking',
  'judge_reassignment',
  'judge_undo',
  'judge_merge',
  'judge_unmerge',
  'judge_series',
  'judge_series_change',
] as const)('%s answers with the verdicts that TypeScript knows', (name) => {
  const ofSlot = textOf(name).includes('judge_slot(') && name !== 'judge_slot' ? verdicts.judge_slot : []
  const isJoining = textOf(name).includes('judge_joining(') && name !== 'judge_joining'
  const ofAccount = name === 'judge_participant' ? verdicts.judge_account : []
  const others = [...ofSlot, ...(isJoining ? verdicts.judge_joining : []), ...ofAccount]
  expect(sorted([...literalsIn(textOf(name)), ...others])).toEqual(sorted(verdicts[name]))
})

/** What judge_change answers for every event, and for each one. */
function readJudgeChange() {
  const [ofAll = '', ofEvents = ''] = textOf('judge_change').split(/else case change\.event/)
  const byEvent = ofEvents.split(/when '(appointment\.\w+)' then/).slice(1)
  const events = byEvent.flatMap((event, n) =>
    n % 2 === 0 ? [[event, literalsIn(byEvent[n + 1] ?? '')] as const] : [],
  )
  return { ofAll: literalsIn(ofAll), events: new Map(events) }
}

it('judge_change answers for every event with the verdicts that TypeScript knows', () => {
  expect(sorted(readJudgeChange().ofAll)).toEqual(sorted(verdicts.judge_change))
})

it('judge_change answers for each event with the refusals of its verbs', () => {
  const { events } = readJudgeChange()
  const judged = Object.entries(transitions).filter(
    ([verb]) => !['reschedule', 'change visit type', 'book hold', 'reassign'].includes(verb),
  )
  const refusals = new Map<string, string[]>()
  for (const [, { event, ...transition }] of judged) {
    const own = 'refusals' in transition ? transition.refusals : []
    refusals.set(event, sorted([...(refusals.get(event) ?? []), ...own]))
  }
  expect(events.size).toBeGreaterThan(4)
  for (const [event, known] of refusals)
    expect([event, sorted(events.get(event) ?? [])]).toEqual([event, known])
  expect([...events.keys()].filter((event) => !refusals.has(event))).toEqual([])
})

it('every verdict of a function that judges is read', () => {
  const judges = [...files.keys()].filter((name) => name.startsWith('judge_'))
  expect(judges.sort()).toEqual(Object.keys(verdicts).sort())
})
