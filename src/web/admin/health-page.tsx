import type { FailureRates, Often } from '../../clinic/health/failure-rates.ts'
import type { Health } from '../../clinic/health/read-health.ts'
import { formatDay, formatInstant, formatTime } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import { formatCount, formatShare } from '../../i18n/numbers.ts'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { AdminLayout } from './admin-layout.tsx'
import { DatabaseSizes, SlowestStatements } from './database-parts.tsx'
import { FailureTables, ours } from './failure-tables.tsx'
import { FailuresByHour } from './failures-by-hour.tsx'

interface HealthPageProps {
  frame: Frame
  health: Health
  environment: string
  release: string
  now: Date
}

/** For the person on call: whether anything is wrong, then since when and what, then the database. */
export function HealthPage({ frame, health, environment, release, now }: HealthPageProps) {
  const { copy } = frame
  const words = copy.health
  const clock = now.toISOString().slice(0, 16)
  return (
    <AdminLayout
      frame={frame}
      title={words.title}
      page="health"
      sub={words.asOf(environment, formatDay(clock, copy.language), formatTime(clock, copy.language))}
      actions={
        <a class="btn" href={paths.health()}>
          {words.refresh}
        </a>
      }
    >
      <Verdict copy={copy} health={health} />
      {health.messages.overdue > 0 && <OverdueMessages copy={copy} messages={health.messages} />}
      <section class="card figures" aria-labelledby="rates-title">
        <h2 id="rates-title">{words.rates}</h2>
        <Rates copy={copy} rates={health.rates} />
        <FailuresByHour copy={copy} hours={health.rates.byHour} />
        <FailureTables copy={copy} rates={health.rates} />
      </section>
      <SlowestStatements copy={copy} slowest={health.slowest} />
      <DatabaseSizes copy={copy} health={health} />
      <section class="card figures" aria-labelledby="versions-title">
        <h2 id="versions-title">{words.versions}</h2>
        <dl class="facts">
          {Object.entries({
            [words.release]: release,
            [words.migration]: health.migration.last ?? words.unknownMigration,
            PostgreSQL: health.postgres,
            tzdata: health.tzdata,
          }).map(([name, value]) => (
            <div>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </AdminLayout>
  )
}

function Verdict({ copy, health }: { copy: Copy; health: Health }) {
  const words = copy.health
  const { last, expected } = health.migration
  const failed = total(health.rates.byCode.filter(({ code }) => ours.includes(code)))
  const isBehind = last !== expected
  const isWrong = failed.lastHour > 0 || isBehind
  return (
    <section class={isWrong ? 'card bad-card' : 'card good-card'} aria-label={words.verdict}>
      <h2>{failed.lastHour > 0 ? words.failedLastHour(failed.lastHour) : words.noneFailed}</h2>
      {isBehind && <p>{words.isBehind(last ?? words.unknownMigration, expected)}</p>}
      {failed.lastHour === 0 && failed.lastDay > 0 && <p>{words.failedLastDay(failed.lastDay)}</p>}
      {failed.lastHour > 0 && <p>{words.lookInLog}</p>}
    </section>
  )
}

function OverdueMessages({ copy, messages }: { copy: Copy; messages: Health['messages'] }) {
  const { overdue, since, untold, limited, tried } = messages
  const words = copy.health.messages
  return (
    <section class="card bad-card" aria-labelledby="overdue-title">
      <h2 id="overdue-title">{words.overdue(overdue, since ? formatInstant(since, copy.language) : '')}</h2>
      <ul>
        {untold > 0 && <li>{words.untold(untold)}</li>}
        {limited > 0 && <li>{words.limited(limited)}</li>}
        {tried > 0 && <li>{words.tried(tried)}</li>}
      </ul>
      <p class="link">
        <a href={paths.messages({ state: 'due' })}>{words.list}</a>
      </p>
    </section>
  )
}

function Rates({ copy, rates }: { copy: Copy; rates: FailureRates }) {
  const words = copy.health
  const [done, failed] = [total(rates.done), total(rates.byCode)]
  const count = (many: number) => formatCount(many, copy.language)
  const spans = [
    [words.lastHour, 'lastHour'],
    [words.lastDay, 'lastDay'],
  ] as const
  return (
    <dl class="rates">
      {spans.map(([label, span]) => (
        <div>
          <dt>{label}</dt>
          <dd>
            <b>{formatShare(failed[span], done[span] + failed[span], copy.language)}</b>{' '}
            {words.failedOf(count(failed[span]), count(done[span] + failed[span]))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function total(parts: Often[]): Often {
  const sum = (span: keyof Often) => parts.reduce((all, part) => all + Number(part[span]), 0)
  return { lastHour: sum('lastHour'), lastDay: sum('lastDay') }
}
