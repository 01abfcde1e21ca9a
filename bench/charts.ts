// Draws docs/bench-*.svg from the newest results or the given ones: node bench/charts.ts [FILE].
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CannotStart, runCommand } from '../scripts/local/cannot-start.ts'
import type { Results } from './results.ts'
import { middle, type Sample } from './sample.ts'
import { medianRatio } from './statistics.ts'
import { type Bar, drawBars, drawLines, type Line } from './svg.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

async function findNewest(): Promise<string> {
  const names = await readdir(here('results')).catch(() => [])
  const newest = names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .at(-1)
  if (!newest) throw new CannotStart('There are no results yet. Run npm run bench first.')
  return join(here('results'), newest)
}

/** p50 in milliseconds by size, of everything measured at each size. */
export function growthLines({ growth = [], availability = [] }: Results['measures']): Line[] {
  const line = <Of extends { size: number }>(
    name: string,
    all: Of[],
    samples: (of: Of) => Sample[],
  ): Line => ({
    name,
    points: all.map((of) => ({ x: of.size, y: middle(samples(of), 'p50') })),
  })
  return [
    line('first free of any doctor', availability, ({ firstFree }) => firstFree),
    line('31 days of a doctor', availability, ({ month }) => month),
    line('a booking', growth, ({ book }) => book),
    line('the list of 50', growth, ({ list }) => list),
    line('the day of a location', growth, (of) => of['desk day']),
  ].filter(({ points }) => points.length > 1)
}

/** Our throughput divided by that of the bare Worker. */
export function comparisonBars({ booking, page, trips }: Results['measures']): Bar[] {
  const bar = (name: string, ours: Sample[], bare: Sample[], goal?: number): Bar => {
    const rates = (samples: Sample[]) => samples.map(({ perSecond }) => perSecond)
    return { name, value: medianRatio(rates(ours), rates(bare)), ...(goal && { goal }) }
  }
  const booked = booking?.rounds
  const shown = page?.rounds
  return [
    ...(booked ? [bar('bookings by patients / bare inserts', booked.patient, booked.bare, 0.7)] : []),
    ...(booked ? [bar('bookings by the desk / bare inserts', booked.desk, booked.bare, 0.7)] : []),
    ...(shown ? [bar('cached page / Hono’s hello', shown.cached, shown.hello)] : []),
    ...(shown ? [bar('page rendered each time / Hono’s hello', shown.page, shown.hello)] : []),
    ...(trips?.operations ?? []).map(({ operation, p50 }) => ({
      name: `${operation}, in round trips`,
      value: p50 / (trips?.roundTripMs ?? 1),
      goal: 1.15,
    })),
  ]
}

if (import.meta.main)
  runCommand(async () => {
    const results = JSON.parse(await readFile(process.argv[2] ?? (await findNewest()), 'utf8')) as Results
    const lines = growthLines(results.measures)
    const bars = comparisonBars(results.measures)
    const title = `Median answer in milliseconds, by the number of appointments; ${results.date.slice(0, 10)}`
    if (lines.length > 0) await writeFile(here('../docs/bench-growth.svg'), drawLines(title, lines))
    const compared = `Relative to a bare Worker (1 means equal); ${results.date.slice(0, 10)}`
    if (bars.length > 0) await writeFile(here('../docs/bench-comparison.svg'), drawBars(compared, bars))
    console.log('✔ docs/bench-growth.svg, docs/bench-comparison.svg')
  })
