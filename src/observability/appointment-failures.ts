import type { MiddlewareHandler } from 'hono'
import type { AppointmentFailure } from '../clinic/health/count-failures.ts'
import { turnedAway } from '../database/connect.ts'
import type { FailurePoints } from '../env.ts'
import type { AppEnv } from '../http/app-env.ts'
import { createBatcher, pauseFor } from '../http/batch.ts'
import { isRead } from '../http/rate-limits.ts'
import { causesOf } from './causes.ts'
import { log } from './log.ts'
import { currentTrace, type Trace, traced } from './trace.ts'

/** Where an appointment is held, booked, moved, cancelled, or changed in whatever way. */
const ofAppointments = /^(\/api\/v1)?\/(appointments|holds|walk-ins|booking)\b/
/** How many are remembered while they cannot be counted. */
const mostWaiting = 5_000

interface Counting {
  /** Keeps what came to nothing, in one trip. */
  count(failures: AppointmentFailure[]): Promise<void>
  /** Workers Analytics Engine, where it is bound. */
  points?: FailurePoints | undefined
  /** How long failures are gathered: a storm of them is one trip a second, and not one each. */
  pause?: () => Promise<void>
}

/**
 * Counts every refusal and failure of what was wanted of an appointment, whichever verb it was and whichever door, after the
 * answer. What cannot be counted is counted with the next; the log and Analytics Engine have it at once.
 */
export function countAppointmentFailures(counting: Counting): MiddlewareHandler<AppEnv> {
  const { count, points, pause = pauseFor(1_000) } = counting
  const gather = createBatcher<AppointmentFailure>(pause)
  let waiting: AppointmentFailure[] = []

  async function tell(all: AppointmentFailure[], { requestId, waitUntil }: Trace): Promise<void> {
    const due = [...waiting, ...all].slice(-mostWaiting)
    waiting = []
    // A trip of its own, and not of the request that came first.
    const about = () => ({ route: 'count failures' })
    const spent = { trips: 0, tripMs: 0 }
    try {
      await traced({ requestId, door: 'job', spent, isRepeatable: false, about, waitUntil }, () => count(due))
    } catch (error) {
      waiting = [...due, ...waiting].slice(-mostWaiting)
      // That it is away, each request says.
      if (!turnedAway(error))
        log('warn', 'failures not counted', { many: due.length, causes: causesOf(error) })
    }
  }

  return async (c, next) => {
    await next()
    const [trace, code] = [currentTrace(), c.var.refusal]
    if (!trace || !code || isRead(c)) return
    const { route = '', doctor_id, appointment_id }: About = trace.about()
    if (!ofAppointments.test(route)) return
    const door = trace.door === 'api' ? 'api' : 'web'
    point(points, [code, door, String(doctor_id ?? ''), `${c.req.method} ${route}`])
    const failure = {
      at: c.var.clinic.now,
      door,
      code,
      doctorId: doctor_id,
      appointmentId: appointment_id,
    } as const
    trace.waitUntil(gather([failure], (all) => tell(all, trace)))
  }
}

interface About {
  route?: string
  doctor_id?: number
  appointment_id?: number
}

/** Sampled by code, so that a rare one is not lost among the many of another. */
function point(points: FailurePoints | undefined, blobs: [code: string, ...others: string[]]): void {
  try {
    points?.writeDataPoint({ indexes: [blobs[0]], blobs, doubles: [1] })
  } catch (error) {
    log('warn', 'Analytics Engine was not told', { causes: causesOf(error) })
  }
}
