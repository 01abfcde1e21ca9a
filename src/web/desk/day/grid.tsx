import { raw } from 'hono/html'
import type { Column } from '../../../clinic/day/columns.ts'
import type { DayDoctor } from '../../../clinic/day/day.ts'
import { standingOf } from '../../../clinic/day/standing.ts'
import { cityOf, formatClock } from '../../../i18n/dates.ts'
import { isolate } from '../../../i18n/isolate.ts'
import { paths } from '../../paths.ts'
import { initialsOf } from '../initials.ts'
import { type Axis, axisOf, labelsOf, lineOf, rowsOf, tracksOf } from './axis.ts'
import { entryItem } from './entries.ts'
import { sidesOf } from './lanes.ts'
import { type DayProps, datesOf } from './page.ts'
import { fieldsOf } from './view.ts'

/** Columns of doctors, rooms or days, with the times at their side. */
export function Grid(props: DayProps & { columns: Column[] }) {
  const { columns, words, view, times, day } = props
  const axis = axisOf(columns)
  const dates = day.days.map(({ date }) => times.date(date))
  const range = dates.length > 1 ? `${dates[0]} – ${dates.at(-1)}` : (dates[0] ?? '')
  const label = words.grid(range, view.by === 'rooms' ? words.byRoom : words.byDoctor)
  return (
    <section
      class={`cal t${tracksOf(axis)}${columns.length > 8 ? ' many' : ''}`}
      id="day"
      aria-label={label}
      tabindex={0}
      {...datesOf(day)}
    >
      <TimeColumn {...props} axis={axis} />
      {columns.map((column) => (
        <GridColumn {...props} column={column} axis={axis} />
      ))}
    </section>
  )
}

function TimeColumn({ words, frame, times, day, axis }: DayProps & { axis: Axis }) {
  const line = lineOf(axis, day.today, day.now)
  const isShown = day.days.some(({ date }) => date === day.today.date)
  const [first, second] = words.time(cityOf(day.location.timeZone))
  return (
    <div class="times" aria-hidden="true">
      <div class="head">
        {first}
        <br />
        {second}
      </div>
      <ol class="track">
        {labelsOf(axis).map(({ row, clock, isHour }) => (
          <li class={isHour ? `r${row} h` : `r${row}`}>{formatClock(clock, frame.copy.language)}</li>
        ))}
        {isShown && line && (
          <li class={`now r${line.row} o${line.past}`} id="now">
            <b>{times.clock(day.now)}</b>
          </li>
        )}
      </ol>
    </div>
  )
}

function GridColumn(props: DayProps & { column: Column; axis: Axis }) {
  const { column, axis, day } = props
  const id = `c-${column.clock.date}-${column.doctor?.id ?? `r${column.room?.id ?? ''}`}`
  const line = column.clock.date === day.today.date ? lineOf(axis, column.clock, day.now) : null
  return (
    <section class="col" aria-labelledby={day.days.length > 1 ? `${id} ${id}-who` : id}>
      <ColumnHead {...props} id={id} />
      <ol class="track">
        {raw(itemsOf(props))}
        {line && <li class={`now r${line.row} o${line.past}`} aria-hidden="true" />}
      </ol>
    </section>
  )
}

function itemsOf(props: DayProps & { column: Column; axis: Axis }): string {
  const { column, axis } = props
  const placed = column.entries.flatMap((entry) => {
    const rows = rowsOf(axis, column.clock, entry)
    return rows ? [{ entry, ...rows }] : []
  })
  const sides = sidesOf(placed)
  return placed
    .map(({ entry, row, span }, index) =>
      entryItem(props, column, entry, { classes: `r${row} n${span}${sides[index]}`, span }),
    )
    .join('')
}

function ColumnHead(props: DayProps & { column: Column; id: string }) {
  const { column, day, words, view, times, id } = props
  const { doctor, room, clock } = column
  const name = doctor?.name ?? room?.name ?? words.noRoom
  const isByDay = day.days.length > 1
  const isEmpty = !column.entries.some(({ kind }) => kind === 'appointment')
  const shown = isolate(name)
  const lines = isByDay ? [shown] : linesOf(props, column)
  const href = isByDay ? dayLink(view, clock.date) : doctor && weekLink(view, doctor.id)
  const title = isByDay ? times.date(clock.date) : shown
  return (
    <div class="head">
      {!isByDay && (
        <span class="ini" aria-hidden="true">
          {initialsOf(name)}
        </span>
      )}
      <div>
        <h2 id={id}>{href ? <a href={href}>{title}</a> : title}</h2>
        {lines.length > 0 && <p id={isByDay ? `${id}-who` : undefined}>{lines.join(' · ')}</p>}
        {isEmpty && column.isUsed && !isByDay && <p>{words.noAppointments}</p>}
      </div>
    </div>
  )
}

const dayLink = (view: DayProps['view'], on: string) => paths.desk(fieldsOf(view, { on, days: '' }))

const weekLink = (view: DayProps['view'], doctorId: number) =>
  paths.desk(fieldsOf(view, { doctor: String(doctorId), days: '7', by: '' }))

/** The room, and how the doctor's day goes. */
function linesOf({ day, words, times }: DayProps, column: Column): string[] {
  const { doctor, room: own } = column
  return doctor ? standingLines({ day, words, times }, doctor, column) : own ? [own.kind] : []
}

function standingLines(
  { day, words, times }: Pick<DayProps, 'day' | 'words' | 'times'>,
  doctor: DayDoctor,
  column: Column,
): string[] {
  const own = column.entries.flatMap((entry) => (entry.kind === 'appointment' ? [entry.one] : []))
  const next = own.find(({ end, rooms }) => end > day.now && rooms.length > 0) ?? own.at(-1)
  const room = day.roomNames[String(next?.rooms[0])]
  const isNow = column.clock.date === day.today.date
  const standing = isNow ? standingOf(day, doctor) : null
  const isFull = doctor.free.length === 0 && column.isUsed && column.clock.end > day.now
  const said = {
    behind: () => standing?.kind === 'behind' && words.behind(standing.minutes),
    on_time: () => words.onTime,
    free_now: () => words.freeNow,
  }
  const lines = [
    room,
    standing && said[standing.kind](),
    isFull && (doctor.nextFree ? words.nextFreeInHead(times.moment(doctor.nextFree)) : words.fullForMonth),
  ]
  return lines.filter((line): line is string => Boolean(line))
}
