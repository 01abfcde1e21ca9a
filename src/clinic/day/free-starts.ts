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
      at = onGrid(clock, at + step, step)
    }
  }
  return starts
}

function onGrid(clock: DayClock, at: Minute, step: number): Minute {
  const past = minuteOnClock(clock, at) % step
  // A change of clocks on the way moves the grid once more.
  return past === 0 ? at : onGrid(clock, at + step - past, step)
}
