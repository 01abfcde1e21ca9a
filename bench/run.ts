import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../scripts/local/cannot-start.ts'
import { step } from '../scripts/local/terminal.ts'
import { describeMachine, loadNow } from './machine.ts'
import { measureAvailability } from './measure-availability.ts'
import { measureBooking } from './measure-booking.ts'
import { measureContention, measureLastPlace } from './measure-contention.ts'
import { measureCost } from './measure-cost.ts'
import { measureDesk } from './measure-desk.ts'
import { measureGrowth } from './measure-growth.ts'
import { measureObservability } from './measure-observability.ts'
import { measureOutbox } from './measure-outbox.ts'
import { measurePage } from './measure-page.ts'
import { measureRetention } from './measure-retention.ts'
import { measureSeries } from './measure-series.ts'
import { measureTrips } from './measure-trips.ts'
import { type MeasureName, type Options, readOptions } from './options.ts'
import type { Results } from './results.ts'
import { openStage, type Stage } from './stage.ts'
import { toMarkdown, toText } from './table.ts'
import { buildWorkers } from './workers.ts'

const measuring = {
  booking: measureBooking,
  observability: measureObservability,
  outbox: measureOutbox,
  contention: measureContention,
  lastPlace: measureLastPlace,
  series: measureSeries,
  trips: measureTrips,
  availability: measureAvailability,
  page: measurePage,
  growth: measureGrowth,
  desk: measureDesk,
  retention: measureRetention,
  cost: measureCost,
} satisfies { [Name in MeasureName]: (stage: Stage) => Promise<Results['measures'][Name]> }

let isInterrupted = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isInterrupted) process.exit(130)
    isInterrupted = true
    console.log('\n– Stopping after the current measurement. Press Ctrl-C again to stop at once.')
  })
}

runCommand(async () => {
  const args = process.argv.slice(2)
  const options = readOptions(args)
  const loadBefore = loadNow()
  await using directory = await mkdtempDisposable(join(tmpdir(), 'alobooking-bench-'))
  const workers = await step('Bundling the Workers', () => buildWorkers(directory.path))
  await using stage = await openStage(options, workers)
  try {
    const results = await measureAll(stage, options, {
      command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
      machine: await describeMachine(stage.main.scene.sql, loadBefore),
    })
    if (isInterrupted) return
    await keep(results, options.resultsDirectory)
    console.log(`\n${toText(results)}`)
  } catch (error) {
    // Ctrl-C ends the Workers as well, so their requests fail.
    if (!isInterrupted) throw error
    process.exitCode = 130
  }
})

async function measureAll(
  stage: Stage,
  { sizes, rounds, seconds, only }: Options,
  said: Pick<Results, 'command' | 'machine'>,
): Promise<Results> {
  const measures: Record<string, unknown> = {}
  for (const name of only) {
    if (isInterrupted) break
    measures[name] = await step<unknown>(name, () => measuring[name](stage))
  }
  const madeIn = Object.fromEntries(stage.clinics.map(({ size, database }) => [size, database.madeIn]))
  return { date: new Date().toISOString(), ...said, sizes, rounds, seconds, madeIn, measures }
}

async function keep(results: Results, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  const name = `${results.date.slice(0, 16).replace(/[T:]/g, '-')}.json`
  await writeFile(join(directory, name), `${JSON.stringify(results, roundNumbers, 1)}\n`)
  await writeFile(join(directory, 'latest.md'), toMarkdown(results))
}

const roundNumbers = (_: string, value: unknown) =>
  typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value
