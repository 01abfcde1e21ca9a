import type { Context } from 'hono'
import { snakeKeys } from '../clinic/snake-case.ts'
import type { AppEnv } from '../http/app-env.ts'
import { idsIn } from '../http/doors.ts'
import { readSlotValue } from '../http/slot-value.ts'

const number = /^\d{1,15}$/
/** A date, an instant, or a wall clock. */
const time = /^\d{4}-\d\d(-\d\d)?([T ][\d:.]{2,15}(Z|[+-]\d\d:?\d\d)?)?$/

/** The parameters that say nothing about a person, and what their values look like. All others are left out. */
const safeParameters = new Map<string, RegExp>(
  Object.entries({
    visit_type_id: number,
    doctor_id: number,
    location_id: number,
    limit: number,
    from: time,
    to: time,
    week: time,
    day: time,
    part_of_day: /^(morning|afternoon|evening)$/,
    view: /^week$/,
    when: /^past$/,
    status: /^[a-z]{1,12}$/,
    lang: /^(en|id)$/,
  }),
)

/**
 * Path and query as they may be logged: enough to repeat the request, without any person's data.
 *
 * @param route the pattern that the path matches. Segments that no pattern explains could be anything, so they are masked.
 */
export function safeAddress({ pathname, searchParams }: URL, route: string): string {
  const written = pathname.split('/')
  const known = route.split('/').map((part, at) => (part.startsWith(':') ? idOf(written[at]) : part))
  const path = known.join('/').replace('*', '…')
  const safe = [...searchParams].filter(([name, value]) => safeParameters.get(name)?.test(value))
  return safe.length > 0 ? `${path}?${new URLSearchParams(safe)}` : path
}

/** The appointment and the doctor that the path, the query, the JSON or the form names. */
export function subjectOf(c: Context<AppEnv>): { appointment_id?: number; doctor_id?: number } {
  const asked = { ...c.req.query(), ...jsonIn(c), ...c.var.form }
  const { appointment, doctor } = idsIn(c.req.path)
  const appointmentId = toNumber(appointment ?? asked.hold_id)
  const doctorId = toNumber(doctor ?? readSlotValue(asked.slot)?.doctorId ?? asked.doctor_id)
  return {
    ...(appointmentId && { appointment_id: appointmentId }),
    ...(doctorId && { doctor_id: doctorId }),
  }
}

const idOf = (segment = '') => (number.test(segment) ? segment : '…')

type Asked = Partial<Record<'doctor_id' | 'hold_id' | 'slot', string>>

/** The fields of a JSON body, which are in one object under its noun. */
function jsonIn(c: Context<AppEnv>): Asked {
  const [body] = Object.values((c.req as { valid(from: string): unknown }).valid('json') ?? {})
  return snakeKeys((body ?? {}) as object) as Asked
}

function toNumber(written: unknown): number | undefined {
  return number.test(String(written)) ? Number(written) : undefined
}
