import type { Message } from '../../../clinic/messages/message.ts'
import type { DeskAppointmentContent } from '../../../clinic/messages/read-desk-appointment.ts'
import { formatInstant } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { isolate } from '../../../i18n/isolate.ts'
import { FormKey, newFormKey } from '../../form-key.tsx'
import { paths } from '../../paths.ts'
import { Naming } from '../hidden-name.tsx'
import type { Target } from './press-form.tsx'

type ToComeProps = Pick<DeskAppointmentContent, 'appointment' | 'thread'> & {
  copy: Copy
  target: Target
  /** Doctors see what will be sent, and stop nothing. */
  isDesk: boolean
}

/** What will be sent about the appointment, unless something changes. Nothing when nothing will be. */
export function ToCome({ copy, appointment, thread, target, isDesk }: ToComeProps) {
  const words = copy.messageList
  const { messages, reminders, waitsUntil } = thread
  const due = messages.filter(({ state }) => state === 'due')
  if (due.length === 0 && reminders.length === 0 && waitsUntil === null) return null
  const at = (instant: Date) => formatInstant(instant, copy.language, appointment.location.timeZone)
  return (
    <div class="to-come">
      <h3>{copy.desk.appointment.history.toCome}</h3>
      {waitsUntil && <p>{words.changeWaits(at(waitsUntil))}</p>}
      {due.map((message) => (
        <Due copy={copy} message={message} at={at} target={target} isDesk={isDesk} />
      ))}
      {reminders.map(({ daysBefore, dueAt }) => (
        <p>{words.reminderComes(daysBefore, at(dueAt))}</p>
      ))}
    </div>
  )
}

interface DueProps {
  copy: Copy
  message: Message
  at: (instant: Date) => string
  target: Target
  isDesk: boolean
}

function Due({ copy, message: { id, kind, recipient, tryAt, dueAt }, at, target, isDesk }: DueProps) {
  const words = copy.messageList
  const what = <Naming name={recipient.name} say={(name) => `${words.kinds[kind]}, ${isolate(name)}`} />
  return (
    <form method="post" action={paths.messageStop(id)} class="btns">
      <FormKey value={newFormKey()} />
      <input type="hidden" name="return_to" value={paths.deskAppointment(target.id)} />
      <span>
        {what}: {words.willGoOut(at(tryAt ?? dueAt))}
      </span>
      {isDesk && (
        <button class="btn" type="submit">
          {words.stop}
          <span class="aloud">: {what}</span>
        </button>
      )}
    </form>
  )
}
