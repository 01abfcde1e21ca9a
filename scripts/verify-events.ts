import { type BrokenChain, verifyEvents } from '../src/clinic/verify-events.ts'
import { actAsOperator } from './local/act-as-operator.ts'
import { CannotStart, runCommand } from './local/cannot-start.ts'

// Recomputes every event's hash, to show whether history was changed: npm run audit:verify

const words: Record<BrokenChain['what'], (number: number) => string> = {
  changed: (number) => `: event ${number} was changed`,
  gap: (number) => `: event ${number} follows a gap`,
  end: (number) => `: events after number ${number} are missing`,
  forged: (number) => `: event ${number} was not written by the clinic`,
  unrecorded: (number) => ` was changed without an event, see event ${number}`,
  removed: () => ' was removed with its events',
}

runCommand(() =>
  actAsOperator(async ({ db }) => {
    const { checked, broken } = await verifyEvents(db)
    for (const { appointmentId, number, what } of broken)
      console.log(`✘ Appointment ${appointmentId}${words[what](number)}`)
    if (broken.length > 0)
      throw new CannotStart(
        `History was tampered with in ${broken.length} places (${checked} events checked).`,
      )
    console.log(`✔ ${checked} events checked; nothing was changed, forged or removed.`)
  }),
)
