import { bookNext, insertNext, showKeys } from './asks.ts'
import { interleave, type Rounds, takeSample } from './sample.ts'
import type { Stage } from './stage.ts'

export interface BookingResult {
  size: number
  clients: number
  rounds: Rounds<'patient' | 'bare' | 'desk'>
}

const clients = 16

/** Bookings through the whole API, by patients and by the front desk, beside the bare insert. */
export function measureBooking(stage: Stage): Promise<BookingResult> {
  const { main, options } = stage
  return stage.beside('insert', async (bare) => {
    const seconds = (warming: boolean) => (warming ? Math.min(2, options.seconds) : options.seconds)
    const book = (by: 'patient' | 'desk') => async (warming: boolean) => {
      await showKeys(main)
      return takeSample(main, {
        clients,
        seconds: seconds(warming),
        expected: 201,
        next: () => bookNext(main.scene, by),
      })
    }
    const insert = (warming: boolean) =>
      takeSample(bare, {
        clients,
        seconds: seconds(warming),
        expected: 201,
        next: () => insertNext(main.scene),
      })
    const things = { patient: book('patient'), bare: insert, desk: book('desk') }
    return { size: main.size, clients, rounds: await interleave(options.rounds, things) }
  })
}
