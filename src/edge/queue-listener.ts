import type { Listener } from '../clinic/happenings.ts'
import type { MessageQueue } from '../env.ts'
import { createBatcher, pauseFor } from '../http/batch.ts'

/** Under load, one message to the queue stands for all requests of this isolate. */
const gather = createBatcher<string>(pauseFor(250))

/**
 * Tells the queue that messages may be due. It says nothing more: what is due stands in the database. If it is lost, the cron
 * job finds the messages.
 */
export function queueListener(queue: MessageQueue): Listener {
  const send = async () => {
    await queue.send({})
  }
  return ({ kind }) => {
    if (isToldOf(kind)) return gather([kind], send)
  }
}

const nobodysBusiness = ['appointment.held', 'appointment.extended', 'appointment.released']

const isToldOf = (kind: string) => kind.startsWith('appointment.') && !nobodysBusiness.includes(kind)
