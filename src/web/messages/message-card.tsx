import type { AboutAppointment, Message } from '../../clinic/messages/message.ts'
import { formatDay, formatInstant, formatTime } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { FormKey } from '../form-key.tsx'
import { paths } from '../paths.ts'
import { shownName } from '../ui/patient-name.tsx'

interface MessageCardProps {
  copy: Copy
  message: Message
  /** Where its buttons lead back to; null for those who may not use them. */
  returnTo: string | null
  newKey: () => string
}

/** One message: when, to whom, what, about which appointments, how, what became of it and why. */
export function MessageCard({ copy, message, returnTo, newKey }: MessageCardProps) {
  const words = copy.messageList
  const { recipient, channel, address, appointments, reason } = message
  return (
    <li class={`one-message ${message.state}`}>
      <p class="what">
        <strong>{words.kinds[message.kind]}</strong>
        {message.daysBefore !== null && <> · {words.daysBefore(message.daysBefore)}</>}
        {' · '}
        <bdi>{shownName(copy, recipient.name)}</bdi>
      </p>
      <State copy={copy} message={message} />
      <p class="hint">
        <When copy={copy} message={message} />
        {channel && <> · {words.channels[channel]}</>}
        {address && (
          <>
            {' · '}
            <bdi>{address}</bdi>
          </>
        )}
      </p>
      {reason && <p>{words.reasons[reason] ?? reason}</p>}
      {appointments.length > 0 && (
        <ul>
          {appointments.map((one) => (
            <li>
              <AppointmentLink copy={copy} appointment={one} />
            </li>
          ))}
        </ul>
      )}
      {returnTo !== null && <Buttons copy={copy} message={message} returnTo={returnTo} newKey={newKey} />}
    </li>
  )
}

const symbols = { due: '◷', sending: '…', sent: '✓', failed: '✕', skipped: '–' }

/** Symbol, word and colour. */
function State({ copy, message: { state, deliveredAt } }: { copy: Copy; message: Message }) {
  const words = copy.messageList
  return (
    <span class="state">
      <span aria-hidden="true">{deliveredAt ? '✓✓' : symbols[state]}</span>{' '}
      {deliveredAt ? words.delivered : words.states[state]}
    </span>
  )
}

function When({ copy, message }: { copy: Copy; message: Message }) {
  const words = copy.messageList
  const { sentAt, tryAt, dueAt, appointments } = message
  const at = sentAt ?? tryAt ?? dueAt
  const shown = formatInstant(at, copy.language, appointments[0]?.timeZone)
  return (
    <time datetime={at.toISOString()}>
      {tryAt ? words.willGoOut(shown) : sentAt ? shown : words.wasDue(shown)}
    </time>
  )
}

function AppointmentLink({ copy, appointment }: { copy: Copy; appointment: AboutAppointment }) {
  const { startLocal, doctorName, patientName } = appointment
  return (
    <a href={paths.deskAppointment(appointment.id)}>
      {formatDay(startLocal, copy.language)}, {formatTime(startLocal, copy.language)}
      {' · '}
      <bdi>{doctorName}</bdi>
      {patientName && (
        <>
          {' · '}
          <bdi>{shownName(copy, patientName)}</bdi>
        </>
      )}
    </a>
  )
}

function Buttons({ copy, message, returnTo, newKey }: MessageCardProps) {
  const words = copy.messageList
  const { id, state } = message
  if (state === 'sending') return null
  const stops = state === 'due'
  return (
    <form method="post" action={stops ? paths.messageStop(id) : paths.messageResend(id)}>
      <FormKey value={newKey()} />
      <input type="hidden" name="return_to" value={returnTo ?? ''} />
      <button class="quiet" type="submit">
        {stops ? words.stop : words.resend}
        <span class="aloud">
          : {words.kinds[message.kind]}, <bdi>{shownName(copy, message.recipient.name)}</bdi>
        </span>
      </button>
    </form>
  )
}
