import * as z from 'zod'
import { logLines } from '../log-lines.ts'

const requestLine = z.object({
  message: z.literal('request'),
  /** When the answer was ready. */
  at: z.iso.datetime(),
  request_id: z.string(),
  door: z.string(),
  method: z.string(),
  route: z.string(),
  path: z.string().regex(/^\/(?!\/)/),
  actor: z.object({
    kind: z.string(),
    account_id: z.number().nullish(),
    key_id: z.number().nullish(),
    role: z.string().nullish(),
  }),
  status: z.number(),
  refusal: z.string().nullish(),
  duration_ms: z.number(),
})

/** A request from its log line. */
export type LoggedRequest = z.infer<typeof requestLine>

/**
 * Finds the requests in a log, in the order in which they began.
 *
 * @throws CannotStart when the file cannot be read.
 */
export async function readLog(file: string): Promise<{ requests: LoggedRequest[]; notUnderstood: number }> {
  const requests: LoggedRequest[] = []
  let notUnderstood = 0
  for await (const line of logLines(file)) {
    const read = requestLine.safeParse(line)
    if (read.success) requests.push(read.data)
    else if ((line as { message?: unknown } | null)?.message === 'request') notUnderstood += 1
  }
  // A request to the public entrypoint is part of an outer one, which has a line of its own.
  const outer = requests.filter(({ door }) => door !== 'public')
  return { requests: outer.sort((one, other) => beganAt(one) - beganAt(other)), notUnderstood }
}

/** In milliseconds since 1970. */
export function beganAt({ at, duration_ms }: LoggedRequest): number {
  return Date.parse(at) - duration_ms
}
