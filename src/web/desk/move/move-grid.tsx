import type { DoctorToMoveTo, MovePageContent } from '../../../clinic/appointments/read-move-page.ts'
import { toSlotValue } from '../../../http/slot-value.ts'
import { cityOf, formatDay, formatTime } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { paths } from '../../paths.ts'
import { shownName } from '../../ui/patient-name.tsx'
import { initialsOf } from '../initials.ts'
import { clockOf, type Frame, frameOf, type Piece, piecesOf, tracksOf } from './day-grid.ts'

interface MoveGridProps {
  copy: Copy
  content: MovePageContent
}

/** One day of all doctors to whom it can go. Each place where it fits whole is a button of the form around. */
export function MoveGrid({ copy, content }: MoveGridProps) {
  const words = copy.desk.move
  const { doctors, on, appointment } = content
  const frame = frameOf(doctors)
  if (doctors.length === 0) return <p class="box">{words.noDoctors}</p>
  return (
    <section
      class="cal"
      id="day"
      tabindex={0}
      aria-label={words.dayByDoctor(formatDay(`${on}T00:00`, copy.language))}
    >
      <div class="times" aria-hidden="true">
        <div class="head">{words.localTime(cityOf(appointment.location.timeZone))}</div>
        <ol class="track">
          {halfHours(frame).map((minute) => (
            <li
              class={`${tracksOf({ from: minute, until: minute + 30 }, frame)}${minute % 60 === 0 ? ' h' : ''}`}
            >
              {formatTime(clockOf(on, minute), copy.language)}
            </li>
          ))}
        </ol>
      </div>
      {doctors.map((doctor) => (
        <Column copy={copy} content={content} doctor={doctor} frame={frame} />
      ))}
    </section>
  )
}

const halfHours = ({ from, until }: Frame) =>
  Array.from({ length: (until - from) / 30 }, (_, at) => from + at * 30)

interface ColumnProps extends MoveGridProps {
  doctor: DoctorToMoveTo
  frame: Frame
}

function Column(props: ColumnProps) {
  const { doctor, frame } = props
  const pieces = piecesOf(doctor, frame)
  return (
    <section class="col" aria-labelledby={`d-${doctor.id}`}>
      <div class="head">
        <span class="ini" aria-hidden="true">
          {initialsOf(doctor.name)}
        </span>
        <div>
          <h2 id={`d-${doctor.id}`}>
            <bdi>{doctor.name}</bdi>
          </h2>
        </div>
      </div>
      <ol class="track">
        {pieces.map((piece) => (
          <PieceItem {...props} piece={piece} />
        ))}
      </ol>
    </section>
  )
}

function PieceItem({ copy, content, doctor, frame, piece }: ColumnProps & { piece: Piece }) {
  const words = copy.desk.move
  const at = (minute: number) => formatTime(clockOf(content.on, minute), copy.language)
  const tracks = tracksOf(piece, frame)
  switch (piece.kind) {
    case 'closed': {
      const label =
        piece.until === frame.until
          ? piece.from === frame.from
            ? words.closed
            : words.closedFrom(at(piece.from))
          : words.closedUntil(at(piece.until))
      return (
        <li class={`closed ${tracks}`}>
          <span>{label}</span>
        </li>
      )
    }
    case 'short':
      return (
        <li class={`short ${tracks}`}>
          {at(piece.from)} · {words.only(piece.until - piece.from)}
        </li>
      )
    case 'fits': {
      const local = clockOf(content.on, piece.from)
      return (
        <li class={`to ${tracks}`}>
          <button
            type="submit"
            name="slot"
            value={toSlotValue(doctor.id, local)}
            data-start={local}
            data-doctor={doctor.id}
          >
            {at(piece.from)}
            <span class="on"> · {words.moveHere}</span>
            <span class="vh"> {words.withDoctor(doctor.name)}</span>
          </button>
        </li>
      )
    }
    default:
      return <Taken {...{ copy, content, piece, tracks }} at={at} />
  }
}

interface TakenProps extends MoveGridProps {
  piece: Extract<Piece, { kind: 'taken' }>
  tracks: string
  at: (minute: number) => string
}

/** What stands there already, and where the appointment itself is now. */
function Taken({ copy, content, piece: { taken }, tracks, at }: TakenProps) {
  const words = copy.desk.move
  const isMoved = taken.appointmentId === content.appointment.id
  const name = taken.patient === null ? null : shownName(copy, taken.patient)
  return (
    <li
      class={`appt is-${taken.status === 'pending' ? 'pending' : 'booked'} ${tracks}${isMoved ? ' from' : ''}`}
    >
      <a class="name" href={paths.deskAppointment(taken.appointmentId)}>
        {name ? <bdi data-i={initialsOf(name)}>{name}</bdi> : (taken.visitType ?? words.held)}
      </a>
      <span class="ty">
        <span class="vh">
          {at(taken.starts)}–{at(taken.ends)},{' '}
        </span>
        {isMoved ? words.fromHere : taken.visitType}
      </span>
    </li>
  )
}
