import { minuteOnClock } from './clock.ts'
import type { DayClock, Minute, Range } from './day.ts'

/** How far apart the day view offers starts: the doctor's grid, but at least every half an hour. */
export function stepOf(gridMinutes: number): number {
  return [30, 20, 15, 10, 5].find((step) => step <= gridMinutes && gridMinutes % step === 0) ?? 5
}

/** The starts on the wall clock's grid at which a whole step is free. */
export function freeStarts(free: readonly Range[], clock: DayClock, step: number): Minute[] {
  const starts: Minute[] = []
  for (const [from, until] of free) {
    let at = onGrid(clock, from, step)
    while (at + step <= until) {
      starts.push(at)
      // A change of clocks may move the grid.
      at = onGrid(clock, at + step, step)
    }
  }
  return starts
}

const onGrid = (clock: DayClock, at: Minute, step: number): Minute =>
  at + ((step - (minuteOnClock(clock, at) % step)) % step)
