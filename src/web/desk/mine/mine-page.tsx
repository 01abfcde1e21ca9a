import { raw } from 'hono/html'
import type { DayAppointment, DayClock } from '../../../clinic/day/day.ts'
import { isOn, statusAt, waitingNow } from '../../../clinic/day/standing.ts'
import { paths } from '../../paths.ts'
import { appointmentRow } from '../day/list-rows.ts'
import { statusForm } from '../day/status-buttons.ts'
import { timesOf } from '../day/times.ts'
import { DeskLayout } from '../desk-layout.tsx'
import { UndoToast } from '../undo-toast.tsx'
import type { MineProps } from './mine-props.ts'
import { Now } from './now.tsx'
import { TimeOff } from './time-off.tsx'
import { Tools } from './tools.tsx'

/** A doctor's own day or week: who is next, who else comes, and when they are off. */
export function MinePage(props: MineProps) {
  const { frame, day, days, times, words } = props
  const { mine } = frame.copy.desk
  const [first] = day.days
  const title = days === 7 ? mine.weekTitle : mine.title
  const date = first ? times.date(first.date) : ''
  const showsToday = day.days.some(({ date: shown }) => shown === day.today.date)
  return (
    <DeskLayout
      frame={frame}
      title={`${title}, ${date}`}
      tab="mine"
      live={
        <p class="live" id="live" data-zone={day.location.timeZone}>
          <span>{words.loaded(times.clock(day.now))} · </span>
          <a href={frame.here}>{words.refresh}</a>
        </p>
      }
    >
      <UndoToast frame={frame} offer={day.undoOffer} />
      <div class="bar">
        <h1>
          {title} <span class="num">{date}</span>
        </h1>
        {showsToday && <p class="sum">{seenOf(props)}</p>}
      </div>
      <Tools {...props} />
      {raw(String(statusForm(props)))}
      <div class="page own-day" id="day">
        {showsToday && <Now {...props} />}
        {day.days.map((clock) => (
          <OneDay {...props} clock={clock} />
        ))}
        <NextDay {...props} />
        <TimeOff {...props} />
      </div>
    </DeskLayout>
  )
}

function seenOf({ frame, day }: MineProps): string {
  const today = day.appointments.filter((one) => isOn(day.today, one) && one.capacity === null)
  return frame.copy.desk.mine.seen(today.filter(({ status }) => status === 'fulfilled').length, today.length)
}

function OneDay(props: MineProps & { clock: DayClock }) {
  const { day, clock, times, frame } = props
  const { mine } = frame.copy.desk
  const own = day.appointments.filter((one) => isOn(clock, one))
  const during = day.hours.find(({ date }) => date === clock.date)?.during ?? []
  const spans = during.map(([from, until]) => `${times.clock(from)}–${times.clock(until)}`).join(', ')
  return (
    <section aria-labelledby={`d${clock.date}`}>
      <h2 class="group" id={`d${clock.date}`}>
        {times.date(clock.date)} <span>{spans ? mine.hours(spans) : mine.off}</span>
      </h2>
      {own.length > 0 && (
        <ol class="rows">
          {raw(
            inOrder(props, own)
              .map((one) => appointmentRow(props, one))
              .join(''),
          )}
        </ol>
      )}
      {own.length === 0 && <p class="none">{spans ? mine.nothingBooked : offWords(props)}</p>}
    </section>
  )
}

/** Of today: who waits first, then who is to come, then who has been seen. */
function inOrder({ day }: MineProps, own: DayAppointment[]): DayAppointment[] {
  const waiting = waitingNow(day)
  const rank = (one: DayAppointment) => {
    if (!isOn(day.today, one)) return 0
    const status = statusAt(one, day.now)
    if (status === 'with_doctor') return 1
    if (waiting.includes(one)) return 2
    return ['fulfilled', 'noshow'].includes(status) ? 4 : 3
  }
  const waited = (one: DayAppointment) => (waiting.includes(one) ? waiting.indexOf(one) : one.start)
  return own.toSorted((one, other) => rank(one) - rank(other) || waited(one) - waited(other))
}

function offWords({ day, times, words, frame }: MineProps): string {
  return day.nextDay ? words.offUntil(times.date(day.nextDay.date)) : frame.copy.desk.mine.noHoursAhead
}

/** So that a day off, too, says what comes. */
function NextDay(props: MineProps) {
  const { day, frame } = props
  const { mine } = frame.copy.desk
  if (!day.nextDay) return null
  const shown = { ...day, days: [day.nextDay] }
  const times = timesOf(shown, frame.copy.language)
  const date = times.date(day.nextDay.date)
  return (
    <section aria-labelledby="next-day">
      <h2 class="group" id="next-day">
        <a href={paths.deskMine({ on: day.nextDay.date })}>{mine.nextDay(date)}</a>
      </h2>
      {day.nextAppointments.length === 0 ? (
        <p class="none">{mine.nothingBooked}</p>
      ) : (
        <ol class="rows">
          {raw(
            day.nextAppointments.map((one) => appointmentRow({ ...props, day: shown, times }, one)).join(''),
          )}
        </ol>
      )}
    </section>
  )
}
