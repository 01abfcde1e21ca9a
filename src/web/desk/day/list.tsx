import { raw } from 'hono/html'
import type { Column } from '../../../clinic/day/columns.ts'
import type { DayAppointment } from '../../../clinic/day/day.ts'
import type { DeskStatus } from '../../../clinic/day/desk-status.ts'
import { isOn, statusAt, waitingNow } from '../../../clinic/day/standing.ts'
import { paths } from '../../paths.ts'
import { Icon, type IconName } from '../icons.tsx'
import { shownAppointments, shownSessions } from './filter.ts'
import { appointmentRow, openRow, type Row, rowsInOrder } from './list-rows.ts'
import { type DayProps, datesOf } from './page.ts'
import { nameOf } from './patient-name.ts'
import { countOf } from './summary.ts'
import { fieldsOf, type ListedStatus } from './view.ts'

type ListProps = DayProps & { columns: Column[] }

/** The same as the grid, by what has to be done: who waits, who is late, who is with a doctor, who is still to come. */
export function List(props: ListProps) {
  const { day, view } = props
  const all = shownAppointments(day, view)
  return (
    <div class="page" id="day" {...datesOf(day)}>
      <Chips {...props} all={all} />
      {view.status ? <Filtered {...props} all={all} status={view.status} /> : <Days {...props} all={all} />}
    </div>
  )
}

function Days(props: ListProps & { all: DayAppointment[] }) {
  const { day, all, times, columns, view } = props
  const sessions = shownSessions(day, view)
  return (
    <>
      {day.days.map((clock) => {
        const isOwn = ({ start }: DayAppointment) => start >= clock.start && start < clock.end
        const own = all.filter(isOwn)
        if (clock.date === day.today.date) return <Today {...props} all={own} />
        const rows = rowsInOrder(
          [...own, ...sessions.filter(isOwn)],
          columns.filter((column) => column.clock === clock),
          day.now,
        )
        return (
          <Group {...props} title={times.date(clock.date)} rows={rows} count={own.length} isAlwaysShown />
        )
      })}
    </>
  )
}

function Today(props: ListProps & { all: DayAppointment[] }) {
  const { day, all, words, columns, times, view } = props
  const withStatus = (...statuses: DeskStatus[]) =>
    all.filter((one) => statuses.includes(statusAt(one, day.now)))
  const waiting = waitingNow({ ...day, appointments: all })
  const isOver = (one: DayAppointment) => one.end <= day.now && one.told === null
  const earlier = [
    ...withStatus('fulfilled', 'noshow'),
    ...withStatus('cancelled', 'pending').filter(isOver),
  ].toSorted((one, other) => one.start - other.start)
  const toCome = withStatus('booked', 'pending', 'cancelled').filter((one) => !earlier.includes(one))
  const own = columns.filter((column) => column.clock.date === day.today.date)
  const sessions = shownSessions(day, view).filter((one) => isOn(day.today, one) && one.end > day.now)
  const [first] = waiting
  return (
    <>
      <Earlier {...props} all={earlier} />
      <Group {...props} title={words.waiting} rows={plain(waiting)} count={waiting.length}>
        {first?.patient && (
          <>
            {words.longestFirst} · {words.nextIs} {raw(String(nameOf(first.patient)))}
          </>
        )}
      </Group>
      <Group {...props} title={words.statuses.late} rows={plain(withStatus('late'))} />
      <Group {...props} title={words.withADoctor} rows={plain(withStatus('with_doctor'))} />
      <p class="nowline" id="now">
        <b>{times.clock(day.now)}</b> {words.now}
      </p>
      <Group
        {...props}
        title={words.toCome}
        rows={rowsInOrder([...toCome, ...sessions], own, day.now)}
        count={toCome.filter(({ status }) => status !== 'cancelled').length}
        isAlwaysShown
      >
        {words.freeIncluded}
      </Group>
    </>
  )
}

const plain = (all: DayAppointment[]): Row[] => all.map((one) => ({ at: one.start, one }))

