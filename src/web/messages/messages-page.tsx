import { channelNames } from '../../channels/channel.ts'
import { messageKinds } from '../../clinic/messages/content.ts'
import type { MessageKey } from '../../clinic/messages/find.ts'
import type { Message, MessageState } from '../../clinic/messages/message.ts'
import type { MessagesToday } from '../../clinic/messages/read-messages-page.ts'
import type { FoundPatients } from '../../clinic/patients/search.ts'
import type { Fault } from '../../clinic/refusals.ts'
import type { Copy } from '../../i18n/en.ts'
import { formatMoney } from '../../i18n/numbers.ts'
import { newFormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { writeKey } from '../page-key.ts'
import { paths } from '../paths.ts'
import { FindForm, FoundList } from '../patients/find-form.tsx'
import { DateField, SelectField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { shownName } from '../ui/patient-name.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { MessageCard } from './message-card.tsx'

export const tabs = ['due', 'sent', 'failed', 'skipped'] as const satisfies MessageState[]

export type MessageFilters = Record<'state' | 'kind' | 'channel' | 'on' | 'patient_id', string>

interface MessagesPageProps {
  frame: Frame
  messages: Message[]
  next: MessageKey | null
  today: MessagesToday
  filters: MessageFilters
  faults: { [Name in 'kind' | 'channel' | 'on']?: Fault }
  /** Why a message was not sent again or stopped. */
  refused?: string | undefined
  /** The result of a search for a patient. */
  typed?: string | undefined
  found?: FoundPatients | undefined
  /** Whether names have become initials. */
  isHidden?: boolean
}

/** For the front desk: what goes out next, what went out, and what did not and why. */
export function MessagesPage(props: MessagesPageProps) {
  const { frame, messages, next, today, filters, refused, typed, found } = props
  const { copy } = frame
  const words = copy.messageList
  const view = (fields: Partial<MessageFilters>) => paths.messages({ ...filters, ...fields })
  const isFiltered = Boolean(
    filters.kind || filters.channel || filters.on || Object.values(props.faults).some(Boolean),
  )
  return (
    <Layout frame={frame} title={words.title}>
      <div class="lead">
        <h1>{words.title}</h1>
        {refused && <Refusal title={words.notDone} reason={refused} />}
        {today.patientName !== null && (
          <p>
            {words.about} <bdi>{shownName(copy, today.patientName)}</bdi>.{' '}
            <a href={view({ patient_id: '' })}>{words.ofEveryone}</a>
          </p>
        )}
        {props.isHidden && (
          <p>
            <a href={`${view({})}&names=shown`}>{copy.desk.shell.showNames}</a>
          </p>
        )}
        <Alarm copy={copy} today={today} view={view} />
      </div>
      <nav class="tabs" aria-label={words.title}>
        {tabs.map((state) => (
          <a href={view({ state })} aria-current={filters.state === state ? 'page' : undefined}>
            {words.tabs[state]}
          </a>
        ))}
      </nav>
      <details class="card" open={isFiltered || typed !== undefined}>
        <summary>{words.find}</summary>
        <FilterForm copy={copy} filters={filters} faults={props.faults} />
        <section aria-labelledby="find-title">
          <h2 id="find-title">{words.ofPatient}</h2>
          <FindForm
            copy={copy}
            action={paths.messagePatientSearch()}
            label={copy.patients.label}
            typed={typed ?? ''}
          />
          {found && (
            <FoundList
              copy={copy}
              found={found}
              label={words.show}
              hrefOf={(id) => paths.messages({ patient_id: String(id), state: 'sent' })}
            />
          )}
        </section>
      </details>
      {messages.length > 0 ? (
        <ul class="messages card">
          {messages.map((message) => (
            <MessageCard copy={copy} message={message} returnTo={view({})} newKey={newFormKey} />
          ))}
        </ul>
      ) : (
        <p class="empty card">{words.none[filters.state as (typeof tabs)[number]]}</p>
      )}
      {next && (
        <p>
          <a
            class="button quiet"
            rel="next"
            href={paths.messages({ ...filters, after: writeKey([next.dueAt, next.id]) })}
          >
            {words.more}
          </a>
        </p>
      )}
      <Sent copy={copy} today={today} />
    </Layout>
  )
}

interface AlarmProps {
  copy: Copy
  today: MessagesToday
  view: (fields: Partial<MessageFilters>) => string
}

function Alarm({ copy, today: { overdue, failed }, view }: AlarmProps) {
  const words = copy.messageList
  if (overdue === 0 && failed === 0) return <p>{words.allWell}</p>
  return (
    <section class="summary" aria-labelledby="alarm-title">
      <h2 id="alarm-title">{overdue > 0 ? words.overdue(overdue) : words.failed(failed)}</h2>
      {overdue > 0 && <p>{words.whenOverdue}</p>}
      {failed > 0 && (
        <p>
          {overdue > 0 && `${words.failed(failed)}. `}
          {words.whenFailed}{' '}
          <a href={view({ state: 'failed', kind: '', channel: '', on: '' })}>{words.seeFailed}</a>
        </p>
      )}
    </section>
  )
}

function FilterForm({
  copy,
  filters,
  faults,
}: Pick<MessagesPageProps, 'filters' | 'faults'> & { copy: Copy }) {
  const words = copy.messageList
  const problemOf = (name: keyof typeof faults) => ({ problem: faults[name] && copy.faults[faults[name]] })
  return (
    <form id="log-filter" method="get" action={paths.messages()}>
      <input type="hidden" name="state" value={filters.state} />
      <input type="hidden" name="patient_id" value={filters.patient_id} />
      <SelectField
        name="kind"
        value={filters.kind}
        label={words.kind}
        placeholder={words.everyKind}
        isOptional
        options={messageKinds.map((kind) => ({ value: kind, label: words.kinds[kind] }))}
        {...problemOf('kind')}
      />
      <SelectField
        name="channel"
        value={filters.channel}
        label={words.channel}
        placeholder={words.everyChannel}
        isOptional
        options={channelNames.map((channel) => ({ value: channel, label: words.channels[channel] }))}
        {...problemOf('channel')}
      />
      <DateField name="on" label={words.on} value={filters.on} {...problemOf('on')} />
      <button type="submit">{words.filter}</button>
    </form>
  )
}

/** What has gone out today, with the limits and costs that the clinic has entered. */
function Sent({ copy, today: { sent, currency } }: { copy: Copy; today: MessagesToday }) {
  const words = copy.messageList
  const shown = sent.filter(({ many, most, cost }) => many > 0 || most !== null || cost > 0)
  if (shown.length === 0) return null
  const total = shown.reduce((sum, { many, cost }) => sum + many * cost, 0)
  return (
    <section class="card" aria-labelledby="sent-title">
      <h2 id="sent-title">{words.today}</h2>
      <dl class="facts">
        {shown.map(({ channel, many, most, cost }) => (
          <div>
            <dt>{words.channels[channel]}</dt>
            <dd>
              {words.sentOf(many, most)}
              {cost > 0 && <> · {formatMoney(many * cost, currency, copy.language)}</>}
            </dd>
          </div>
        ))}
        {total > 0 && (
          <div>
            <dt>{words.total}</dt>
            <dd>{formatMoney(total, currency, copy.language)}</dd>
          </div>
        )}
      </dl>
    </section>
  )
}
