import { open } from 'node:fs/promises'
import * as z from 'zod'
import { CannotStart } from '../local/cannot-start.ts'

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

/** A request that production has answered, as its log line tells. */
export type LoggedRequest = z.infer<typeof requestLine>

const tailEvent = z.object({ logs: z.array(z.object({ message: z.array(z.unknown()) })) })

/**
 * Finds the requests in a log, in the order in which they began: lines of the Worker, with other text before, behind and
 * between them, or what `wrangler tail --format json` writes.
 *
 * @throws CannotStart when there is no such file.
 */
export async function readLog(file: string): Promise<{ requests: LoggedRequest[]; notUnderstood: number }> {
  const requests: LoggedRequest[] = []
  let notUnderstood = 0
  for await (const found of jsonIn(file)) {
    const tail = tailEvent.safeParse(found)
    const lines = tail.success ? tail.data.logs.flatMap(({ message }) => message.map(parse)) : [found]
    for (const line of lines) {
      const read = requestLine.safeParse(line)
      if (read.success) requests.push(read.data)
      else if ((line as { message?: unknown } | null)?.message === 'request') notUnderstood += 1
    }
  }
  // A page out of the public entrypoint was asked for within another request, which has a line of its own.
  const outer = requests.filter(({ door }) => door !== 'public')
  return { requests: outer.sort((one, other) => beganAt(one) - beganAt(other)), notUnderstood }
}

/** In milliseconds since 1970. */
export function beganAt({ at, duration_ms }: LoggedRequest): number {
  return Date.parse(at) - duration_ms
}

/** What stands on one line, or, as `wrangler tail` indents it, between lines that are a brace. */
async function* jsonIn(file: string): AsyncGenerator<unknown> {
  const source = await open(file).catch((error) => {
    throw new CannotStart(`${file} cannot be read (${error.code}).`)
  })
  let block: string[] = []
  for await (const line of source.readLines()) {
    if (line === '{') block = [line]
    else if (block.length > 0) block.push(line)
    else yield parse(line.slice(line.indexOf('{'), line.lastIndexOf('}') + 1))
    if (line === '}' && block.length > 0) {
      yield parse(block.join('\n'))
      block = []
    }
  }
}

/** Null for what is no JSON. */
function parse(written: unknown): unknown {
  if (typeof written !== 'string') return written
  try {
    return JSON.parse(written)
  } catch {
    return null
  }
}
