import type { MovePageContent } from '../../../clinic/appointments/read-move-page.ts'
import type { Slot } from '../../../clinic/availability/find-open-slots.ts'
import type { Conflict } from '../../../clinic/availability/look-at-time.ts'
import type { BookingRefusal, ChangeRefusal } from '../../../clinic/refusals.ts'
import { toSlotValue } from '../../../http/slot-value.ts'
import { formatDay, formatTime, withOffset } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { whatIsThere, whenOf } from '../book/refused-box.tsx'
import { initialed } from '../hidden-name.tsx'
import { Icon } from '../icons.tsx'

export interface RefusedMove {
  refusal: BookingRefusal | ChangeRefusal
  /** Where it was to go. */
  wanted?: { doctorId: number; startAt: string } | undefined
  reason?: string | undefined
}

interface Said {
  title: string
  detail: string
}

/** What is said about a move that did not happen, with the name as it is to be read there; the page and the answer to a script use the same words. */
export function sayRefused(
  copy: Copy,
  content: MovePageContent,
  { refusal, wanted, reason }: RefusedMove,
  written: (name: string) => string = (name) => name,
): Said {
  const words = copy.desk.move.refused
  const { refusedTime, appointment, doctors } = content
  const conflict = conflictFor(refusal, refusedTime?.conflicts ?? [])
  const stays = words.stays(formatTime(appointment.startLocal, copy.language))
  if (!conflict) {
    const title = refusal === 'stale' ? words.stale : words.title
    return { title, detail: `${reason ?? words.reasons[refusal]} ${stays}` }
  }
  const until = formatTime(conflict.untilLocal, copy.language)
  const doctor = doctors.find(({ id }) => id === wanted?.doctorId)?.name ?? conflict.doctor
  const title =
    conflict.part === 'doctor'
      ? copy.desk.book.refused.takenUntil(doctor, until)
      : copy.desk.book.refused.busyUntil(written(conflict.patient ?? ''), until)
  return { title, detail: `${whatIsThere(copy, conflict, written)} ${stays}` }
}

function conflictFor(refusal: RefusedMove['refusal'], conflicts: Conflict[]): Conflict | undefined {
  if (refusal === 'slot_taken') return conflicts.find(({ part }) => part === 'doctor')
  if (refusal === 'patient_busy') return conflicts.find(({ part }) => part === 'patient')
}

interface MoveRefusedProps {
  copy: Copy
  content: MovePageContent
  refused: RefusedMove
}

/** Why it stays where it is, with the nearest free times as buttons of the form below. It takes the focus. */
export function MoveRefused({ copy, content, refused }: MoveRefusedProps) {
  const { title, detail } = sayRefused(copy, content, refused)
  const hidden = sayRefused(copy, content, refused, initialed)
  const isStale = refused.refusal === 'stale'
  return (
    <section
      class="say bad"
      id={isStale ? 'changed' : 'refused'}
      role="alert"
      tabindex={-1}
      autofocus
      aria-labelledby="refused-title"
      aria-describedby="refused-reason"
    >
      <h2 id="refused-title">
        <Icon name="warning" />
        <span data-i={hidden.title}>{title}</span>
      </h2>
      <p id="refused-reason" data-i={hidden.detail}>
        {detail}
      </p>
      {isStale ? (
        <Changed {...{ copy, content, refused }} />
      ) : (
        <div class="slots">
          {content.nearest.slice(0, 4).map((slot, at) => (
            <SlotButton copy={copy} slot={slot} day={content.on} isMain={at === 0} />
          ))}
        </div>
      )}
    </section>
  )
}

/** How it is now, beside what was wanted. */
function Changed({
  copy,
  content: { appointment, doctors, refusedTime },
  refused: { wanted },
}: MoveRefusedProps) {
  const words = copy.desk.move.refused
  const when = (local: string) => `${formatDay(local, copy.language)}, ${formatTime(local, copy.language)}`
  const doctor = doctors.find(({ id }) => id === wanted?.doctorId)?.name ?? appointment.doctor.name
  return (
    <>
      <div class="two">
        <div>
          <h3>{words.nowIs}</h3>
          <p>{words.wantedAt(when(appointment.startLocal), appointment.doctor.name)}</p>
        </div>
        {refusedTime && (
          <div>
            <h3>{words.wanted}</h3>
            <p>{words.wantedAt(when(refusedTime.startLocal), doctor)}</p>
          </div>
        )}
      </div>
      {refusedTime && wanted && (
        <div class="btns">
          <button
            class="btn"
            type="submit"
            form="m"
            name="slot"
            value={toSlotValue(wanted.doctorId, withOffset(refusedTime.startLocal, refusedTime.startAt))}
          >
            {words.moveAnyway}
          </button>
        </div>
      )}
    </>
  )
}

interface SlotButtonProps {
  copy: Copy
  slot: Slot
  /** The day that is shown. */
  day: string
  isMain?: boolean
}

export function SlotButton({ copy, slot, day, isMain = false }: SlotButtonProps) {
  const value = toSlotValue(slot.doctor.id, withOffset(slot.startLocal, slot.startAt))
  const when = whenOf(copy, slot, day)
  return (
    <button class={isMain ? 'btn main' : 'btn'} type="submit" form="m" name="slot" value={value}>
      {isMain ? copy.desk.move.refused.moveTo(when) : when}{' '}
      <bdi class={isMain ? undefined : 'soft'}>{slot.doctor.name}</bdi>
    </button>
  )
}
