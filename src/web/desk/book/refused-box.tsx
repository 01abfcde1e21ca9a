import type { DeskBookingContent } from '../../../clinic/appointments/read-desk-booking.ts'
import type { Slot } from '../../../clinic/availability/find-open-slots.ts'
import type { Conflict } from '../../../clinic/availability/look-at-time.ts'
import type { BookingRefusal } from '../../../clinic/refusals.ts'
import { toSlotValue } from '../../../http/slot-value.ts'
import { formatDay, formatTime, formatTimeAt, withOffset } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { isolate } from '../../../i18n/isolate.ts'
import { paths } from '../../paths.ts'
import { shownName } from '../../ui/patient-name.tsx'
import { initialed } from '../hidden-name.tsx'
import { Refusal } from '../say.tsx'
import type { Chosen } from './chosen.ts'

export interface Refused {
  refusal: BookingRefusal
  /** What to say instead of the usual reason. */
  reason?: string | undefined
}

interface RefusedBoxProps {
  copy: Copy
  content: DeskBookingContent
  chosen: Chosen
  /** Null when the page has only just been opened, and the time is taken already. */
  refused: Refused | null
}

/** Why nothing was booked, until when the time is taken and by what, and the nearest free times. It takes the focus. */
export function RefusedBox({ copy, content, chosen, refused }: RefusedBoxProps) {
  const words = copy.desk.book.refused
  const conflict = conflictFor(refused, content.time?.conflicts ?? [])
  if (!refused && !conflict) return null
  const reasonWith = (written?: Written) =>
    conflict ? whatIsThere(copy, conflict, written) : reasonOf(copy, refused)
  return (
    <Refusal
      title={
        conflict ? (
          <span data-i={titleOf(copy, conflict, chosen, initialed)}>{titleOf(copy, conflict, chosen)}</span>
        ) : (
          words.title
        )
      }
      reason={
        <>
          <span data-i={reasonWith(initialed)}>{reasonWith()}</span> {refused && words.nothingSaved}
        </>
      }
    >
      {(conflict || helpsToMove(refused)) && <Nearest copy={copy} content={content} chosen={chosen} />}
    </Refusal>
  )
}

/** Another time would not help against the others. */
const timely: BookingRefusal[] = ['slot_taken', 'patient_busy', 'resource_taken', 'outside_hours', 'off_grid']
const helpsToMove = (refused: Refused | null) =>
  refused !== null && (timely.includes(refused.refusal) || refused.refusal === 'in_the_past')

function conflictFor(refused: Refused | null, conflicts: Conflict[]): Conflict | undefined {
  if (!refused) return conflicts[0]
  if (refused.refusal === 'slot_taken') return conflicts.find(({ part }) => part === 'doctor')
  if (refused.refusal === 'patient_busy') return conflicts.find(({ part }) => part === 'patient')
}

/** How a name is to be read there. */
type Written = (name: string) => string
const inFull: Written = (name) => name

function titleOf(
  copy: Copy,
  { part, patient, untilLocal }: Conflict,
  { doctor }: Chosen,
  written = inFull,
): string {
  const words = copy.desk.book.refused
  const until = formatTime(untilLocal, copy.language)
  if (part === 'doctor') return words.takenUntil(doctor?.name ?? '', until)
  return words.busyUntil(written(shownName(copy, patient ?? '')), until)
}

/** Whose appointment is in the way. */
export function whatIsThere(copy: Copy, conflict: Conflict, written = inFull): string {
  const words = copy.desk.book.refused
  const { part, patient, visitType, startLocal, endLocal, doctor, isSession } = conflict
  const time = `${formatTime(startLocal, copy.language)}–${formatTime(endLocal, copy.language)}`
  if (part === 'patient') return words.busyWith(time, doctor)
  if (isSession) return words.takenByGroup(visitType ?? '', time)
  if (patient === null) return words.heldOnline(time)
  const name = written(shownName(copy, patient))
  return words.takenBy(visitType ? words.visitOf(name, visitType) : isolate(name), time)
}

function reasonOf(copy: Copy, refused: Refused | null): string {
  return refused?.reason ?? (refused ? copy.desk.book.refused.reasons[refused.refusal] : '')
}

function Nearest({ copy, content: { nearest, time }, chosen }: Omit<RefusedBoxProps, 'refused'>) {
  const words = copy.desk.book.refused
  const own = nearest.filter(({ doctor }) => doctor.id === chosen.doctor?.id)
  const others = nearest.filter(({ doctor }) => doctor.id !== chosen.doctor?.id)
  const day = time?.startLocal.slice(0, 10)
  if (nearest.length === 0)
    return (
      <p>
        {words.noneNear}{' '}
        {chosen.visitType && chosen.doctor && (
          <a
            href={paths.why({
              doctor_id: String(chosen.doctor.id),
              visit_type_id: String(chosen.visitType.id),
              on: day ?? '',
            })}
          >
            {words.why}
          </a>
        )}
      </p>
    )
  return (
    <>
      <p>{own.length > 0 ? words.nearest : words.noneNear}</p>
      <div class="slots">
        {own.map((slot, at) => (
          <InsteadButton
            slot={slot}
            isMain={at === 0}
            label={at === 0 ? words.bookAt(whenOf(copy, slot, day)) : whenOf(copy, slot, day)}
          />
        ))}
        {others.map((slot) => (
          <InsteadButton slot={slot} isBare label={words.with(whenOf(copy, slot, day), slot.doctor.name)} />
        ))}
      </div>
    </>
  )
}

interface InsteadButtonProps {
  slot: Slot
  label: string
  isMain?: boolean
  isBare?: boolean
}

function InsteadButton({ slot, label, isMain = false, isBare = false }: InsteadButtonProps) {
  const value = toSlotValue(slot.doctor.id, withOffset(slot.startLocal, slot.startAt))
  const look = isMain ? 'btn main' : isBare ? 'btn bare' : 'btn'
  return (
    <button class={look} type="submit" form="b" name="instead" value={value}>
      {label}
    </button>
  )
}

/** The time, with its day if that is another one. */
export function whenOf(copy: Copy, { startLocal, startAt, timeZone }: Slot, day: string | undefined): string {
  const time = formatTimeAt(startLocal, startAt, timeZone, copy.language)
  return startLocal.startsWith(day ?? '') ? time : `${formatDay(startLocal, copy.language)} ${time}`
}
