import { readFigures } from '../../src/clinic/day/read-figures.ts'
import { readOwnDay } from '../../src/clinic/day/read-own-day.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** What doctors and the front desk read of their days and weeks. */
export const callsOfFigures: Calls[] = [readWeeks, readOwnDays]

async function readWeeks({ cast, as, context }: Explained, { call }: Recorder) {
  const { locationId, doctors } = cast
  const shapes = {
    'all locations': {},
    'a location': { locationId },
    'a doctor': { locationId, doctorId: doctors[0] },
  } as const
  for (const [name, shape] of Object.entries(shapes)) {
    await call(`the front desk reads the figures of ${name}`, () => readFigures(context(as.desk), shape))
    await call(`a doctor reads the figures of ${name}`, () => readFigures(context(as.doctor), shape))
  }
}

async function readOwnDays({ as, context }: Explained, { call }: Recorder) {
  await call('a doctor reads their day', () => readOwnDay(context(as.doctor), { days: 1 }))
  await call('a doctor reads their week', () => readOwnDay(context(as.doctor), { days: 7 }))
}
