import { verifyEvents } from '../src/clinic/verify-events.ts'
import { actAsOperator } from './local/act-as-operator.ts'
import { CannotStart, runCommand } from './local/cannot-start.ts'

// Whether anybody has changed what happened: npm run audit:verify

runCommand(() =>
  actAsOperator(async ({ db }) => {
    const { checked, broken } = await verifyEvents(db)
    const words = { changed: 'was changed', gap: 'follows a gap', end: 'is not the last that there was' }
    for (const { appointmentId, number, what } of broken)
      console.log(`✘ Appointment ${appointmentId}: event ${number} ${words[what]}`)
    if (broken.length > 0)
      throw new CannotStart(`${broken.length} of ${checked} events are not as they were.`)
    console.log(`✔ ${checked} events, and none was changed.`)
  }),
)
