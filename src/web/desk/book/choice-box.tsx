import type { DeskBookingContent } from '../../../clinic/appointments/read-desk-booking.ts'
import type { Absence } from '../../../clinic/availability/look-at-time.ts'
import { cityOf, formatDay, formatTime } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { paths } from '../../paths.ts'
import { shownName } from '../../ui/patient-name.tsx'
import { initialsOf } from '../initials.ts'
import type { Chosen } from './chosen.ts'

interface ChoiceBoxProps {
  copy: Copy
  content: DeskBookingContent
  chosen: Chosen
  isDesk: boolean
}

/** What will be booked, and the button that books it. A script keeps it up to date. */
export function ChoiceBox({ copy, content, chosen, isDesk }: ChoiceBoxProps) {
  const words = copy.desk.book
  const { time, locations } = content
  const { doctor, visitType, minutes, patient } = chosen
  const place = locations.find(({ id }) => id === time?.locationId)
  const name = patient && shownName(copy, patient.name)
  return (
    <section class="box when" aria-label={words.yourChoice}>
      {time && (
        <p class="soft">
          {formatDay(time.startLocal, copy.language)} · {words.localTime(cityOf(time.timeZone))}
        </p>
      )}
      <Span copy={copy} content={content} chosen={chosen} />
      <dl class="facts">
        <dt>{words.patient}</dt>
        <dd id="chosen-patient" data-none={words.noPatient}>
          {name ? <bdi data-i={initialsOf(name)}>{name}</bdi> : words.noPatient}
        </dd>
        {doctor && (
          <>
            <dt>{words.doctor}</dt>
            <dd>
              <bdi>{doctor.name}</bdi>
            </dd>
          </>
        )}
        {place && (
          <>
            <dt>{words.place}</dt>
            <dd>{place.name}</dd>
          </>
        )}
        <dt>{words.type}</dt>
        <dd id="chosen-type" data-words={words.typeAndLength('{}', 0)}>
          {minutes
            ? words.typeAndLength(visitType?.name ?? words.noVisitType, minutes)
            : (visitType?.name ?? words.noVisitType)}
        </dd>
      </dl>
      <Notes {...{ copy, content, chosen, isDesk }} />
      <button class="btn main big" type="submit" id="book" name="book" value="yes">
        {words.submit}
      </button>
      <p class="hint">{words.told}</p>
      {isDesk && (
        <a class="btn bare flush" href={paths.newSeries(chosenFor(chosen))}>
          {words.series}
        </a>
      )}
    </section>
  )
}

function Span({ copy, content: { time }, chosen: { endLocal } }: Omit<ChoiceBoxProps, 'isDesk'>) {
  if (!time) return <p class="t">{copy.desk.book.noTime}</p>
  const [from, until] = [time.startLocal, endLocal].map((at) => at && formatTime(at, copy.language))
  return (
    <p class="t" id="chosen-time" data-start={time.startLocal}>
      {until ? `${from}–${until}` : from}
    </p>
  )
}

/** What else to know about the time: outside the hours, inside a block or a reserve. */
function Notes({ copy, content: { time }, chosen: { doctor }, isDesk }: ChoiceBoxProps) {
  if (!time) return null
  const words = copy.desk.book
  const isReserve = time.absences.some(({ kind }) => kind === 'reserve')
  return (
    <>
      {time.absences.map((absence) => (
        <p class="note">{absenceIn(copy, absence)}</p>
      ))}
      {isDesk && !time.isOpen && !isReserve && doctor && (
        <p class="note">{words.outsideHours(doctor.name)}</p>
      )}
    </>
  )
}

function absenceIn(copy: Copy, { kind, reason, untilLocal }: Absence): string {
  const words = copy.desk.book.absence
  const until = formatTime(untilLocal, copy.language)
  if (kind === 'away') return words.away(until)
  return kind === 'block'
    ? words.block(reason ?? words.blockName, until)
    : words.reserve(reason ?? words.reserveName, until)
}

/** By an address that names no one. */
function chosenFor({ patient, doctor, visitType }: Chosen): Record<string, string> {
  return {
    patient_id: String(patient?.id ?? ''),
    doctor_id: String(doctor?.id ?? ''),
    visit_type_id: String(visitType?.id ?? ''),
  }
}
