import {
  type HistoryEntry,
  type HistoryPageContent,
  settingsSubjects,
} from '../../../clinic/settings/find-history.ts'
import { formatInstant } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { isolate } from '../../../i18n/isolate.ts'
import type { Frame } from '../../frame.ts'
import { writeKey } from '../../page-key.ts'
import { paths } from '../../paths.ts'
import { AdminLayout } from '../admin-layout.tsx'
import { AdminIcon } from '../icons.tsx'
import { ListTable, ListTabs, NothingHere } from '../list-parts.tsx'
import { changedFields, subjectOf } from './in-words.ts'

interface HistoryFilter {
  subject: string
  key: string
  account: string
  from: string
  to: string
}

interface HistoryPageProps {
  frame: Frame
  content: HistoryPageContent
  filter: HistoryFilter
}

/** Who changed what of the clinic's set-up, newest first. */
export function HistoryPage({ frame, content, filter }: HistoryPageProps) {
  const { copy } = frame
  const words = copy.admin.history
  const { entries, next } = content
  return (
    <AdminLayout frame={frame} title={words.title} page="history" sub={words.intro}>
      <FilterForm copy={copy} content={content} filter={filter} />
      <ListTabs copy={copy} label={words.title} tabs={[]} csv={paths.settingsHistoryCsv({ ...filter })} />
      {entries.length > 0 ? <Entries copy={copy} entries={entries} /> : <None copy={copy} filter={filter} />}
      {next && (
        <p>
          <a
            class="btn"
            rel="next"
            href={paths.settingsHistory({ ...filter, after: writeKey([next.at, next.id]) })}
          >
            {words.older}
          </a>
        </p>
      )}
    </AdminLayout>
  )
}

function FilterForm({ copy, content, filter }: { copy: Copy } & Omit<HistoryPageProps, 'frame'>) {
  const words = copy.admin.history
  const isOne = filter.key !== ''
  return (
    <form class="row find" method="get" action={paths.settingsHistory()}>
      <div class="field grow">
        <label for="subject">{words.subject}</label>
        <select id="subject" name="subject">
          <option value="">{words.everything}</option>
          {settingsSubjects.map((subject) => (
            <option value={subject} selected={subject === filter.subject}>
              {words.subjects[subject]}
            </option>
          ))}
        </select>
      </div>
      <div class="field grow">
        <label for="account">{words.who}</label>
        <select id="account" name="account">
          <option value="">{words.everyone}</option>
          {content.admins.map(({ id, name }) => (
            <option value={id} selected={String(id) === filter.account}>
              {isolate(name) || words.numbered(String(id))}
            </option>
          ))}
        </select>
      </div>
      <DateFilter name="from" label={words.from} value={filter.from} />
      <DateFilter name="to" label={words.to} value={filter.to} />
      <button class="btn bottom" type="submit">
        <AdminIcon name="find" /> {words.filter}
      </button>
      {isOne && (
        <p class="hint">
          {words.onlyOne} <a href={paths.settingsHistory({ ...filter, key: '' })}>{words.allOfThem}</a>
        </p>
      )}
    </form>
  )
}

function DateFilter({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input type="date" id={name} name={name} value={value} />
    </div>
  )
}

function None({ copy, filter }: { copy: Copy; filter: HistoryFilter }) {
  const words = copy.admin.history
  const isFiltered = Object.values(filter).some(Boolean)
  return (
    <NothingHere title={isFiltered ? words.noneFound : words.none}>
      {isFiltered && (
        <p>
          <a class="btn" href={paths.settingsHistory()}>
            {copy.admin.form.showAll}
          </a>
        </p>
      )}
    </NothingHere>
  )
}

function Entries({ copy, entries }: { copy: Copy; entries: HistoryEntry[] }) {
  const words = copy.admin.history
  return (
    <ListTable
      label={words.title}
      heads={[words.columns.what, words.columns.change, words.columns.who, words.columns.when]}
      rows={entries.map((entry) => [
        <What copy={copy} entry={entry} />,
        <Change copy={copy} entry={entry} />,
        <Who copy={copy} entry={entry} />,
        <time datetime={entry.at.toISOString()}>{formatInstant(entry.at, copy.language)}</time>,
      ])}
    />
  )
}

/** With the page of what changed, where it has one. */
const pagesOf: { [Subject in HistoryEntry['subject']]?: (key: string) => string } = {
  location: (key) => paths.location(Number(key)),
  resource: (key) => paths.resource(Number(key)),
  visit_type: (key) => paths.visitType(Number(key)),
  message_text: (key) => paths.messageText(key.split(':')[0] ?? ''),
}

function What({ copy, entry }: { copy: Copy; entry: HistoryEntry }) {
  const href = pagesOf[entry.subject]?.(entry.key)
  const name = <bdi>{subjectOf(copy, entry)}</bdi>
  return href ? <a href={href}>{name}</a> : name
}

function Change({ copy, entry }: { copy: Copy; entry: HistoryEntry }) {
  const words = copy.admin.history
  if (entry.before === null) return <b>{words.added}</b>
  if (entry.after === null) return <b>{words.removed}</b>
  return (
    <ul>
      {changedFields(copy, entry).map(({ label, before, after }) => (
        <li>
          <b>{label}</b>: <bdi>{before}</bdi> <span aria-hidden="true">→</span>
          <span class="vh"> {words.became} </span> <bdi>{after}</bdi>
        </li>
      ))}
    </ul>
  )
}

function Who({ copy, entry: { by, accountId, apiKey } }: { copy: Copy; entry: HistoryEntry }) {
  const words = copy.admin.history
  const name = by || (accountId === null ? words.system : words.numbered(String(accountId)))
  return (
    <>
      <bdi>{name}</bdi>
      {apiKey && (
        <p class="hint">
          {words.through} <bdi>{apiKey}</bdi>
        </p>
      )}
    </>
  )
}
