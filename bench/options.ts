import { parseArgs } from 'node:util'
import { CannotStart } from '../scripts/local/cannot-start.ts'

const measureNames = [
  'booking',
  'observability',
  'outbox',
  'contention',
  'lastPlace',
  'series',
  'trips',
  'availability',
  'page',
  'growth',
  'desk',
  'retention',
  'cost',
] as const

export type MeasureName = (typeof measureNames)[number]

export interface Options {
  /** Numbers of appointments, smallest first. */
  sizes: number[]
  rounds: number
  /** How long each round lasts. */
  seconds: number
  only: MeasureName[]
  dataDirectory: string
  resultsDirectory: string
}

const usage = `npm run bench [-- --sizes 10000,1000000 --rounds 3 --seconds 5 --only ${measureNames.join(',')}]`

/** @throws CannotStart for unknown options. */
export function readOptions(written: string[]): Options {
  const { values } = parse(written)
  const sizes = values.sizes.split(',').map(Number)
  const only = values.only.split(',') as MeasureName[]
  const numbers = [...sizes, Number(values.rounds), Number(values.seconds)]
  const isKnown = only.every((name) => measureNames.includes(name))
  if (!isKnown || numbers.some((number) => !(number > 0))) throw new CannotStart(`Usage: ${usage}`)
  return {
    sizes: sizes.sort((one, other) => one - other),
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    only,
    dataDirectory: values['data-dir'],
    resultsDirectory: values['results-dir'],
  }
}

function parse(args: string[]) {
  const text = (standard: string) => ({ type: 'string', default: standard }) as const
  try {
    return parseArgs({
      args,
      options: {
        sizes: text('10000,1000000,10000000'),
        rounds: text('3'),
        seconds: text('5'),
        only: text(measureNames.join(',')),
        'data-dir': text('bench/data'),
        'results-dir': text('bench/results'),
      },
    })
  } catch (error) {
    throw new CannotStart(`${(error as Error).message.split('.')[0]}. Usage: ${usage}`)
  }
}
