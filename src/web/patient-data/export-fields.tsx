import { cityOf, formatDate, formatDay, formatInstant, formatTime, formatTimeAt } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'

/** Something of an export, by the names of its fields. */
export type Entry = Record<string, unknown>

/** Told in other words beside them, or of no use to a reader. The JSON has them all. */
const neverRead = ['version', 'number', 'start_at', 'end_at', 'time_zone', 'email_verified', 'is_backed_up']

/** Fields whose values are words of ours, not of people. */
const worded = [
  'status',
  'kind',
  'actor',
  'role',
  'relation',
  'what',
  'signed_in_with',
  'sex',
  'issuer',
  'choice',
]
const channels = ['preferred_channel', 'with']

/** The fields of an entry that have a value, each after its name; lists of entries follow at the end. */
export function Fields({ copy, entry, unread = [] }: { copy: Copy; entry: Entry; unread?: string[] }) {
  const passed = [...neverRead, ...unread]
  const told = Object.entries(entry)
    .filter(([name, value]) => !passed.includes(name) && isTold(value))
    .toSorted(([one], [other]) => placeOf(copy, one) - placeOf(copy, other))
  const lists = told.filter(([, value]) => isEntries(value)) as [string, Entry[]][]
  return (
    <>
      <dl>
        {told
          .filter(([, value]) => !isEntries(value))
          .map(([name, value]) => (
            <div>
              <dt>{nameOf(copy, name)}</dt>
              <dd>
                <Value copy={copy} name={name} value={value} entry={entry} />
              </dd>
            </div>
          ))}
      </dl>
      {lists.map(([name, entries]) => (
        <>
          <p class="of-list">{nameOf(copy, name)}</p>
          <ol>
            {entries.map((one) => (
              <li>
                <Fields copy={copy} entry={one} />
              </li>
            ))}
          </ol>
        </>
      ))}
    </>
  )
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isEntries = (value: unknown) => Array.isArray(value) && isEntry(value[0])

function isTold(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}

const places = new Map<Copy, Map<string, number>>()

/** The order of the words; what has no word yet comes first, so that no one overlooks it. */
function placeOf(copy: Copy, field: string): number {
  const known = places.get(copy) ?? new Map(Object.keys(copy.exportFile.fields).map((name, n) => [name, n]))
  places.set(copy, known)
  return known.get(field) ?? -1
}

function nameOf(copy: Copy, field: string): string {
  return (copy.exportFile.fields as Record<string, string>)[field] ?? field
}

interface ChangesProps {
  copy: Copy
  /** The fields that changed, by name. */
  before: Entry | null
  after: Entry | null
}

/** What changed, one field a line: what it was, struck out, and what it is. */
export function Changes({ copy, before, after }: ChangesProps) {
  const isSaid = (name: string) => isRead([name, null]) && (isTold(before?.[name]) || isTold(after?.[name]))
  const fields = Object.keys({ ...before, ...after }).filter(isSaid)
  if (fields.length === 0) return null
  return (
    <dl class="facts">
      {fields.map((name) => (
        <div>
          <dt>{nameOf(copy, name)}</dt>
          <dd>
            {isTold(before?.[name]) && (
              <>
                <del>
                  <Value copy={copy} name={name} value={before?.[name]} entry={before ?? {}} />
                </del>{' '}
              </>
            )}
            {isTold(after?.[name]) ? (
              <Value copy={copy} name={name} value={after?.[name]} entry={after ?? {}} />
            ) : (
              copy.exportFile.empty
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** An identifier under the name of its issuer. */
const toFact = ({ issuer, value }: Entry) => [String(issuer), value]

interface ValueProps {
  copy: Copy
  name: string
  value: unknown
  entry: Entry
}

function Value({ copy, name, value, entry }: ValueProps) {
  if (isEntry(value)) return <Facts copy={copy} facts={value} />
  if (isEntries(value))
    return <Facts copy={copy} facts={Object.fromEntries((value as Entry[]).map(toFact))} />
  if (Array.isArray(value)) return <bdi>{value.join(', ')}</bdi>
  if (typeof value === 'boolean') return <>{value ? copy.exportFile.yes : copy.exportFile.no}</>
  return <bdi>{textOf(copy, name, String(value), entry)}</bdi>
}

/** Our numbers say nothing to a reader. */
const isRead = ([name]: [string, unknown]) => !/_ids?$|^end_at$/.test(name)

/** What changed, in one line: `Status: Booked; Doctor: 7`. */
function Facts({ copy, facts }: { copy: Copy; facts: Entry }) {
  return (
    <>
      {Object.entries(facts)
        .filter(isRead)
        .map(([name, value], n) => (
          <>
            {n > 0 && '; '}
            {nameOf(copy, name)}:{' '}
            {value === null ? (
              copy.exportFile.empty
            ) : (
              <Value copy={copy} name={name} value={value} entry={facts} />
            )}
          </>
        ))}
    </>
  )
}

function textOf(copy: Copy, name: string, value: string, entry: Entry): string {
  const { language } = copy
  if (worded.includes(name) || channels.includes(name))
    return (copy.exportFile.values as Record<string, string>)[value] ?? value
  if (name === 'birth_date' || name === 'ends_on') return formatDate(value, language)
  if (name === 'end_local') return localTimeOf(entry, value, entry.end_at, language)
  if (name === 'start_local') {
    const { time_zone: zone } = entry
    const where = typeof zone === 'string' ? `, ${copy.timeIn(cityOf(zone))}` : ''
    return `${formatDay(value, language)}, ${localTimeOf(entry, value, entry.start_at, language)}${where}`
  }
  if (name === 'at' || name.endsWith('_at')) return formatInstant(new Date(value), language)
  return value
}

function localTimeOf({ time_zone: zone }: Entry, wallClock: string, at: unknown, language: string): string {
  if (typeof zone !== 'string' || typeof at !== 'string') return formatTime(wallClock, language)
  return formatTimeAt(wallClock, new Date(at), zone, language)
}
