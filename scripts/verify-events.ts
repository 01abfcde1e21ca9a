import { verifyEvents } from '../src/clinic/verify-events.ts'
import { actAsOperator } from './local/act-as-operator.ts'
import { CannotStart, runCommand } from './local/cannot-start.ts'

// Recomputes every event's hash, to show whether history was changed: npm run audit:verify

runCommand(() =>
  actAsOperator(async ({ db }) => {
    const { checked, broken } = await verifyEvents(db)
    const words = { changed: 'was changed', gap: 'follows a gap', end: 'was not the last one' }
    for (const { appointmentId, number, what } of broken)
      console.log(`✘ Appointment ${appointmentId}: event ${number} ${words[what]}`)
    if (broken.length > 0)
      throw new CannotStart(`${broken.length} of ${checked} events have been tampered with.`)
    console.log(`✔ ${checked} events checked; none has been changed.`)
  }),
)
