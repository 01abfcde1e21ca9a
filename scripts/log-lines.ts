import { open } from 'node:fs/promises'
import * as z from 'zod'
import { CannotStart } from './local/cannot-start.ts'

const tailEvent = z.object({ logs: z.array(z.object({ message: z.array(z.unknown()) })) })

/**
 * Reads what the Worker logged from a file: its JSON lines, even with other text around them, or the output of
 * `wrangler tail --format json`. Yields null for what is not JSON.
 *
 * @throws CannotStart when the file cannot be read.
 */
export async function* logLines(file: string): AsyncGenerator<unknown> {
  for await (const found of jsonIn(file)) {
    const tail = tailEvent.safeParse(found)
    if (tail.success) yield* tail.data.logs.flatMap(({ message }) => message.map(parse))
    else yield found
  }
}

/** JSON on one line, or indented by `wrangler tail` between two lines with only a brace. */
async function* jsonIn(file: string): AsyncGenerator<unknown> {
  await using source = await open(file).catch((error) => {
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

function parse(written: unknown): unknown {
  if (typeof written !== 'string') return written
  try {
    return JSON.parse(written)
  } catch {
    return null
  }
}
