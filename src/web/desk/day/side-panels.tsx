import { raw } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'
import type { DayNote, DayWalkIn } from '../../../clinic/day/day.ts'
import { formatTime } from '../../../i18n/dates.ts'
import { isolate } from '../../../i18n/isolate.ts'
import { FormKey } from '../../form-key.tsx'
import { paths } from '../../paths.ts'
import { DayNoteFields } from '../day-note-fields.tsx'
import { Icon } from '../icons.tsx'
import type { DayProps } from './page.ts'
import { nameOf } from './patient-name.ts'

/** Who waits without an appointment, by number. */
export function WalkInsPanel(props: DayProps) {
  const { words, day, frame, isDesk } = props
  return (
    <section class="panel" id="walk-ins" aria-labelledby="wi" tabindex={-1}>
      <header>
        <h2 id="wi">
          {words.walkIns} <span>· {day.walkIns.length}</span>
        </h2>
      </header>
      {day.walkIns.length === 0 ? (
        <p class="none">{words.noWalkIns}</p>
      ) : (
        <ol>
          {day.walkIns.map((one) => (
            <WalkIn {...props} one={one} />
          ))}
        </ol>
      )}
      {day.justLeft.map(({ id, number, patient }) => (
        <Gone {...props} action={paths.walkInReturn(id)} name={patient}>
          {words.walkInLeft(number)} · {raw(String(nameOf(patient)))}
        </Gone>
      ))}
      {isDesk && (
        <a class="add" href={paths.newWalkIn({ location: String(day.location.id), return_to: frame.here })}>
          <Icon name="plus" /> {words.addWalkIn}
        </a>
      )}
    </section>
  )
}

function WalkIn({ words, frame, formKey, isDesk, one }: DayProps & { one: DayWalkIn }) {
  const { language } = frame.copy
  const who = one.expectedDoctor ?? one.doctor
  const isBookable = isDesk && one.expectedLocal !== null && one.expectedDoctorId !== null
  return (
    <li>
      <div>
        <span class="ticket">{one.number}</span>
        <a class="name" href={paths.walkInBooking(one.id)}>
          {raw(String(nameOf(one.patient)))}
        </a>
        <p>
          {one.expectedLocal ? (
            <>
              {words.about} <b class="num">{formatTime(one.expectedLocal, language)}</b>
            </>
          ) : (
            words.noTimeToday
          )}
          {who && ` · ${isolate(who)}`}
        </p>
        <p>{words.since(formatTime(one.cameLocal, language))}</p>
      </div>
      {isBookable && (
        <form method="post" action={paths.walkInBooking(one.id)}>
          <FormKey value={formKey} />
          <input type="hidden" name="return_to" value={frame.here} />
          <input type="hidden" name="doctor_id" value={String(one.expectedDoctorId)} />
          <input type="hidden" name="start_at" value={String(one.expectedLocal)} />
          <button type="submit" class="btn go" aria-label={words.bookFor(one.patient)}>
            {words.bookShort}
          </button>
        </form>
      )}
    </li>
  )
}

/** What everyone should know for now, and the way to the doctors' hours, time off and blocks. */
export function NotesPanel(props: DayProps) {
  const { words, day, frame, formKey } = props
  const on = day.days[0]?.date ?? day.today.date
  return (
    <section class="panel" id="notes" aria-labelledby="nt" tabindex={-1}>
      <header>
        <h2 id="nt">{words.notes}</h2>
      </header>
      {day.notes.length === 0 ? (
        <p class="none">{words.noNotes}</p>
      ) : (
        <ul>
          {day.notes.map((note) => (
            <Note {...props} note={note} />
          ))}
        </ul>
      )}
      {day.justCleared.map(({ id, text }) => (
        <Gone {...props} action={paths.dayNoteRestoration(id)} name={text}>
          {words.noteCleared(text)}
        </Gone>
      ))}
      <details>
        <summary>
          <Icon name="plus" />
          {words.addNote}
        </summary>
        <form class="note-form" method="post" action={paths.dayNotes()}>
          <FormKey value={formKey} />
          <input type="hidden" name="return_to" value={frame.here} />
          <input type="hidden" name="location_id" value={day.location.id} />
          <DayNoteFields copy={frame.copy} today={day.today.date} />
          <button type="submit" class="btn main">
            {words.addNote}
          </button>
        </form>
      </details>
      <a class="add" href={paths.blocks({ location: String(day.location.id), on, return_to: frame.here })}>
        <Icon name="plus" /> {frame.copy.desk.blocks.title}
      </a>
    </section>
  )
}

function Note({ words, frame, formKey, times, note }: DayProps & { note: DayNote }) {
  const until = untilWords(words, times, note.expiresLocal)
  return (
    <li>
      <div>
        <bdi>{note.text}</bdi>
        <p>
          {until}
          {note.writtenBy && ` · ${isolate(note.writtenBy)}`}
        </p>
      </div>
      <form method="post" action={paths.dayNoteClearing(note.id)}>
        <FormKey value={formKey} />
        <input type="hidden" name="return_to" value={frame.here} />
        <button type="submit" class="btn bare" aria-label={words.clearNote(note.text)}>
          {words.clear}
        </button>
      </form>
    </li>
  )
}

/** Midnight is the end of the day before. */
function untilWords(words: DayProps['words'], times: DayProps['times'], local: string): string {
  if (!local.endsWith('T00:00')) return words.until(times.moment(local))
  const last = new Date(Date.parse(`${local}Z`) - 60_000).toISOString().slice(0, 10)
  return times.isToday(last) ? words.untilTonight : words.untilEndOf(times.date(last))
}

/** What was removed a moment ago, with its undo. */
function Gone({
  words,
  frame,
  formKey,
  action,
  name,
  children,
}: PropsWithChildren<DayProps & { action: string; name: string }>) {
  return (
    <form class="gone" method="post" action={action}>
      <FormKey value={formKey} />
      <input type="hidden" name="return_to" value={frame.here} />
      <p>{children}</p>
      <button type="submit" class="btn bare">
        {words.actions.undo}
        <span class="vh">: {isolate(name)}</span>
      </button>
    </form>
  )
}
