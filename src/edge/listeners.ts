import type { ClinicContext } from '../clinic/context.ts'
import type { Listener } from '../clinic/happenings.ts'
import type { MessageQueue } from '../env.ts'
import { type FeedExport, liveListener } from '../live/live-listener.ts'
import { reportFailure } from '../observability/failures.ts'
import { logAlarms } from './log-alarms.ts'
import { type PurgerExport, purgeListener } from './purge-listener.ts'
import { queueListener } from './queue-listener.ts'

type Tell = ClinicContext['tell']
type WaitUntil = (work: Promise<void>) => void

/** The Worker that tells: its exports, its queue if it has one, and how to go on after the answer. */
interface Teller {
  exports: () => PurgerExport & FeedExport
  queue: MessageQueue | undefined
  waitUntil: WaitUntil
}

/** Everything that follows from a happening. To add a listener, add a line. */
export function tellListeners({ exports, queue, waitUntil }: Teller): Tell {
  const listeners = [purgeListener(exports), liveListener(exports), logAlarms]
  return tellAll([...listeners, ...(queue ? [queueListener(queue)] : [])], waitUntil)
}

/** Runs the listeners after the answer. Failures are reported and stop neither the other listeners nor the verb. */
export function tellAll(listeners: Listener[], waitUntil: WaitUntil): Tell {
  return (happening) => {
    for (const listener of listeners) {
      const run = async () => listener(happening)
      try {
        waitUntil(run().catch(reportFailure))
      } catch (error) {
        reportFailure(error)
      }
    }
  }
}
