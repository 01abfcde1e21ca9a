import { type DeskResult, deskViews } from './measure-desk.ts'
import type { Drag } from './measure-drag.ts'
import { kb, many, ms, ratioOf, refused, times } from './rows.ts'
import { middle, middleProcessor, unexpectedIn } from './sample.ts'
import type { Row } from './table.ts'

const inWords = {
  grid: 'The desk’s day as a grid',
  list: '… as a list',
  threeDays: '… three days',
  week: '… one doctor’s week',
}

export function deskRows({ doctors, appointments, rounds, pages, drag }: DeskResult): Row[] {
  const { hello } = rounds
  const views = deskViews.map((view): Row => {
    const samples = rounds[view]
    const { gzip, plain, appointments: shown } = pages[view]
    const [p50, trips] = [middle(samples, 'p50'), middle(samples, 'trips')]
    const cpu = (of: 'workerd' | 'postgres') => ms(middleProcessor(samples, of))
    // The whole day must be there: an empty page is fast.
    const isDay = view === 'grid' || view === 'list'
    return {
      what: `${inWords[view]}${isDay ? `, ${doctors} doctors, ${many(shown)} appointments` : ''}`,
      ratio: times(ratioOf(samples, hello, 'p50')),
      ours: `p50 ${ms(p50)}, p95 ${ms(middle(samples, 'p95'))}, least ${ms(middle(samples, 'least'))}; ${kb(gzip)} of ${kb(plain)}; ${trips} ${trips === 1 ? 'trip' : 'trips'}; CPU: workerd ${cpu('workerd')}, PostgreSQL ${cpu('postgres')}`,
      beside: `p50 ${ms(middle(hello, 'p50'))}, hello`,
      goal: isDay ? '≤ 150 ms, ≤ 150 KB, 1 trip' : '1 trip',
      isMet: trips === 1 && (!isDay || (p50 <= 150 && gzip <= 150_000 && shown >= appointments)),
    }
  })
  const all = [hello, ...deskViews.map((view) => rounds[view])].flat()
  return [...views, dragRow(drag, appointments), ...refused('The desk', unexpectedIn(all))]
}

function dragRow({ dragging, resting, places }: Drag, appointments: number): Row {
  const said = ({ perSecond, p99, most, busy }: Drag['dragging']) =>
    `${perSecond.toFixed(1)} frames/s, p99 ${ms(p99)}, at most ${ms(most)}, main thread ${ms(busy)} each`
  return {
    what: `Dragging one of ${many(appointments)} appointments`,
    ratio: times(dragging.perSecond / resting.perSecond),
    ours: `${said(dragging)}; layout shift ${dragging.layoutShift}`,
    beside: `${said(resting)}, at rest`,
    goal: '60 frames/s, no shift',
    isMet: places > 1 && dragging.perSecond >= 59 && dragging.layoutShift === 0,
  }
}
