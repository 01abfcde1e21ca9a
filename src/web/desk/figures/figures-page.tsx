import { formatShortDay } from '../../../i18n/dates.ts'
import { paths } from '../../paths.ts'
import { DeskLayout } from '../desk-layout.tsx'
import { daysOrHours, type FiguresProps, fieldsOf, later, percent } from './figures-props.ts'
import { Sections } from './sections.tsx'
import { Tools } from './tools.tsx'

/** What a week was like. */
export function FiguresPage(props: FiguresProps) {
  const { frame, figures } = props
  const words = frame.copy.desk.figures
  const { language } = frame.copy
  const week = words.of(
    formatShortDay(figures.monday, language),
    formatShortDay(later(figures.monday, 6), language),
  )
  return (
    <DeskLayout frame={frame} title={`${words.title}, ${week}`} tab="figures">
      <div class="bar">
        <h1>
          {words.title} <span class="num">{week}</span>
        </h1>
        {!frame.isDesk && figures.doctors.length === 1 && <p class="sum">{words.ownOnly}</p>}
        <div class="btns push figures-tools">
          <a class="btn" href={paths.figuresCsv(fieldsOf(props, figures.monday))} download>
            {words.csv}
          </a>
        </div>
      </div>
      <Tools {...props} />
      <div class="figures">
        <Totals {...props} />
        {figures.totals.booked === 0 && <p class="none">{words.nothing}</p>}
        <Sections {...props} />
      </div>
    </DeskLayout>
  )
}

function Totals({ frame, figures: { totals } }: FiguresProps) {
  const words = frame.copy.desk.figures
  const names = ['booked', 'attended', 'missed', 'cancelled', 'open'] as const
  const lengths = [
    { name: words.lead, value: totals.lead, show: daysOrHours(frame) },
    { name: words.waiting, value: totals.waiting, show: words.minutes },
    { name: words.withDoctor, value: totals.withDoctor, show: words.minutes },
  ]
  return (
    <dl class="totals">
      {names.map((name) => (
        <div>
          <dt>{words.counts[name]}</dt>
          <dd>
            {totals[name]} {name !== 'booked' && <small>{percent(words, totals[name], totals.booked)}</small>}
          </dd>
        </div>
      ))}
      {lengths.map(({ name, value, show }) => (
        <div>
          <dt>
            {name}, {words.median}
          </dt>
          <dd>
            {value.median === null ? words.none : show(value.median)}{' '}
            <small>{words.of_count(value.count)}</small>
          </dd>
        </div>
      ))}
    </dl>
  )
}
