import type { MiddlewareHandler } from 'hono'
import type { AppointmentFailure } from '../clinic/health/count-failures.ts'
import { turnedAway } from '../database/connect.ts'
import type { FailurePoints } from '../env.ts'
import type { AppEnv } from '../http/app-env.ts'
import { createBatcher, pauseFor } from '../http/batch.ts'
import { isAboutAppointments } from '../http/doors.ts'
import { isRead } from '../http/rate-limits.ts'
import { causesOf } from './causes.ts'
import { log } from './log.ts'
import { currentTrace, type Trace, traced } from './trace.ts'

/** How many failures are kept while they cannot be counted. */
const mostWaiting = 5_000

interface Counting {
  /** Stores the failures, in one trip. */
  count(failures: AppointmentFailure[]): Promise<void>
  /** Workers Analytics Engine, where it is bound. */
  points?: FailurePoints | undefined
  /** How long failures are collected, so that a storm of them costs one trip a second instead of one each. */
  pause?: () => Promise<void>
}

/**
 * Counts each refused or failed write about an appointment, at every door, after the answer. What cannot be counted is
 * counted with the next; the log and Analytics Engine get it at once.
 */
export function countAppointmentFailures(counting: Counting): MiddlewareHandler<AppEnv> {
  const { count, points, pause = pauseFor(1_000) } = counting
  const gather = createBatcher<AppointmentFailure>(pause)
  let waiting: AppointmentFailure[] = []

  async function tell(all: AppointmentFailure[], { requestId, waitUntil }: Trace): Promise<void> {
    const due = [...waiting, ...all].slice(-mostWaiting)
    waiting = []
    // Its own trace: the trip is not part of the request that came first.
    const about = () => ({ route: 'count failures' })
    const spent = { trips: 0, tripMs: 0 }
    try {
      await traced({ requestId, door: 'job', spent, isRepeatable: false, about, waitUntil }, () => count(due))
    } catch (error) {
      waiting = [...due, ...waiting].slice(-mostWaiting)
      // Each request logs on its own that the database is away.
      if (!turnedAway(error))
        log('warn', 'failures not counted', { many: due.length, causes: causesOf(error) })
    }
  }

  return async (c, next) => {
    await next()
    const [trace, code] = [currentTrace(), c.var.refusal]
    if (!trace || !code || isRead(c)) return
    const { route = '', doctor_id, appointment_id }: About = trace.about()
    if (!isAboutAppointments(route)) return
    const { door } = trace
    point(points, [code, door, String(doctor_id ?? ''), `${c.req.method} ${route}`])
    const { now: at } = c.var.clinic
    const failure = { at, door, code, doctorId: doctor_id, appointmentId: appointment_id }
    trace.waitUntil(gather([failure], (all) => tell(all, trace)))
  }
}

interface About {
  route?: string
  doctor_id?: number
  appointment_id?: number
}

/** Sampled by code, so that frequent codes do not crowd out rare ones. */
function point(points: FailurePoints | undefined, blobs: [code: string, ...others: string[]]): void {
  try {
    points?.writeDataPoint({ indexes: [blobs[0]], blobs, doubles: [1] })
  } catch (error) {
    log('warn', 'Analytics Engine not notified', { causes: causesOf(error) })
  }
}
