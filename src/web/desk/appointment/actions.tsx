import type { Appointment } from '../../../clinic/appointments/find.ts'
import type { Message } from '../../../clinic/messages/message.ts'
import type { DeskAppointmentContent } from '../../../clinic/messages/read-desk-appointment.ts'
import { formatLately } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { isolate } from '../../../i18n/isolate.ts'
import { paths } from '../../paths.ts'
import { describeControl } from '../../ui/field.tsx'
import { initialed } from '../hidden-name.tsx'
import { Icon } from '../icons.tsx'
import { Cancel, Decline } from './call-off.tsx'
import { localMinute } from './local-minute.ts'
import { addressOf, DeskForm, PressButton, type Target } from './press-form.tsx'
import { type Press, pressesFor, type Said } from './said.ts'
import { VisitType } from './visit-type.tsx'

interface ActionsProps
  extends Pick<
    DeskAppointmentContent,
    'appointment' | 'isToday' | 'undo' | 'thread' | 'patient' | 'otherTypes'
  > {
  copy: Copy
  now: Date
  target: Target
  isDesk: boolean
  /** Options of a list cannot be hidden by style. */
  hidesNames: boolean
  said: Said
}

const simple: Press[] = ['arrival', 'start', 'completion', 'no-show', 'undo', 'confirmation']

/** Everything that can be done with it now, what comes next first. */
export function Actions(props: ActionsProps) {
  const { copy, appointment, target, isDesk, said } = props
  const words = copy.desk.appointment.actions
  const presses = pressesFor(appointment, props)
  const isOpen = appointment.status === 'booked' || appointment.awaitsApproval
  return (
    <div class="btns">
      {presses
        .filter((press) => simple.includes(press))
        .map((press, at) => (
          <PressButton copy={copy} press={press} target={target} isMain={at === 0 && press !== 'undo'} />
        ))}
      {isDesk && isOpen && appointment.sessionId === null && appointment.capacity === null && (
        <a class="btn" href={paths.deskMove(appointment.id, { return_to: target.returnTo })} data-key="m">
          {words.reschedule}
        </a>
      )}
      {appointment.patient && (
        <a class="btn" href={paths.deskLabel(appointment.id)} data-key="P">
          <Icon name="print" /> {words.label}
        </a>
      )}
      <Note copy={copy} target={target} appointment={appointment} problem={said.problems?.note} />
      {isDesk && <Messages {...props} />}
      {presses.includes('decline') && (
        <Decline copy={copy} target={target} problem={said.problems?.decline} />
      )}
      {isDesk && isOpen && <VisitType {...props} />}
      {isDesk && presses.includes('cancellation') && (
        <Cancel copy={copy} target={target} problem={said.problems?.cancellation} />
      )}
      {isDesk && appointment.patient && appointment.status !== 'pending' && (
        <a class="btn bare" href={paths.reassignment(appointment.id)}>
          {words.reassign}
        </a>
      )}
      {isInCalendars(appointment) && (
        <a class="btn bare" href={paths.calendar(appointment.id)}>
          {appointment.status === 'booked'
            ? copy.confirmation.calendarForStaff
            : copy.confirmation.removeForStaff}
        </a>
      )}
    </div>
  )
}

/** What is booked, and what was until it was cancelled: neither a released hold nor a declined request. */
const isInCalendars = ({ status, holdExpiresAt, declineReason }: Appointment) =>
  status === 'booked' || (status === 'cancelled' && holdExpiresAt === null && declineReason === null)

function Note({
  copy,
  target,
  appointment,
  problem,
}: {
  copy: Copy
  target: Target
  appointment: Appointment
  problem?: string | undefined
}) {
  const words = copy.desk.appointment.note
  return (
    <details class="drop" open={problem !== undefined}>
      <summary class="btn">{copy.desk.appointment.actions.note}</summary>
      <DeskForm action={addressOf('note', target.id)} target={target}>
        <div class="field">
          <label for="note">{words.label}</label>
          <input
            type="text"
            id="note"
            name="note"
            maxlength={500}
            value={appointment.note ?? ''}
            autocomplete="off"
            {...describeControl({ name: 'note', hint: words.hint, problem })}
          />
          <small id="note-hint">{words.hint}</small>
          {problem && (
            <p class="problem" id="note-problem">
              {problem}
            </p>
          )}
        </div>
        <div class="btns">
          <button class="btn main" type="submit">
            {words.save}
          </button>
        </div>
      </DeskForm>
    </details>
  )
}

/** Sends again what was sent, and opens the clinic's own mail, WhatsApp or telephone for anything else. */
function Messages({ copy, target, thread, appointment, patient, said, hidesNames }: ActionsProps) {
  const words = copy.desk.appointment.message
  const problem = said.problems?.message
  const own = thread.messages.filter(
    ({ recipient, state }) => recipient.kind !== 'location' && state !== 'due' && state !== 'sending',
  )
  return (
    <details class="drop" id="message" data-key="r" open={problem !== undefined}>
      <summary class="btn">{copy.desk.appointment.actions.message}</summary>
      <div class="held">
        {own.length === 0 ? (
          <p class="hint">{words.none}</p>
        ) : (
          <DeskForm action={paths.deskMessage(target.id)} target={target}>
            <div class="field">
              <label for="message_id">{words.choose}</label>
              <select id="message_id" name="message_id" {...describeControl({ name: 'message_id', problem })}>
                {own.toReversed().map((message) => (
                  <option value={String(message.id)}>
                    {optionOf(copy, message, appointment, hidesNames)}
                  </option>
                ))}
              </select>
              {problem && (
                <p class="problem" id="message_id-problem">
                  {problem}
                </p>
              )}
            </div>
            <div class="btns">
              <button class="btn main" type="submit">
                {words.again}
              </button>
            </div>
          </DeskForm>
        )}
        {patient && (patient.phone || patient.email) && (
          <>
            <p class="hint">{words.writeOwn}</p>
            <div class="btns">
              {patient.phone && (
                <a class="btn" href={`https://wa.me/${patient.phone.replace(/\D/g, '')}`} rel="noreferrer">
                  {words.by.whatsapp}
                </a>
              )}
              {patient.phone && (
                <a class="btn" href={`tel:${patient.phone}`}>
                  {words.by.phone}
                </a>
              )}
              {patient.email && (
                <a class="btn" href={`mailto:${patient.email}`}>
                  {words.by.email}
                </a>
              )}
            </div>
          </>
        )}
      </div>
    </details>
  )
}

function optionOf(
  copy: Copy,
  { kind, state, sentAt, dueAt, recipient }: Message,
  { location }: Appointment,
  hidesNames: boolean,
) {
  const name = hidesNames ? initialed(recipient.name) : recipient.name
  const words = copy.messageList
  const local = localMinute(sentAt ?? dueAt, location.timeZone)
  const when = formatLately(local, '9999-01-01T00:00', copy.language)
  return `${words.kinds[kind]}, ${isolate(name)} (${words.states[state].toLowerCase()}, ${when})`
}
