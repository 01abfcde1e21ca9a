import type {
  Cause,
  Explained,
  Explanation,
  SearchRule,
  Span,
} from '../../../clinic/availability/explanation.ts'
import { formatShortDay, formatTime } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'

const spanIn = (copy: Copy, { startLocal, endLocal }: Span): string =>
  `${formatTime(startLocal, copy.language)}–${formatTime(endLocal, copy.language)}`

const startsIn = (copy: Copy, spans: Span[]): string =>
  spans.map(({ startLocal }) => formatTime(startLocal, copy.language)).join(', ')

/** A sentence about what the rule goes by on that day. */
export function sentenceOf(copy: Copy, explanation: Explanation, { rule, causes }: Explained): string {
  return sentences[rule](copy, explanation, causes)
}

type Sentence = (copy: Copy, explanation: Explanation, causes: Cause[]) => string

/** What each cause says, or what to say without any. */
const list = (causes: Cause[], say: (cause: Cause) => string, otherwise: string) =>
  causes.length === 0 ? otherwise : [...new Set(causes.map(say))].join('; ')

const sentences: Record<SearchRule, Sentence> = {
  hours: (copy, _, causes) => {
    const { at, noHours } = copy.admin.why.says
    return list(causes, (one) => at(spanIn(copy, one), one.location ?? ''), noHours)
  },
  time_off: (copy, _, causes) => {
    const { kinds, noTimeOff } = copy.admin.why.says
    return list(
      causes,
      (one) => `${one.name ?? kinds[one.kind ?? 'away']}, ${daySpanIn(copy, one)}`,
      noTimeOff,
    )
  },
  closures: (copy, _, causes) => {
    const { at, closed, noClosure } = copy.admin.why.says
    return list(
      causes,
      (one) => at(`${one.name ?? closed}, ${daySpanIn(copy, one)}`, one.location ?? ''),
      noClosure,
    )
  },
  appointments: (copy, _, causes) => {
    const { booked, noneBooked } = copy.admin.why.says
    return causes.length === 0 ? noneBooked : booked(causes.length, startsIn(copy, causes))
  },
  buffers: (copy, { terms }) =>
    copy.admin.why.says.buffers(terms.bufferBeforeMinutes, terms.bufferAfterMinutes),
  travel: (copy, _, causes) => {
    const { fromOther, noWay } = copy.admin.why.says
    return list(causes, (one) => fromOther(one.name ?? ''), noWay)
  },
  needs: (copy, _, causes) => {
    const { takenBy, needsNothing } = copy.admin.why.says
    return list(causes, (one) => takenBy(one.name ?? '', one.doctor ?? '', spanIn(copy, one)), needsNothing)
  },
  past: (copy) => copy.admin.why.says.past,
  notice: (copy, { terms }) => {
    const { notice, noNotice } = copy.admin.why.says
    const { noticeMinutes, earliestLocal } = terms
    if (noticeMinutes === 0) return noNotice
    const from = `${formatShortDay(earliestLocal, copy.language)}, ${formatTime(earliestLocal, copy.language)}`
    return notice(Math.round(noticeMinutes / 6) / 10, from)
  },
  horizon: (copy, { terms }) =>
    copy.admin.why.says.horizon(terms.horizonDays, formatShortDay(terms.lastDay, copy.language)),
  cap: (copy, { terms }) => {
    const { cap, noCap } = copy.admin.why.says
    return terms.dailyCap === null ? noCap : cap(terms.dailyCap, terms.booked)
  },
  grid: (copy, { terms, visitType, free }) => {
    const { grid, starts } = copy.admin.why.says
    const rule = grid(terms.gridMinutes, visitType.name, terms.minutes)
    return free.length === 0 ? rule : `${rule} ${starts(startsIn(copy, free))}`
  },
}

/** With the days, when it is about more than one. */
function daySpanIn(copy: Copy, { startLocal, endLocal }: Span): string {
  const isOneDay = startLocal.slice(0, 10) === endLocal.slice(0, 10)
  if (isOneDay) return spanIn(copy, { startLocal, endLocal } as Span)
  const written = (local: string) =>
    `${formatShortDay(local, copy.language)} ${formatTime(local, copy.language)}`
  return `${written(startLocal)} – ${written(endLocal)}`
}

/** The same as the bar shows. */
export function barLabel(copy: Copy, { remaining, taken }: Explained): string {
  const words = copy.admin.why
  const spans = (list: Span[]) =>
    list
      .map(({ startLocal, endLocal }) =>
        words.span(formatTime(startLocal, copy.language), formatTime(endLocal, copy.language)),
      )
      .join(', ')
  return words.bar(spans(remaining) || words.none, spans(taken))
}
