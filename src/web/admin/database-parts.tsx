import type { Health } from '../../clinic/health/read-health.ts'
import { formatDay } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { formatBytes, formatCount, formatMilliseconds } from '../../i18n/numbers.ts'
import { Figures } from './failure-tables.tsx'

/** How many of the largest tables and indexes are listed. */
const mostListed = 8
const excerptCharacters = 100

/** The Worker's queries, the slowest first; or how to turn on their statistics. */
export function SlowestStatements({ copy, slowest }: { copy: Copy; slowest: Health['slowest'] }) {
  const { language, health: words } = copy
  return (
    <section class="card figures" aria-labelledby="statements-title">
      <h2 id="statements-title">{words.statements}</h2>
      {slowest.known ? (
        <ol class="statements">
          {slowest.statements.map(({ text, calls, meanMs, longestMs }) => (
            <li>
              <p>
                <b>{formatMilliseconds(meanMs, language)}</b>{' '}
                {words.calls(formatCount(calls, language), formatMilliseconds(longestMs, language))}
              </p>
              <StatementText text={text.replace(/\s+/g, ' ').trim()} />
            </li>
          ))}
        </ol>
      ) : (
        <>
          <p>{words.statementsUnknown[slowest.why]}</p>
          <code>{remedies[slowest.why]}</code>
        </>
      )}
      {slowest.known && slowest.statements.length === 0 && <p class="empty">{words.noStatements}</p>}
    </section>
  )
}

/** Shows the beginning of a long statement and unfolds the rest. */
function StatementText({ text }: { text: string }) {
  if (text.length <= excerptCharacters) return <code>{text}</code>
  return (
    <details>
      <summary>
        <code>{text.slice(0, excerptCharacters)}…</code>
      </summary>
      <code>{text}</code>
    </details>
  )
}

const remedies = {
  not_installed: 'create extension pg_stat_statements;',
  not_loaded: "shared_preload_libraries = 'pg_stat_statements'",
  not_permitted: 'grant select on pg_stat_statements to alobooking_app;',
}

/** The largest tables and indexes, and the indexes that are never read. */
export function DatabaseSizes({ copy, health }: { copy: Copy; health: Health }) {
  const { language, health: words } = copy
  const { tables, indexes, watchedSince } = health
  const bytes = (many: number) => formatBytes(many, language)
  const unused = indexes.filter(({ isUnused }) => isUnused)
  const since = watchedSince && formatDay(watchedSince.toISOString().slice(0, 16), language)
  return (
    <section class="card figures" aria-labelledby="sizes-title">
      <h2 id="sizes-title">{words.sizes}</h2>
      <Figures
        heads={[words.table, words.rows, words.withIndexes]}
        lines={tables
          .slice(0, mostListed)
          .map((table) => [
            table.name,
            formatCount(table.rows, language),
            bytes(table.bytes + table.indexBytes),
          ])}
      />
      <Figures
        heads={[words.index, words.reads, words.size]}
        lines={indexes
          .slice(0, mostListed)
          .map((index) => [index.name, formatCount(index.scans, language), bytes(index.bytes)])}
      />
      {unused.length === 0 ? (
        <p>{words.noneUnused}</p>
      ) : (
        <details>
          <summary>{words.unused(unused.length, since)}</summary>
          <Figures
            heads={[words.index, words.size]}
            lines={unused.map(({ name, bytes: size }) => [name, bytes(size)])}
          />
        </details>
      )}
    </section>
  )
}
