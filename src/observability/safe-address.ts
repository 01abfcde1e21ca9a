import type { Context } from 'hono'
import type { AppEnv } from '../http/app-env.ts'

const number = /^\d{1,15}$/
/** A date, an instant, or a wall clock. */
const time = /^\d{4}-\d\d(-\d\d)?([T ][\d:.]{2,15}(Z|[+-]\d\d:?\d\d)?)?$/

/** What of a query says nothing of a person, and how its value must then look. All else is left out. */
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
 * Path and query as they may be written down: enough to ask again, and nobody's name.
 *
 * @param route the pattern that the path matches; what no route knows could be anything.
 */
export function safeAddress({ pathname, searchParams }: URL, route: string): string {
  const written = pathname.split('/')
  const known = route.split('/').map((part, at) => (part.startsWith(':') ? idOf(written[at]) : part))
  const path = known.join('/').replace('*', '…')
  const safe = [...searchParams].filter(([name, value]) => safeParameters.get(name)?.test(value))
  return safe.length > 0 ? `${path}?${new URLSearchParams(safe)}` : path
}

/** Which appointment and which doctor are asked about, where the address, the JSON or the form says so. */
export function subjectOf(c: Context<AppEnv>): { appointment_id?: number; doctor_id?: number } {
  const { path } = c.req
  const asked = { ...c.req.query(), ...jsonIn(c), ...c.var.form }
  const appointment = /^(?:\/api\/v1)?\/(?:appointments|holds|booking\/\w+)\/(\d{1,15})\b/.exec(path)?.[1]
  const doctor = /\/doctors\/(\d{1,15})\b/.exec(path)?.[1]
  const appointmentId = toNumber(appointment ?? asked.hold_id)
  // A slot on a page is its doctor, and its start.
  const doctorId = toNumber(doctor ?? asked.slot?.split('/')[0] ?? asked.doctor_id)
  return {
    ...(appointmentId && { appointment_id: appointmentId }),
    ...(doctorId && { doctor_id: doctorId }),
  }
}

const idOf = (segment = '') => (number.test(segment) ? segment : '…')

type Asked = Partial<Record<'doctor_id' | 'hold_id' | 'slot', string>>

/** What the API was sent is one object under a name. */
function jsonIn(c: Context<AppEnv>): Asked {
  const [body] = Object.values((c.req as { valid(from: string): unknown }).valid('json') ?? {})
  return (body ?? {}) as Asked
}

function toNumber(written: unknown): number | undefined {
  return number.test(String(written)) ? Number(written) : undefined
}
