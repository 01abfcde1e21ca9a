import type { MovePageContent } from '../../../clinic/appointments/read-move-page.ts'
import type { Slot } from '../../../clinic/availability/find-open-slots.ts'
import { formatDay, formatTime } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { isolate } from '../../../i18n/isolate.ts'
import { FormKey } from '../../form-key.tsx'
import type { Frame } from '../../frame.ts'
import { paths } from '../../paths.ts'
import { addDays } from '../../read-finder.ts'
import { shownName } from '../../ui/patient-name.tsx'
import { DeskLayout } from '../desk-layout.tsx'
import { initialed, Naming } from '../hidden-name.tsx'
import { Icon } from '../icons.tsx'
import { MoveGrid } from './move-grid.tsx'
import { MoveRefused, type RefusedMove, SlotButton } from './move-refused.tsx'

interface MovePageProps {
  frame: Frame
  content: MovePageContent
  formKey: string
  /** Where to go when it stays, and afterwards. */
  dayPath: string
  returnTo: string
  reason: string
  refused?: RefusedMove | undefined
}

/** An appointment that is being moved, on the day of all doctors to whom it can go. */
export function MovePage(props: MovePageProps) {
  const { frame, content, formKey, dayPath, returnTo, refused } = props
  const { copy } = frame
  const words = copy.desk.move
  const { appointment, locations, locationId, nearest, on } = content
  const { id, version, patient, startLocal } = appointment
  const name = patient ? shownName(copy, patient.name) : words.nobody
  const shown = locations.find((one) => one.id === locationId)
  const time = formatTime(startLocal, copy.language)
  const heading = words.title(frame.hidesNames ? initialed(name) : name)
  return (
    <DeskLayout
      frame={frame}
      tab="day"
      title={refused ? words.refused.documentTitle + heading : heading}
      place={shown ? { shown, all: locations } : null}
    >
      <div class="in-move">
        <div class="moving">
          <div>
            <h1>
              <Naming name={name} say={words.title} />
            </h1>
            <p>{describe(copy, content)}</p>
          </div>
          <Dates copy={copy} content={content} returnTo={returnTo} />
          <a class="btn" href={dayPath} data-key="Escape">
            {words.keep(time)} <kbd>Esc</kbd>
          </a>
        </div>
        <div class="page flat">
          {refused && <MoveRefused {...{ copy, content, refused }} />}
          <section class="box near" aria-labelledby="near-title">
            <h2 id="near-title">{words.nearest}</h2>
            {nearest.length === 0 ? (
              <p>{words.noneNear}</p>
            ) : (
              <div class="slots">
                {nearest.toSorted(byStart).map((slot) => (
                  <SlotButton copy={copy} slot={slot} day={on} />
                ))}
              </div>
            )}
          </section>
        </div>
        <form method="post" class="desk solo" id="m" action={paths.deskMove(id)}>
          <FormKey value={formKey} />
          <input type="hidden" name="version" value={version} />
          <input type="hidden" name="on" value={on} />
          <input type="hidden" name="location" value={locationId} />
          <input type="hidden" name="return_to" value={returnTo} />
          <MoveGrid copy={copy} content={content} />
        </form>
        <AnyTime {...props} />
        <Keys copy={copy} />
      </div>
    </DeskLayout>
  )
}

const byStart = (a: Slot, b: Slot) => a.startAt.getTime() - b.startAt.getTime()

function describe(copy: Copy, { appointment }: MovePageContent): string {
  const words = copy.desk.move
  const { startAt, endAt, startLocal, visitType, doctor } = appointment
  const minutes = Math.round((endAt.getTime() - startAt.getTime()) / 60_000)
  const when = `${formatDay(startLocal, copy.language)}, ${formatTime(startLocal, copy.language)}`
  return `${words.what(visitType?.name ?? null, minutes)} · ${words.now(when, doctor.name)}`
}

function Dates({ copy, content, returnTo }: { copy: Copy; content: MovePageContent; returnTo: string }) {
  const words = copy.desk.move
  const { on, locationId, appointment } = content
  const to = (fields: Record<string, string>) =>
    paths.deskMove(appointment.id, { location: String(locationId), return_to: returnTo, ...fields })
  return (
    <>
      <nav class="seg push" aria-label={words.date}>
        <a href={to({ on: addDays(on, -1) })} data-key="[">
          <Icon name="previous" />
          <span class="vh">{words.previousDay}</span>
        </a>
        <a href={to({ on })} aria-current="date">
          {formatDay(`${on}T00:00`, copy.language)}
        </a>
        <a href={to({ on: addDays(on, 1) })} data-key="]">
          <Icon name="next" />
          <span class="vh">{words.nextDay}</span>
        </a>
      </nav>
      <a class="btn" href={to({ after: on })} data-key="n">
        {words.nextFreeDay}
      </a>
    </>
  )
}

/** Any minute of any day; outside the hours with a reason. */
function AnyTime({ frame: { copy }, content, returnTo, formKey, reason, refused }: MovePageProps) {
  const words = copy.desk.move
  const { appointment, doctors, refusedTime, locationId, on } = content
  const needsReason = refused?.refusal === 'outside_hours' || refused?.refusal === 'beyond_horizon'
  const doctorId = refused?.wanted?.doctorId ?? appointment.doctor.id
  return (
    <div class="page flat">
      <details class="drop" open={needsReason || reason !== ''}>
        <summary class="btn bare flush">{words.anyTime}</summary>
        <form method="post" action={paths.deskMove(appointment.id)}>
          <FormKey value={formKey} />
          <input type="hidden" name="version" value={appointment.version} />
          <input type="hidden" name="on" value={on} />
          <input type="hidden" name="location" value={locationId} />
          <input type="hidden" name="return_to" value={returnTo} />
          <div class="line">
            <div class="field">
              <label for="doctor_id">{words.doctor}</label>
              <select id="doctor_id" name="doctor_id">
                {doctors.map(({ id, name }) => (
                  <option value={id} selected={id === doctorId}>
                    {isolate(name)}
                  </option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="start_at">{words.start}</label>
              <input
                id="start_at"
                name="start_at"
                type="datetime-local"
                required
                value={refusedTime?.startLocal ?? appointment.startLocal}
              />
            </div>
            <div class="field">
              <label for="override_reason">{words.reason}</label>
              <input
                type="text"
                id="override_reason"
                name="override_reason"
                autocomplete="off"
                maxlength={500}
                value={reason}
                aria-describedby="override_reason-hint"
              />
              <small id="override_reason-hint">{words.reasonHint}</small>
            </div>
          </div>
          <div class="btns">
            <button class="btn main" type="submit">
              {words.submit}
            </button>
          </div>
        </form>
      </details>
    </div>
  )
}

function Keys({ copy }: { copy: Copy }) {
  const words = copy.desk.move
  return (
    <ul class="legend" aria-label={words.keys}>
      <li>
        <kbd>↑</kbd> <kbd>↓</kbd> {words.keyTimes}
      </li>
      <li>
        <kbd>←</kbd> <kbd>→</kbd> {words.keyDoctors}
      </li>
      <li>
        <kbd>Enter</kbd> {words.keyEnter}
      </li>
      <li>
        <kbd>N</kbd> {words.keyDay}
      </li>
      <li>
        <kbd>Esc</kbd> {words.keyKeep}
      </li>
    </ul>
  )
}
