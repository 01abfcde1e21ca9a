import { readFigures } from '../../src/clinic/day/read-figures.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** The figures of a week, for each who may see them. */
export const callsOfFigures: Calls[] = [readWeeks]

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