function Earlier(props: DayProps & { all: DayAppointment[] }) {
  const { all, words, day } = props
  if (all.length === 0) return null
  const counts = countOf(all, day)
  const parts = (['fulfilled', 'noshow', 'cancelled'] as const)
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${words.statuses[status].toLocaleLowerCase()}`)
  return (
    <details class="past">
      <summary>
        <Icon name="fulfilled" />
        <span>
          <h2>{words.earlier}</h2> · {parts.join(', ')}
        </span>
      </summary>
      <ol class="rows">{raw(all.map((one) => appointmentRow(props, one)).join(''))}</ol>
    </details>
  )
}

function Group({
  children,
  ...props
}: DayProps & {
  title: string
  rows: Row[]
  count?: number
  isAlwaysShown?: boolean
  children?: unknown
}) {
  const { title, rows, count = rows.length, isAlwaysShown = false, words } = props
  if (rows.length === 0 && !isAlwaysShown) return null
  return (
    <section>
      <h2 class="group">
        {title}{' '}
        <span>
          {count}
          {children && <> · {children}</>}
        </span>
      </h2>
      {!rows.some((row) => 'one' in row) && <p class="none">{words.noAppointments}</p>}
      {rows.length > 0 && <ol class="rows">{raw(rows.map((row) => rowOf(props, row)).join(''))}</ol>}
    </section>
  )
}

const rowOf = (props: DayProps, row: Row) =>
  'one' in row ? appointmentRow(props, row.one) : openRow(props, row)

function Filtered(props: DayProps & { all: DayAppointment[]; status: ListedStatus }) {
  const { all, status, words, day } = props
  const chosen = statusesOf[status]
  const found = all.filter((one) => chosen.includes(statusAt(one, day.now)))
  if (found.length === 0) return <p class="none">{words.nothingLike}</p>
  return <ol class="rows">{raw(found.map((one) => appointmentRow(props, one)).join(''))}</ol>
}

const statusesOf: Record<ListedStatus, DeskStatus[]> = {
  waiting: ['arrived'],
  late: ['late'],
  with_doctor: ['with_doctor'],
  to_come: ['booked', 'pending'],
  fulfilled: ['fulfilled'],
  noshow: ['noshow'],
  cancelled: ['cancelled'],
}

function Chips(props: DayProps & { all: DayAppointment[] }) {
  const { all, words, day, view } = props
  const counts = countOf(all, day)
  const chips: { status: ListedStatus; label: string; icon: IconName; look: string }[] = [
    { status: 'waiting', label: words.waiting, icon: 'arrived', look: 's-arrived' },
    { status: 'late', label: words.statuses.late, icon: 'late', look: 's-late' },
    { status: 'with_doctor', label: words.statuses.with_doctor, icon: 'with_doctor', look: 's-doing' },
    { status: 'to_come', label: words.toCome, icon: 'booked', look: 's-booked' },
    { status: 'fulfilled', label: words.statuses.fulfilled, icon: 'fulfilled', look: 's-done' },
    { status: 'noshow', label: words.statuses.noshow, icon: 'noshow', look: 's-noshow' },
    { status: 'cancelled', label: words.statuses.cancelled, icon: 'cancelled', look: 's-cancelled' },
  ]
  const countFor = (status: ListedStatus) => statusesOf[status].reduce((sum, one) => sum + counts[one], 0)
  return (
    <nav class="chips-nav" aria-label={words.status}>
      <ul class="chips">
        <li>
          <a href={paths.desk(fieldsOf(view))} aria-current={view.status ? undefined : 'true'}>
            {words.all} <span class="num">{counts.all}</span>
          </a>
        </li>
        {chips
          .filter(({ status }) => countFor(status) > 0 || status === view.status)
          .map(({ status, label, icon, look }) => (
            <li>
              <a
                href={paths.desk(fieldsOf(view, { status }))}
                aria-current={view.status === status ? 'true' : undefined}
              >
                <span class={look}>
                  <Icon name={icon} />
                </span>
                {label} <span class="num">{countFor(status)}</span>
              </a>
            </li>
          ))}
      </ul>
    </nav>
  )
}
