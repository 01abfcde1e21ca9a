import type { Child } from 'hono/jsx'
import { formatShortDay } from '../../../i18n/dates.ts'
import { isolate } from '../../../i18n/isolate.ts'
import { Bars, Columns, type Part } from './chart.tsx'
import { daysOrHours, type FiguresProps, percent } from './figures-props.ts'

/** Each chart with its table beside it. */
export function Sections(props: FiguresProps) {
  const { byDoctor, byVisitType } = props.figures
  return (
    <>
      <Days {...props} />
      {byDoctor.length > 0 && <Doctors {...props} />}
      <Rooms {...props} />
      {byVisitType.length > 0 && <VisitTypes {...props} />}
      <Lead {...props} />
      {byDoctor.some(({ waiting }) => waiting.count > 0) && <Waiting {...props} />}
    </>
  )
}

interface SectionProps {
  id: string
  title: string
  chart: Child
  head: string[]
  rows: (string | number)[][]
}

function Section({ id, title, chart, head, rows }: SectionProps) {
  return (
    <div class="figure">
      <h2 id={id}>{title}</h2>
      <div class="both">
        <div>{chart}</div>
        <section class="scroll" tabindex={0} aria-labelledby={id}>
          <table>
            <thead>
              <tr>
                {head.map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([name, ...values]) => (
                <tr>
                  <th scope="row">{name}</th>
                  {values.map((value) => (
                    <td>{value}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </div>
    </div>
  )
}

const countNames = ['booked', 'attended', 'missed', 'cancelled', 'open'] as const

function Days({ frame, figures }: FiguresProps) {
  const { figures: words } = frame.copy.desk
  const looks = ['attended', 'missed', 'cancelled', 'open'] as const
  const parts: Part[] = looks.map((look) => ({ look, name: words.counts[look] }))
  const day = (date: string) => formatShortDay(date, frame.copy.language)
  return (
    <Section
      id="by-day"
      title={words.charts.days}
      chart={
        <>
          <Columns
            id="days"
            title={words.charts.days}
            about={words.charts.daysAbout}
            parts={parts}
            columns={figures.days.map((one) => ({
              label: day(one.date),
              values: looks.map((look) => one[look]),
            }))}
          />
          <p class="soft">{words.openHint}</p>
        </>
      }
      head={[words.columns.day, ...countNames.map((name) => words.counts[name])]}
      rows={figures.days.map((one) => [day(one.date), ...countNames.map((name) => one[name])])}
    />
  )
}

function Doctors({ frame, figures }: FiguresProps) {
  const { figures: words } = frame.copy.desk
  const { columns, charts } = words
  return (
    <Section
      id="by-doctor"
      title={charts.doctors}
      chart={
        <Bars
          id="doctors"
          title={charts.doctors}
          about={charts.doctorsAbout}
          bars={barsOf(words, figures.byDoctor)}
        />
      }
      head={[
        columns.doctor,
        ...countNames.map((name) => words.counts[name]),
        columns.open,
        columns.taken,
        columns.utilisation,
      ]}
      rows={figures.byDoctor.map((one) => [
        isolate(one.name),
        ...countNames.map((name) => one[name]),
        ...usageCells(words, one),
      ])}
    />
  )
}

function Rooms({ frame, figures: { byRoom, locations } }: FiguresProps) {
  const { figures: words } = frame.copy.desk
  const { columns, charts } = words
  const rooms = byRoom.map((room) =>
    locations.length > 1 ? { ...room, name: `${room.name}, ${room.location}` } : room,
  )
  if (rooms.length === 0) return null
  return (
    <Section
      id="by-room"
      title={charts.rooms}
      chart={<Bars id="rooms" title={charts.rooms} about={charts.roomsAbout} bars={barsOf(words, rooms)} />}
      head={[columns.room, columns.open, columns.taken, columns.utilisation]}
      rows={rooms.map((room) => [room.name, ...usageCells(words, room)])}
    />
  )
}

function VisitTypes({ frame, figures: { byVisitType } }: FiguresProps) {
  const { figures: words } = frame.copy.desk
  const { columns, charts } = words
  const all = byVisitType.reduce((minutes, { takenMinutes }) => minutes + takenMinutes, 0)
  const kinds = byVisitType.map((kind) => ({ ...kind, name: kind.name ?? words.noVisitType }))
  return (
    <Section
      id="by-visit-type"
      title={charts.visitTypes}
      chart={
        <Bars
          id="visit-types"
          title={charts.visitTypes}
          about={charts.visitTypesAbout}
          bars={kinds.map(({ name, takenMinutes }) => ({
            label: name,
            shown: percent(words, takenMinutes, all),
            share: all === 0 ? 0 : takenMinutes / all,
          }))}
        />
      }
      head={[
        columns.visitType,
        ...countNames.map((name) => words.counts[name]),
        columns.taken,
        columns.share,
      ]}
      rows={kinds.map((kind) => [
        kind.name,
        ...countNames.map((name) => kind[name]),
        hoursOf(words, kind.takenMinutes),
        percent(words, kind.takenMinutes, all),
      ])}
    />
  )
}

function Lead({ frame, figures: { leadDays } }: FiguresProps) {
  const { figures: words } = frame.copy.desk
  const most = Math.max(1, ...leadDays)
  const rows = leadDays.map((count, index) => ({ name: words.leadDays[index] ?? '', count }))
  return (
    <Section
      id="by-lead"
      title={words.charts.lead}
      chart={
        <Bars
          id="lead"
          title={words.charts.lead}
          about={words.charts.leadAbout}
          bars={rows.map(({ name, count }) => ({ label: name, shown: String(count), share: count / most }))}
        />
      }
      head={[words.columns.lead, words.columns.appointments]}
      rows={rows.map(({ name, count }) => [name, count])}
    />
  )
}

function Waiting({ frame, figures: { byDoctor } }: FiguresProps) {
  const { figures: words } = frame.copy.desk
  const doctors = byDoctor.filter(({ waiting, withDoctor }) => waiting.count > 0 || withDoctor.count > 0)
  const most = Math.max(1, ...doctors.map(({ waiting }) => waiting.median ?? 0))
  const shown = (minutes: number | null) => (minutes === null ? words.none : words.minutes(minutes))
  return (
    <Section
      id="by-waiting"
      title={words.charts.waiting}
      chart={
        <Bars
          id="waiting"
          title={words.charts.waiting}
          about={words.charts.waitingAbout}
          bars={doctors.map(({ name, waiting }) => ({
            label: name,
            shown: shown(waiting.median),
            share: (waiting.median ?? 0) / most,
          }))}
        />
      }
      head={[words.columns.doctor, words.columns.waiting, words.columns.withDoctor, words.columns.lead]}
      rows={doctors.map(({ name, waiting, withDoctor, lead }) => [
        isolate(name),
        shown(waiting.median),
        shown(withDoctor.median),
        lead.median === null ? words.none : daysOrHours(frame)(lead.median),
      ])}
    />
  )
}

type Words = FiguresProps['frame']['copy']['desk']['figures']
type Used = { openMinutes: number; takenMinutes: number }

const hoursOf = (words: Words, minutes: number) => words.hours((minutes / 60).toFixed(1))

const usageCells = (words: Words, { openMinutes, takenMinutes }: Used) => [
  hoursOf(words, openMinutes),
  hoursOf(words, takenMinutes),
  percent(words, takenMinutes, openMinutes),
]

const barsOf = (words: Words, all: (Used & { name: string })[]) =>
  all.map(({ name, openMinutes, takenMinutes }) => ({
    label: name,
    shown: percent(words, takenMinutes, openMinutes),
    share: openMinutes === 0 ? 0 : takenMinutes / openMinutes,
  }))
