import { raw } from 'hono/html'
import type { DayAppointment } from '../../../clinic/day/day.ts'
import { isOn, isOver, minutesSo, statusAt, waitingNow } from '../../../clinic/day/standing.ts'
import { FormKey } from '../../form-key.tsx'
import { paths } from '../../paths.ts'
import { nameLink } from '../day/entries.ts'
import { statusButton } from '../day/status-buttons.ts'
import type { MineProps } from './mine-props.ts'

/** Who is with the doctor, who is next and since when they wait. */
export function Now(props: MineProps) {
  const { day, frame } = props
  const { mine } = frame.copy.desk
  const own = day.appointments.filter((one) => isOn(day.today, one) && one.capacity === null)
  const current = own.filter((one) => statusAt(one, day.now) === 'with_doctor')
  const next = waitingNow(day)[0] ?? own.find(({ status }) => status === 'booked')
  return (
    <section class="panel now-panel" aria-labelledby="now-title">
      <header>
        <h2 id="now-title">{mine.nowTitle}</h2>
      </header>
      {current.length === 0 && !next && <p class="none">{mine.nobody}</p>}
      <ol>
        {current.map((one) => (
          <Patient {...props} one={one} label={mine.withYou} />
        ))}
        {next && <Patient {...props} one={next} label={mine.nextPatient} />}
      </ol>
    </section>
  )
}

function Patient(props: MineProps & { one: DayAppointment; label: string }) {
  const { one, label, day } = props
  const status = statusAt(one, day.now)
  const isOverdue = isOver(minutesSo(one, status, day.now), status, day.alerts)
  return (
    <li class={isOverdue ? 'over' : undefined} data-id={one.id}>
      <div>
        <span class="next">{label}</span>
        {raw(String(nameLink(one, props.words)))}
        <p>{[one.visitType, sinceWhen(props, one)].filter(Boolean).join(' · ')}</p>
      </div>
      {status === 'with_doctor' && raw(String(statusButton(props, one, 'completion', { classes: 'btn go' })))}
      {status === 'arrived' && raw(String(statusButton(props, one, 'start', { classes: 'btn go' })))}
      {(status === 'with_doctor' || status === 'arrived') && <NoteForm {...props} one={one} />}
    </li>
  )
}

function sinceWhen({ day, words, times, frame }: MineProps, one: DayAppointment): string {
  const { mine } = frame.copy.desk
  const status = statusAt(one, day.now)
  if (status === 'with_doctor') return mine.since(times.clock(one.started ?? one.start))
  if (status !== 'arrived') return mine.notHere(times.clock(one.start))
  if (one.arrived === null) return words.statuses.arrived
  return mine.arrivedAt(times.clock(one.arrived), words.minutes(Math.max(0, day.now - one.arrived)))
}

/** What it says already stands in it, so that nothing is overwritten unseen. */
function NoteForm({ one, day, frame, formKey }: MineProps & { one: DayAppointment }) {
  const { mine } = frame.copy.desk
  const id = `note-${one.id}`
  return (
    <details class="note">
      <summary>{mine.note}</summary>
      <form method="post" action={paths.deskNote(one.id)}>
        <FormKey value={formKey} />
        <input type="hidden" name="version" value={one.version} />
        <input type="hidden" name="return_to" value={frame.here} />
        <div class="field">
          <label class="vh" for={id}>
            {mine.note}
          </label>
          <textarea id={id} name="note" rows={2} maxlength={500} aria-describedby={`${id}-hint`}>
            {day.ownNotes[String(one.id)] ?? ''}
          </textarea>
          <p class="soft" id={`${id}-hint`}>
            {mine.noteHint}
          </p>
        </div>
        <button class="btn" type="submit">
          {mine.saveNote}
        </button>
      </form>
    </details>
  )
}
