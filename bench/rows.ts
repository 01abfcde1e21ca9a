import type { AvailabilityOfSize } from './measure-availability.ts'
import type { BookingResult } from './measure-booking.ts'
import type { ContentionResult } from './measure-contention.ts'
import { type CostResult, costly } from './measure-cost.ts'
import { type GrowthOfSize, growing } from './measure-growth.ts'
import type { ObservabilityResult } from './measure-observability.ts'
import type { OutboxResult } from './measure-outbox.ts'
import type { PageResult } from './measure-page.ts'
import type { RetentionOfSize } from './measure-retention.ts'
import type { SeriesResult } from './measure-series.ts'
import type { TripsResult } from './measure-trips.ts'
import { middle, middleProcessor, type Sample, unexpectedIn } from './sample.ts'
import { medianRatio } from './statistics.ts'
import type { Row } from './table.ts'

const none = { ratio: '', beside: '', goal: '', isMet: null }
export const times = (ratio: number) => `${ratio.toFixed(2)} ×`
export const ms = (milliseconds: number) => `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`
export const many = (number: number) => Math.round(number).toLocaleString('en')
export const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} KB`
const percents = (samples: Sample[]) => `p50 ${ms(middle(samples, 'p50'))}, p99 ${ms(middle(samples, 'p99'))}`
const rate = (samples: Sample[]) => `${many(middle(samples, 'perSecond'))}/s, ${percents(samples)}`
const list = (answers: Record<string, number>) =>
  Object.entries(answers)
    .map(([said, number]) => `${number} × ${said}`)
    .join(', ')

export function ratioOf(ours: Sample[], others: Sample[], of: 'perSecond' | 'p50'): number {
  const numbers = (samples: Sample[]) => samples.map((sample) => sample[of])
  return medianRatio(numbers(ours), numbers(others))
}

/** A row for unexpected answers, if there were any. */
export function refused(what: string, answers: Record<string, number>): Row[] {
  const said = list(answers)
  return said ? [{ ...none, what: `${what}: other answers`, ours: said, goal: 'none', isMet: false }] : []
}

export function bookingRows({ rounds, clients }: BookingResult): Row[] {
  const { patient, bare, desk, room } = rounds
  const row = (who: string, samples: Sample[]): Row => {
    const ratio = ratioOf(samples, bare, 'perSecond')
    return {
      what: `Bookings a second by ${who}, beside a bare insert; ${clients} clients`,
      ratio: times(ratio),
      ours: rate(samples),
      beside: rate(bare),
      goal: '≥ 0.7 ×',
      isMet: ratio >= 0.7,
    }
  }
  const all = unexpectedIn([...patient, ...bare, ...desk, ...room])
  const ratio = ratioOf(room, patient, 'perSecond')
  const withRoom: Row = {
    ...none,
    what: `Bookings a second by patients with a room, beside those without; ${clients} clients`,
    ratio: times(ratio),
    ours: rate(room),
    beside: rate(patient),
  }
  return [row('patients', patient), row('the front desk', desk), withRoom, ...refused('Bookings', all)]
}

export function observabilityRows({ rounds, clients }: ObservabilityResult): Row[] {
  const { observed, unobserved } = rounds
  const ratio = ratioOf(observed, unobserved, 'perSecond')
  const row: Row = {
    what: `Bookings a second with logs, timing and Sentry, beside the same without; ${clients} clients, ${observed.length} rounds`,
    ratio: times(ratio),
    ours: rate(observed),
    beside: rate(unobserved),
    goal: '≥ 0.95 ×',
    isMet: ratio >= 0.95,
  }
  return [row, ...refused('Observability', unexpectedIn([...observed, ...unobserved]))]
}

export function outboxRows({ rounds, clients }: OutboxResult): Row[] {
  const { told, untold } = rounds
  const ratio = ratioOf(told, untold, 'perSecond')
  const processor = (samples: Sample[]) => `PostgreSQL ${ms(middleProcessor(samples, 'postgres'))} CPU`
  const row: Row = {
    what: `Bookings a second with the outbox, beside the same without; ${clients} clients, ${told.length} rounds`,
    ratio: times(ratio),
    ours: `${rate(told)}; ${processor(told)}`,
    beside: `${rate(untold)}; ${processor(untold)}`,
    goal: '≥ 0.95 ×',
    isMet: ratio >= 0.95,
  }
  return [row, ...refused('Outbox', unexpectedIn([...told, ...untold]))]
}

export function contentionRows(
  thing: 'one slot' | 'the last place of a session',
  { rivals, winners, p50, p99, answers }: ContentionResult,
): Row[] {
  const isOneEach = winners.length > 0 && winners.every((won) => won === 1)
  return [
    {
      ...none,
      what: `${rivals} clients race for ${thing}, ${winners.length} times`,
      ours: `${isOneEach ? 'one winner each' : `winners: ${winners.join(' ')}`}, p50 ${ms(p50)}, p99 ${ms(p99)}`,
      beside: list(answers),
      goal: 'one winner each',
      isMet: isOneEach,
    },
  ]
}

export function seriesRows({ dates, times, execution, most }: SeriesResult): Row[] {
  return [
    {
      ...none,
      what: `A series of ${dates} in the database, ${times} times`,
      ours: times > 0 ? `${ms(execution)}, at most ${ms(most)}` : 'nothing measured',
      goal: '≤ 30 ms',
      isMet: times > 0 && execution <= 30,
    },
  ]
}

export function tripsRows({ roundTripMs, operations, unexpected }: TripsResult): Row[] {
  const rows = operations.map(({ operation, trips, mostTrips, p50 }) => {
    const ratio = p50 / roundTripMs
    return {
      what: `Database ${roundTripMs} ms away: ${operation}`,
      ratio: times(ratio),
      ours: `${ms(p50)}, ${trips} ${trips === 1 ? 'trip' : 'trips'}${mostTrips > trips ? ` (once ${mostTrips})` : ''}`,
      beside: ms(roundTripMs),
      goal: '≤ 1.15 ×',
      isMet: ratio <= 1.15,
    }
  })
  return [...rows, ...refused('Far away', unexpected)]
}

export function availabilityRows(sizes: AvailabilityOfSize[]): Row[] {
  const [smallest] = sizes
  if (!smallest) return []
  const kinds = [
    ['31 days of one doctor', 'month', 'monthDatabase', 2],
    [`First free of ${smallest.doctors} doctors`, 'firstFree', 'firstFreeDatabase', 60],
    [
      `First free of ${smallest.withRooms.doctors} doctors and ${smallest.withRooms.rooms} rooms`,
      'firstFreeWithRoom',
      'firstFreeWithRoomDatabase',
      60,
    ],
  ] as const
  return kinds.flatMap(([what, samples, database, limit]) =>
    sizes.flatMap((of): Row[] => {
      const ratio = ratioOf(of[samples], smallest[samples], 'p50')
      const { planning, execution } = of[database]
      const goal =
        of === sizes.at(-1) ? { goal: '≤ 1.25 ×', isMet: ratio <= 1.25 } : { goal: '', isMet: null }
      return [
        {
          what: `${what}, ${many(of.size)} appointments`,
          ratio: of === smallest ? '' : times(ratio),
          ours: percents(of[samples]),
          beside:
            of === smallest ? '' : `p50 ${ms(middle(smallest[samples], 'p50'))} with ${many(smallest.size)}`,
          ...(of === smallest ? { goal: '', isMet: null } : goal),
        },
        {
          ...none,
          what: '… of which in the database',
          ours: `${ms(execution)}, and ${ms(planning)} to plan`,
          goal: `≤ ${limit} ms`,
          isMet: execution <= limit,
        },
      ]
    }),
  )
}

export function pageRows({ rounds, weight, clients }: PageResult): Row[] {
  const { hello, page, cached } = rounds
  const row = (how: string, samples: Sample[]): Row => ({
    what: `/booking a second, ${how}, beside Hono's hello; ${clients} clients`,
    ratio: times(ratioOf(samples, hello, 'perSecond')),
    ours: rate(samples),
    beside: rate(hello),
    goal: '',
    isMet: null,
  })
  const { html, script } = weight
  return [
    row("from the local stand-in for Cloudflare's cache", cached),
    row('rendered each time', page),
    {
      ...none,
      what: 'A first visit, compressed: page and script',
      ours: `${kb(html.gzip + script.gzip)}: ${kb(html.gzip)} and ${kb(script.gzip)}`,
      beside: `uncompressed ${kb(html.plain + script.plain)}`,
    },
    ...refused('Pages', unexpectedIn([...hello, ...page, ...cached])),
  ]
}

