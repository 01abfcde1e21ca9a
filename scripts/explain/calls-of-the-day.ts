import { readDay } from '../../src/clinic/day/read-day.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** The day view, for each who may see it and each of its shapes. */
export const callsOfTheDay: Calls[] = [readDays]

async function readDays({ cast, as, context, now }: Explained, { call }: Recorder) {
  const { locationId, doctors } = cast
  const on = now.toISOString().slice(0, 10)
  const shapes = {
    'a day': { days: 1 },
    'three days of rooms': { days: 3, byRoom: true },
    'a doctor’s week with what was cancelled': { on, days: 7, doctorId: doctors[0], withCancelled: true },
  } as const
  for (const [name, shape] of Object.entries(shapes)) {
    await call(`the front desk reads ${name}`, () => readDay(context(as.desk), { locationId, ...shape }))
    await call(`a doctor reads ${name}`, () => readDay(context(as.doctor), { locationId, ...shape }))
  }
}
