import type { MessageThread } from '../../clinic/messages/thread.ts'
import { formatInstant } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { newFormKey } from '../form-key.tsx'
import { MessageCard } from './message-card.tsx'

interface ThreadSectionProps {
  copy: Copy
  thread: MessageThread
  timeZone: string
  /** The page's own address, for those who may send messages again or stop them. */
  returnTo: string | null
}

/** On the page of an appointment: what was sent about it, newest last, and what will be. */
export function ThreadSection({ copy, thread, timeZone, returnTo }: ThreadSectionProps) {
  const words = copy.messageList
  const { messages, reminders, waitsUntil } = thread
  const at = (instant: Date) => formatInstant(instant, copy.language, timeZone)
  const isEmpty = messages.length === 0 && reminders.length === 0 && waitsUntil === null
  return (
    <section class="card" aria-labelledby="messages-title">
      <h2 id="messages-title">{words.thread}</h2>
      {isEmpty && <p class="empty">{words.nothingSent}</p>}
      {messages.length > 0 && (
        <ul class="messages">
          {messages.map((message) => (
            <MessageCard copy={copy} message={message} returnTo={returnTo} newKey={newFormKey} isInThread />
          ))}
        </ul>
      )}
      {waitsUntil && <p class="hint">{words.changeWaits(at(waitsUntil))}</p>}
      {reminders.map(({ daysBefore, dueAt }) => (
        <p class="hint">{words.reminderComes(daysBefore, at(dueAt))}</p>
      ))}
    </section>
  )
}
