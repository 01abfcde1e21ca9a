import type { Alarm, SecurityEvent, SecurityEventKey } from '../../clinic/accounts/find-security-events.ts'
import { securityEventKinds } from '../../clinic/accounts/find-security-events.ts'
import type { Fault } from '../../clinic/refusals.ts'
import { formatInstant } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import type { Frame } from '../frame.ts'
import { writeKey } from '../page-key.ts'
import { paths } from '../paths.ts'
import { DateField, SelectField, TextField } from '../ui/field.tsx'
import { AdminLayout } from './admin-layout.tsx'
import { sentenceOf } from './security-sentences.ts'

type Filters = Record<'account_id' | 'kind' | 'from' | 'to', string>

interface SecurityPageProps {
  frame: Frame
  events: SecurityEvent[]
  next: SecurityEventKey | null
  alarms: Alarm[]
  filters: Filters
  faults: { [Name in keyof Filters]?: Fault }
}

/** For an admin who asks what happened: alarms first, then the log, newest first. */
export function SecurityPage({ frame, events, next, alarms, filters, faults }: SecurityPageProps) {
  const { copy } = frame
  const words = copy.securityLog
  return (
    <AdminLayout frame={frame} title={words.title} page="securityLog" sub={words.intro}>
      {alarms.length > 0 && <Alarms copy={copy} alarms={alarms} />}
      <FilterForm copy={copy} filters={filters} faults={faults} />
      {events.length > 0 ? <Log copy={copy} events={events} /> : <p class="card">{words.none}</p>}
      {next && (
        <p>
          <a
            class="btn"
            rel="next"
            href={paths.securityLog({ ...filters, after: writeKey([next.at, next.id]) })}
          >
            {words.older}
          </a>
        </p>
      )}
    </AdminLayout>
  )
}

function Alarms({ copy, alarms }: { copy: Copy; alarms: Alarm[] }) {
  const words = copy.securityLog
  return (
    <section class="card bad-card" aria-labelledby="alarms-title">
      <h2 id="alarms-title">{words.alarms}</h2>
      <ul>
        {alarms.map(({ kind, by, since, times }) => (
          <li>
            {words.alarm(times, words.kinds[kind], words.subjects[by])}{' '}
            <time datetime={since.toISOString()}>
              {words.inHourFrom(formatInstant(since, copy.language))}
            </time>
          </li>
        ))}
      </ul>
      <p>{words.whatToDo}</p>
    </section>
  )
}

interface FilterFormProps {
  copy: Copy
  filters: Filters
  faults: { [Name in keyof Filters]?: Fault }
}

function FilterForm({ copy, filters, faults }: FilterFormProps) {
  const words = copy.securityLog
  const [first] = Object.keys(faults)
  const problemOf = (name: keyof Filters) => {
    const fault = faults[name]
    return { problem: fault && copy.faults[fault], leavesFocus: name !== first }
  }
  return (
    <form class="row find" id="log-filter" method="get" action={paths.securityLog()}>
      <SelectField
        name="kind"
        value={filters.kind}
        label={words.kind}
        placeholder={words.everyKind}
        isOptional
        options={securityEventKinds.map((kind) => ({ value: kind, label: words.kinds[kind] }))}
        {...problemOf('kind')}
      />
      <TextField
        name="account_id"
        value={filters.account_id}
        label={words.account}
        autocomplete="off"
        inputmode="numeric"
        isOptional
        {...problemOf('account_id')}
        problem={faults.account_id && words.notANumber}
      />
      <DateField name="from" label={words.from} value={filters.from} {...problemOf('from')} />
      <DateField name="to" label={words.to} value={filters.to} {...problemOf('to')} />
      <button class="btn bottom" type="submit">
        {words.submit}
      </button>
    </form>
  )
}

function Log({ copy, events }: { copy: Copy; events: SecurityEvent[] }) {
  const words = copy.securityLog
  return (
    <section class="card">
      <table class="log">
        <thead>
          <tr>
            <th scope="col">{words.what}</th>
            <th scope="col">{words.when}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr>
              <td>
                {sentenceOf(event, copy)}
                <p class="hint">
                  {event.place}
                  {event.place && event.account && ' · '}
                  {event.account && (
                    <a href={paths.securityLog({ account_id: String(event.account.id) })}>
                      {words.accountNumber(event.account.id)}
                    </a>
                  )}
                </p>
              </td>
              <td>
                <time datetime={event.at.toISOString()}>{formatInstant(event.at, copy.language)}</time>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
