import { raw } from 'hono/html'
import { inlineStyle } from '../../http/inline-style.ts'
import { formatInstant } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { type Entry, Fields } from './export-fields.tsx'
import own from './export-file.css'

/** As export_patient.sql makes it. Sections are lists of entries; a later release may have more of them. */
export interface ExportedDocument extends Record<string, unknown> {
  made_at: string
  patient_id: number
  records: (Entry & { name: string })[]
}

const { style, styleHash } = await inlineStyle(own)

/** Nothing that people wrote can load or run anything, wherever the file is opened. */
const policy = `default-src 'none'; style-src ${styleHash}`

interface ExportFileProps {
  copy: Copy
  phone: string
  document: ExportedDocument
}

/** Everything about a person as one file to read, print and keep: it needs nothing else, and no network. */
export function ExportFile({ copy, phone, document }: ExportFileProps) {
  const words = copy.exportFile
  const [record] = document.records
  const sections = Object.entries(document).filter(([, value]) => Array.isArray(value)) as [string, Entry[]][]
  // Of a person with one record, everything has the same number.
  const unread = document.records.length === 1 ? ['patient_id'] : []
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={copy.language} dir={copy.dir}>
        <head>
          <meta charset="utf-8" />
          <meta http-equiv="Content-Security-Policy" content={policy} />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="robots" content="noindex" />
          <title>{`${words.title} · ${copy.brand}`}</title>
          <style>{raw(style)}</style>
        </head>
        <body>
          <main>
            <h1>{words.title}</h1>
            <p class="of">
              <bdi>{record?.name}</bdi>
            </p>
            <p class="soft">{words.made(formatInstant(new Date(document.made_at), copy.language))}</p>
            <p>
              {words.intro} <bdi>{phone}</bdi>
            </p>
            {inOrder(sections).map(([name, entries]) => (
              <Section {...{ copy, name, entries, unread }} />
            ))}
          </main>
        </body>
      </html>
    </>
  )
}

const order = ['records', 'appointments', 'messages', 'message_preferences', 'accounts', 'accesses']

/** What people look for first comes first; the rest follows. */
function inOrder(sections: [string, Entry[]][]): [string, Entry[]][] {
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)
  return sections.toSorted(([one], [other]) => place(one) - place(other))
}

interface SectionProps {
  copy: Copy
  name: string
  entries: Entry[]
  /** Fields that need no telling. */
  unread: string[]
}

function Section({ copy, name, entries, unread }: SectionProps) {
  const words = copy.exportFile
  const title = (words.sections as Record<string, string>)[name] ?? name
  return (
    <section aria-labelledby={name}>
      <h2 id={name}>{title}</h2>
      {entries.length === 0 ? (
        <p class="soft">{words.none}</p>
      ) : (
        <ol>
          {entries.map((entry) => (
            <li>
              <Fields copy={copy} entry={entry} unread={unread} />
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