const inWords = { book: 'One booking', list: 'The list of 50', 'desk day': 'The day of a location' }

export function growthRows(sizes: GrowthOfSize[]): Row[] {
  const [smallest] = sizes
  if (!smallest) return []
  return growing.flatMap((name) => [
    ...sizes.map((of): Row => {
      const isSmallest = of === smallest
      return {
        ...none,
        what: `${inWords[name]}, ${many(of.size)} appointments`,
        ratio: isSmallest ? '' : times(ratioOf(of[name], smallest[name], 'p50')),
        ours: `${percents(of[name])}; ${kb(middle(of[name], 'bytes'))} from the database`,
        beside: isSmallest ? '' : `p50 ${ms(middle(smallest[name], 'p50'))} with ${many(smallest.size)}`,
      }
    }),
    ...refused(inWords[name], unexpectedIn(sizes.flatMap((of) => of[name]))),
  ])
}

export function retentionRows(sizes: RetentionOfSize[]): Row[] {
  const [smallest] = sizes
  if (!smallest) return []
  return sizes.map(
    (of): Row => ({
      ...none,
      what: `Deleting ${many(of.many)} old holds, ${many(2 * of.many)} events and ${many(of.many)} keys, beside ${many(of.size)} appointments`,
      ratio: of === smallest ? '' : times(of.seconds / smallest.seconds),
      ours: `${of.seconds.toFixed(1)} s, a trip p50 ${ms(of.portionP50)}, at most ${ms(of.portionMost)}`,
      beside: of === smallest ? '' : `${smallest.seconds.toFixed(1)} s with ${many(smallest.size)}`,
    }),
  )
}

export function costRows({ bundle, rounds }: CostResult): Row[] {
  const rows = costly.map((name): Row => {
    const samples = rounds[name]
    const cpu = (of: 'workerd' | 'bridge' | 'postgres') => ms(middleProcessor(samples, of))
    const statements = middle(samples, 'statements')
    const carried = `${statements.toFixed(1)} statements, ${kb(middle(samples, 'bytes'))}`
    return {
      ...none,
      what: `One request: ${name}`,
      ratio: times(
        medianRatio(
          samples.map(({ processor }) => processor.workerd),
          rounds.hello.map(({ processor }) => processor.workerd),
        ),
      ),
      ours: `CPU: workerd ${cpu('workerd')}, PostgreSQL ${cpu('postgres')}, bridge ${cpu('bridge')}`,
      beside: statements > 0 ? carried : 'no database',
    }
  })
  const size = `${kb(bundle.gzip)} compressed`
  return [{ ...none, what: 'The bundle', ours: size, beside: `${kb(bundle.plain)} plain` }, ...rows]
}
