import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CannotStart } from '../local/cannot-start.ts'

/** The size of the clinic. The same options on the same day generate the same clinic. */
export interface Wishes {
  appointments: number
  doctors: number
  patients: number
  seed: number
}

const usage =
  'Usage: npm run generate -- [--appointments 1000000] [--doctors 500] [--patients 100000] [--seed 1] [--data-dir .data/large]'

/** @throws CannotStart with the usage, or the option that is impossible. */
export function readFlags(words: string[]): Wishes & { directory: string } {
  const flag = (standard: string) => ({ type: 'string', default: standard }) as const
  try {
    const { values } = parseArgs({
      args: words,
      options: {
        appointments: flag('1000000'),
        doctors: flag('500'),
        patients: flag('100000'),
        seed: flag('1'),
        'data-dir': flag('.data/large'),
      },
    })
    const wishes = {
      appointments: wholeNumber('appointments', values.appointments, 1000, 100_000_000),
      doctors: wholeNumber('doctors', values.doctors, 3, 20_000),
      patients: wholeNumber('patients', values.patients, 6, 20_000_000),
      seed: wholeNumber('seed', values.seed, 0, 1_000_000),
    }
    if (wishes.patients < 2 * wishes.doctors)
      throw new CannotStart(
        '--patients must be at least 2 × --doctors, because no two doctors see the same patient in one week.',
      )
    return { ...wishes, directory: resolve(values['data-dir']) }
  } catch (error) {
    if (error instanceof CannotStart) throw error
    throw new CannotStart(`${(error as Error).message.split('.')[0]}. ${usage}`)
  }
}

function wholeNumber(name: string, written: string, least: number, most: number): number {
  const number = Number(written.replaceAll('_', ''))
  if (Number.isInteger(number) && number >= least && number <= most) return number
  throw new CannotStart(`--${name} must be a whole number from ${least} to ${most}, not "${written}".`)
}
