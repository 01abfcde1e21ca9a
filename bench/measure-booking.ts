import { bookNext, bookNextWithRoom, insertNext, showKeys } from './asks.ts'
import type { Ask } from './load.ts'
import { interleave, type Rounds, takeSample } from './sample.ts'
import type { Stage } from './stage.ts'

export interface BookingResult {
  size: number
  clients: number
  rounds: Rounds<'patient' | 'bare' | 'desk' | 'room'>
}

const clients = 16

/** Bookings through the whole API, by patients, by the front desk and with a room, beside the bare insert. */
export function measureBooking(stage: Stage): Promise<BookingResult> {
  const { main, options } = stage
  return stage.beside('insert', async (bare) => {
    const seconds = (warming: boolean) => (warming ? Math.min(2, options.seconds) : options.seconds)
    const book = (next: () => Ask | undefined) => async (warming: boolean) => {
      await showKeys(main)
      return takeSample(main, {
        clients,
        seconds: seconds(warming),
        expected: 201,
        next,
      })
    }
    const insert = (warming: boolean) =>
      takeSample(bare, {
        clients,
        seconds: seconds(warming),
        expected: 201,
        next: () => insertNext(main.scene),
      })
    const { scene } = main
    const things = {
      patient: book(() => bookNext(scene, 'patient')),
      bare: insert,
      desk: book(() => bookNext(scene, 'desk')),
      room: book(() => bookNextWithRoom(scene)),
    }
    return { size: main.size, clients, rounds: await interleave(options.rounds, things) }
  })
}
