import { describe, expect, it } from 'vitest'
import { comparisonBars, growthLines } from '../../bench/charts.ts'
import type { Results } from '../../bench/results.ts'
import { type Sample, takeSample } from '../../bench/sample.ts'
import type { Site } from '../../bench/stage.ts'
import { median, medianRatio, percentile } from '../../bench/statistics.ts'
import { drawBars, drawLines } from '../../bench/svg.ts'
import { toMarkdown, toRows, toText } from '../../bench/table.ts'

const sample = (perSecond: number, p50: number, unexpected = {}): Sample => ({
  requests: 100,
  perSecond,
  least: p50 / 2,
  p50,
  p95: p50 * 2,
  p99: p50 * 3,
  unexpected,
  processor: { workerd: 1, bridge: 1, postgres: 1, generator: 1 },
  generatorShare: 0.2,
  trips: 1,
  statements: 4,
  bytes: 2_000,
})

const results: Results = {
  date: '2026-11-23T12:00:00.000Z',
  command: 'npm run bench',
  machine: {
    cores: 2,
    processor: 'Abacus',
    memoryGiB: 1,
    system: 'Linux',
    node: '24',
    postgres: '18',
    miniflare: '5',
    loadBefore: 0,
  },
  sizes: [10, 1_000],
  rounds: 3,
  seconds: 1,
  madeIn: {},
  measures: {
    booking: {
      size: 10,
      clients: 16,
      rounds: {
        patient: [sample(80, 10), sample(40, 20), sample(90, 9, { '409 slot_taken': 2 })],
        desk: [sample(60, 10), sample(30, 20), sample(66, 9)],
        bare: [sample(100, 8), sample(50, 16), sample(110, 8)],
        room: [sample(40, 20), sample(20, 40), sample(45, 18)],
      },
    },
    contention: { rivals: 64, winners: [1, 1, 2], p50: 1, p99: 2, answers: { '201': 4 } },
    lastPlace: { rivals: 64, winners: [], p50: 0, p99: 0, answers: {} },
    series: { dates: 12, times: 0, execution: 0, most: 0 },
    trips: {
      roundTripMs: 50,
      unexpected: {},
      operations: [{ operation: 'book', trips: 1, mostTrips: 2, p50: 55, times: 15 }],
    },
    growth: [
      { size: 10, book: [sample(1, 4)], list: [sample(1, 2)], 'desk day': [sample(1, 2)] },
      { size: 1_000, book: [sample(1, 6)], list: [sample(1, 2)], 'desk day': [sample(1, 2)] },
    ],
  },
}

const row = (start: string) => toRows(results).find(({ what }) => what.startsWith(start))

it('a sample without an expected answer fails', async () => {
  const answers = { '409 slot_taken': 3 }
  const site = {
    bridge: { pid: process.pid, take: async () => ({ trips: 0, statements: 0, bytes: 0, last: [] }) },
    worker: { pid: process.pid },
    database: { server: { pid: process.pid } },
    client: {
      run: async () => ({ seconds: 1, requests: 3, perSecond: 3, milliseconds: [1, 1, 1], answers }),
    },
  } as unknown as Site
  const sampling = { clients: 1, seconds: 1, expected: 201, next: () => undefined }
  await expect(takeSample(site, sampling)).rejects.toThrow('Nothing was measured')
})

describe('statistics', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[7], 7],
  ])('the median of %j is %d', (numbers, middle) => expect(median(numbers)).toBe(middle))

  it('a percentile is one of the numbers', () => {
    const numbers = Array.from({ length: 200 }, (_, n) => 200 - n)
    expect([percentile(numbers, 50), percentile(numbers, 99), percentile([5], 99)]).toEqual([100, 198, 5])
  })

  it('a ratio is taken per round, so that a slow round counts once', () => {
    expect(medianRatio([80, 8, 90], [100, 10, 100])).toBe(0.8)
  })
})

describe('the table', () => {
  it('shows whether a goal was met', () => {
    expect(row('Bookings a second by patients')).toMatchObject({ ratio: '0.80 ×', isMet: true })
    expect(row('Bookings a second by the front desk')).toMatchObject({ ratio: '0.60 ×', isMet: false })
    expect(row('Database 50 ms away: book')).toMatchObject({ ratio: '1.10 ×', isMet: true })
    expect(row('64 clients race for one slot')).toMatchObject({ isMet: false })
  })

  it('meets no goal when nothing was measured', () => {
    expect(row('64 clients race for the last place')).toMatchObject({ isMet: false })
    expect(row('A series of 12')).toMatchObject({ ours: 'nothing measured', isMet: false })
  })

  it('meets the goal for a series within 30 ms', () => {
    const of = (execution: number) =>
      toRows({ ...results, measures: { series: { dates: 12, times: 15, execution, most: 40 } } })[0]?.isMet
    expect([of(30), of(31)]).toEqual([true, false])
  })

  it('compares bookings with a room with those without', () => {
    expect(row('Bookings a second by patients with a room')).toMatchObject({ ratio: '0.50 ×' })
  })

  it('meets the goal for the desk’s day only with all appointments, drawn sixty times a second', () => {
    const of = (shown: number, perSecond: number, layoutShift = 0) => {
      const frames = { perSecond: 60, p50: 17, p99: 18, most: 20, busy: 1, layoutShift: 0 }
      const page = { plain: 900_000, gzip: 70_000, appointments: shown }
      const desk = {
        doctors: 40,
        appointments: 1_200,
        rounds: {
          hello: [sample(900, 1)],
          grid: [sample(10, 90)],
          list: [sample(10, 151)],
          threeDays: [sample(5, 200)],
          week: [sample(90, 12)],
        },
        pages: { grid: page, list: page, threeDays: page, week: page },
        drag: { dragging: { ...frames, perSecond, layoutShift }, resting: frames, places: 30 },
      }
      return toRows({ ...results, measures: { desk } }).map(({ isMet }) => isMet)
    }
    expect(of(1_200, 60)).toEqual([true, false, true, true, true])
    expect(of(0, 58)).toEqual([false, false, true, true, false])
    expect(of(1_199, 60, 0.01)).toEqual([false, false, true, true, false])
  })

  it('shows refusals', () => {
    expect(row('Bookings: other answers')).toMatchObject({ ours: '2 × 409 slot_taken', isMet: false })
  })

  it('compares each size with the smallest', () => {
    expect(row('One booking, 10 ')?.ratio).toBe('')
    expect(row('One booking, 1,000 ')?.ratio).toBe('1.50 ×')
  })

  it('has one line each in Markdown and in text', () => {
    const rows = toRows(results).length
    expect(toMarkdown(results).match(/^\|/gm)).toHaveLength(rows + 2)
    expect(toText(results).split('\n').indexOf('')).toBe(rows + 1)
  })
})

it('the charts describe what they draw', () => {
  const growth = drawLines('Growth', growthLines(results.measures))
  expect(growth).toContain('<title id="title">Growth</title>')
  expect(growth).toContain('a booking: 4 at 10, 6 at 1000')
  expect(growth.match(/<path /g)).toHaveLength(3)
  const bars = drawBars('Beside', comparisonBars(results.measures))
  expect(bars).toContain('bookings by patients / bare inserts 0.80, goal 0.7')
  expect(bars).toContain('prefers-color-scheme: dark')
  expect(growth + bars).not.toContain('NaN')
})
