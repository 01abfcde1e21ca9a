import type { DeskBookingContent } from '../../../clinic/appointments/read-desk-booking.ts'
import { cityOf, formatTime } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { isolate } from '../../../i18n/isolate.ts'
import { paths } from '../../paths.ts'
import { describeControl } from '../../ui/field.tsx'
import type { Chosen } from './chosen.ts'
import { type BookingFaults, type BookingField, type BookingValues, later } from './values.ts'

interface VisitPartProps {
  copy: Copy
  content: DeskBookingContent
  chosen: Chosen
  values: BookingValues
  faults: BookingFaults
  /** Whether the time was refused unless there is a reason. */
  needsReason: boolean
  isDesk: boolean
}

const lengths = [5, 10, 15, 20, 30, 40, 45, 60, 90, 120]

/** What it is for, how long it takes, and where. */
export function VisitPart(props: VisitPartProps) {
  const { copy, content, chosen, values, isDesk } = props
  const words = copy.desk.book
  const { visitType } = chosen
  return (
    <fieldset class="box" id="visit">
      <legend>{words.visitType}</legend>
      <div class="opts found">
        {chosen.visitTypes.map((type) => (
          <label>
            <input
              type="radio"
              name="visit_type_id"
              value={type.id}
              checked={type.id === visitType?.id}
              data-minutes={type.minutes}
              data-name={type.name}
            />
            <span>
              <b>
                <bdi>{type.name}</bdi>
              </b>
              <small>{describe(copy, content, type.minutes)}</small>
            </span>
          </label>
        ))}
        {isDesk && <OtherType copy={copy} isChosen={!visitType} />}
      </div>
      {isDesk && (
        <div class="line">
          <LengthField {...props} />
          <ResourceField {...props} />
        </div>
      )}
      <div class="field">
        <label for="reason">{words.reason}</label>
        <input
          type="text"
          id="reason"
          name="reason"
          value={values.reason}
          autocomplete="off"
          maxlength={500}
        />
      </div>
      {isDesk && <Override {...props} />}
      <Where {...props} />
    </fieldset>
  )
}

function OtherType({ copy, isChosen }: { copy: Copy; isChosen: boolean }) {
  const words = copy.desk.book
  return (
    <label>
      <input
        type="radio"
        name="visit_type_id"
        value="none"
        checked={isChosen}
        data-name={words.noVisitType}
      />
      <span>
        <b>{words.noVisitType}</b>
        <small>{words.noVisitTypeHint}</small>
      </span>
    </label>
  )
}

function LengthField({ copy, chosen: { visitType, minutes }, values }: VisitPartProps) {
  const words = copy.desk.book
  const isOther = minutes !== undefined && !lengths.includes(minutes) && values.minutes !== ''
  return (
    <div class="field">
      <label for="minutes">{words.length}</label>
      <select id="minutes" name="minutes" aria-describedby="minutes-hint">
        <option value="" data-usual={words.usualMinutes(0)} data-none={words.usual}>
          {visitType ? words.usualMinutes(visitType.minutes) : words.usual}
        </option>
        {(isOther ? [...lengths, minutes] : lengths).map((length) => (
          <option value={length} selected={String(length) === values.minutes}>
            {words.minutes(length)}
          </option>
        ))}
      </select>
      <small id="minutes-hint">{words.otherLength}</small>
    </div>
  )
}

/** `30 min · ends 11:45`, and whether that is longer than the doctor is free. */
function describe(copy: Copy, { time }: DeskBookingContent, minutes: number): string {
  const words = copy.desk.book
  const length = words.typeOf(minutes)
  if (!time) return length
  const end = later(time.startLocal, minutes)
  const { freeUntilLocal: until } = time
  const isTooLong = until !== null && end > until
  const then = isTooLong ? words.freeUntil(formatTime(until, copy.language)) : null
  return [length, words.ends(formatTime(end, copy.language)), then].filter(Boolean).join(' · ')
}

function ResourceField({ copy, content, values }: VisitPartProps) {
  const words = copy.desk.book
  const place = content.time?.locationId
  const there = content.resources.filter(({ locationId }) => !place || locationId === place)
  if (there.length === 0) return null
  return (
    <div class="field">
      <label for="resource_id">{words.room}</label>
      <select id="resource_id" name="resource_id">
        <option value="">{words.anyRoom}</option>
        {there.map(({ id, name }) => (
          <option value={id} selected={String(id) === values.resource_id}>
            {isolate(name)}
          </option>
        ))}
      </select>
    </div>
  )
}

function Override({ copy, values, faults, needsReason, content }: VisitPartProps) {
  const words = copy.desk.book
  const isOpen = needsReason || values.override_reason !== '' || content.time?.isOpen === false
  const fault = faults.override_reason
  const problem = fault && copy.faults[fault]
  return (
    <details class="drop" open={isOpen}>
      <summary class="btn bare flush">{words.override}</summary>
      <div class="field">
        <label for="override_reason">{words.overrideReason}</label>
        <input
          type="text"
          id="override_reason"
          name="override_reason"
          value={values.override_reason}
          autocomplete="off"
          maxlength={500}
          {...describeControl({
            name: 'override_reason',
            hint: words.overrideHint,
            problem,
            leavesFocus: true,
          })}
        />
        <small id="override_reason-hint">{words.overrideHint}</small>
        {problem && (
          <p class="problem" id="override_reason-problem">
            {problem}
          </p>
        )}
      </div>
    </details>
  )
}

/** The doctor and the time, which a free minute has chosen already. */
function Where({ copy, content, chosen, values, faults }: VisitPartProps) {
  const words = copy.desk.book
  const isKnown = chosen.doctor !== undefined && content.time !== null
  const zone = content.time?.timeZone ?? chosen.doctor?.locations[0]?.timeZone
  const problemOf = (name: BookingField) => {
    const fault = faults[name]
    return fault && copy.faults[fault]
  }
  const describing = (name: BookingField) =>
    describeControl({ name, problem: problemOf(name), leavesFocus: true })
  const problem = (name: BookingField) =>
    problemOf(name) && (
      <p class="problem" id={`${name}-problem`}>
        {problemOf(name)}
      </p>
    )
  return (
    <details class="drop" open={!isKnown}>
      <summary class="btn bare flush">{isKnown ? words.changeWhere : words.where}</summary>
      <div class="stack">
        <div class="line">
          <div class="field">
            <label for="doctor_id">{words.doctor}</label>
            <select id="doctor_id" name="doctor_id" {...describing('doctor_id')}>
              <option value="">{words.chooseDoctor}</option>
              {content.doctors.map(({ id, name }) => (
                <option value={id} selected={String(id) === values.doctor_id}>
                  {isolate(name)}
                </option>
              ))}
            </select>
            {problem('doctor_id')}
          </div>
          <div class="field">
            <label for="start_at">{words.start}</label>
            <input
              id="start_at"
              name="start_at"
              type="datetime-local"
              value={content.time?.startLocal ?? values.start_at.slice(0, 16)}
              {...describing('start_at')}
            />
            {zone && <small>{words.localTime(cityOf(zone))}</small>}
            {problem('start_at')}
          </div>
        </div>
        <div class="btns">
          <button class="btn" type="submit" formaction={paths.deskBookingSearch()} formnovalidate>
            {words.show}
          </button>
        </div>
      </div>
    </details>
  )
}
