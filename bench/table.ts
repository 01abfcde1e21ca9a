import { deskRows } from './desk-rows.ts'
import type { Results } from './results.ts'
import {
  availabilityRows,
  bookingRows,
  contentionRows,
  costRows,
  growthRows,
  observabilityRows,
  outboxRows,
  pageRows,
  retentionRows,
  seriesRows,
  tripsRows,
} from './rows.ts'

export interface Row {
  what: string
  /** `ours` relative to `beside`; empty if there is nothing to compare with. */
  ratio: string
  ours: string
  beside: string
  goal: string
  /** Null without a goal. */
  isMet: boolean | null
}

const columns = ['', 'ratio', 'here', 'beside it', 'goal', ''] as const

export function toRows({ measures }: Results): Row[] {
  return [
    ...ifMeasured(measures.booking, bookingRows),
    ...ifMeasured(measures.observability, observabilityRows),
    ...ifMeasured(measures.outbox, outboxRows),
    ...ifMeasured(measures.contention, (result) => contentionRows('one slot', result)),
    ...ifMeasured(measures.lastPlace, (result) => contentionRows('the last place of a session', result)),
    ...ifMeasured(measures.series, seriesRows),
    ...ifMeasured(measures.trips, tripsRows),
    ...ifMeasured(measures.availability, availabilityRows),
    ...ifMeasured(measures.page, pageRows),
    ...ifMeasured(measures.growth, growthRows),
    ...ifMeasured(measures.desk, deskRows),
    ...ifMeasured(measures.retention, retentionRows),
    ...ifMeasured(measures.cost, costRows),
  ]
}

const ifMeasured = <Result>(result: Result | undefined, rows: (result: Result) => Row[]): Row[] =>
  result === undefined ? [] : rows(result)

const cells = ({ what, ratio, ours, beside, goal, isMet }: Row) => [
  what,
  ratio,
  ours,
  beside,
  goal,
  isMet === null ? '' : isMet ? '✔' : '✘',
]

/** For a terminal. */
export function toText(results: Results): string {
  const lines = [[...columns], ...toRows(results).map(cells)]
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const table = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [...table, '', ...notes(results)].join('\n')
}

/** For bench/results/latest.md and docs/performance.md. */
export function toMarkdown(results: Results): string {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`
  const table = [
    line(columns),
    '|---|---|---|---|---|---|',
    ...toRows(results).map((row) => line(cells(row))),
  ]
  return [...table, '', ...notes(results).map((note) => `- ${note}`), ''].join('\n')
}

function notes({ date, command, machine, rounds, seconds, measures, sizes }: Results): string[] {
  const { cores, processor, memoryGiB, system, node, postgres, miniflare, loadBefore } = machine
  const { page, booking } = measures
  const median = `Medians of ${rounds} alternating rounds of ${seconds} seconds; ratios are taken round by round.`
  const share = page && Math.max(...page.rounds.hello.map(({ generatorShare }) => generatorShare))
  return [
    `${date.slice(0, 10)}, \`${command}\`: ${cores} cores of ${processor}, ${memoryGiB} GiB, ${system}; Node ${node}, PostgreSQL ${postgres}, miniflare ${miniflare}. Everything ran on this one machine, whose load average was ${loadBefore.toFixed(1)} before.`,
    `${median} Databases of ${sizes.map((size) => size.toLocaleString('en')).join(', ')} appointments, with every commit flushed to disk.`,
    ...(booking
      ? [`Bookings: ${booking.clients} clients, ${booking.size.toLocaleString('en')} appointments.`]
      : []),
    'Rate limits are counted in memory, as by Cloudflare; miniflare counts on disk. Purges wait in a Durable Object of the same workerd, on the same disk.',
    ...(share === undefined
      ? []
      : [`The load generator used at most ${Math.round(share * 100)}% of one core, with the hello Worker.`]),
  ]
}
