import { raw } from 'hono/html'
import type { DayAppointment } from '../../../clinic/day/day.ts'
import { isOver, minutesSo, standingOf, waitingNow } from '../../../clinic/day/standing.ts'
import { Icon } from '../icons.tsx'
import { nameLink } from './entries.ts'
import { type DayProps, running } from './page.ts'
import { statusButton } from './status-buttons.ts'

/** Who is here and waits, longest first: today's, whatever day is shown. */
export function WaitingPanel(props: DayProps) {
  const { words, day } = props
  const waiting = waitingNow(day)
  return (
    <section class="panel wait" id="waiting" aria-labelledby="w" tabindex={-1}>
      <header>
        <h2 id="w">
          {words.waiting} <span>· {waiting.length}</span>
        </h2>
        {waiting.length > 1 && <p class="hint">{words.longestFirst}</p>}
      </header>
      {waiting.length === 0 ? (
        <p class="none">{words.noOneWaiting}</p>
      ) : (
        <ol>
          {waiting.map((one, index) => (
            <Waiting {...props} one={one} isNext={index === 0} />
          ))}
        </ol>
      )}
    </section>
  )
}

function Waiting(props: DayProps & { one: DayAppointment; isNext: boolean }) {
  const { words, day, times, one, isNext } = props
  const doctor = day.doctors.find(({ id }) => id === one.doctorId)
  const minutes = minutesSo(one, 'arrived', day.now)
  const over = isOver(minutes, 'arrived', day.alerts)
  const clock = running(one.arrived, words.minutes)
  const isFree = doctor && standingOf(day, doctor)?.kind === 'free_now'
  return (
    <li class={over ? 'over' : undefined} data-id={one.id}>
      <div>
        {isNext && <span class="next">{words.nextPatient}</span>}
        {raw(String(nameLink(one, words)))}
        <p>
          {minutes !== null && (
            <>
              <span class="clock" data-since={clock.since} data-words={clock.words}>
                {words.minutes(minutes)}
              </span>
              {' · '}
            </>
          )}
          <bdi>{doctor?.name}</bdi> {times.clock(one.start)}
        </p>
        {over && (
          <p class="why">
            <Icon name="warning" /> {words.overMinutes(day.alerts.waiting)}
          </p>
        )}
        {isFree && (
          <p class="ok">
            <Icon name="fulfilled" /> {words.isFreeNow(doctor.name)}
          </p>
        )}
      </div>
      {raw(String(statusButton(props, one, 'start', { classes: 'btn go' })))}
    </li>
  )
}
