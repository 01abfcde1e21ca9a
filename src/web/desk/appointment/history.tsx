import type { Message } from '../../../clinic/messages/message.ts'
import type { DeskAppointmentContent, HistoryEvent } from '../../../clinic/messages/read-desk-appointment.ts'
import { formatLately } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { isolate } from '../../../i18n/isolate.ts'
import { initialed } from '../hidden-name.tsx'
import { eventWords, reasonWords, whoDid, withInitials } from './event-words.ts'
import { localMinute } from './local-minute.ts'
import type { Target } from './press-form.tsx'
import { ToCome } from './to-come.tsx'

type Shown = Pick<DeskAppointmentContent, 'history' | 'thread' | 'nowLocal' | 'appointment'>

type HistoryProps = Shown & { copy: Copy; target: Target; isDesk: boolean }

interface Line {
  atLocal: string
  text: Hideable
  about: Hideable
}

/** As it is, and as it reads while names are hidden. */
type Hideable = [shown: string, hidden: string]

/** All that happened and what was sent about it, the latest first. */
export function History({ copy, target, isDesk, ...shown }: HistoryProps) {
  const { history, thread, nowLocal, appointment } = shown
  const undone = new Set(history.flatMap(({ undoes }) => (undoes === null ? [] : [undoes])))
  const { timeZone } = appointment.location
  const lines = [
    ...thread.messages
      .filter(({ state }) => state !== 'due')
      .toReversed()
      .map((message) => sentLine(copy, message, timeZone)),
    ...history.toReversed().map((event) => lineOf(copy, event, undone.has(event.number))),
  ].sort((one, other) => other.atLocal.localeCompare(one.atLocal))
  return (
    <section class="box" aria-labelledby="history-title">
      <h2 id="history-title">{copy.desk.appointment.history.title}</h2>
      <ToCome copy={copy} {...{ appointment, thread, target, isDesk }} />
      <ol class="log">
        {lines.map(({ atLocal, text, about }) => (
          <li>
            <time datetime={atLocal}>{formatLately(atLocal, nowLocal, copy.language)}</time>
            <div>
              <span data-i={hidden(text)}>{text[0]}</span>
              <p data-i={hidden(about)}>{about[0]}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

const hidden = ([shown, instead]: Hideable) => (shown === instead ? undefined : instead)

function lineOf(copy: Copy, event: HistoryEvent, isUndone: boolean): Line {
  const words = copy.desk.appointment.history
  const reason = reasonWords(copy, event)
  const about = [
    whoDid(copy, event),
    ...(reason ? [reason] : []),
    ...(event.kind === 'appointment.declined' ? [words.patientReads] : []),
    ...(isUndone ? [words.undone] : []),
  ]
  const said = about.join(' · ')
  const text: Hideable = [eventWords(copy, event), eventWords(copy, withInitials(event))]
  return { atLocal: event.atLocal, text, about: [said, said] }
}

function sentLine(copy: Copy, message: Message, timeZone: string): Line {
  const words = copy.messageList
  const { kind, state, deliveredAt, sentAt, dueAt, channel, address, reason } = message
  const became = deliveredAt ? words.delivered : words.states[state]
  const about = (to: string) =>
    [
      ...(channel ? [words.channels[channel]] : []),
      to,
      ...(reason ? [words.reasons[reason] ?? reason] : []),
    ].join(' · ')
  const { name } = message.recipient
  const text = copy.desk.appointment.history.messageTo(words.kinds[kind], became.toLowerCase())
  return {
    atLocal: localMinute(deliveredAt ?? sentAt ?? dueAt, timeZone),
    text: [text, text],
    about: [about(address ?? isolate(name)), about(isolate(initialed(name)))],
  }
}
