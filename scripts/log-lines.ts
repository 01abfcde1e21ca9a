import { open } from 'node:fs/promises'
import * as z from 'zod'
import { CannotStart } from './local/cannot-start.ts'

const tailEvent = z.object({ logs: z.array(z.object({ message: z.array(z.unknown()) })) })

/**
 * What the Worker has logged, out of a file: its lines, with other text before, behind and between them, or what `wrangler
 * tail --format json` writes. What is no JSON is null.
 *
 * @throws CannotStart when there is no such file.
 */
export async function* logLines(file: string): AsyncGenerator<unknown> {
  for await (const found of jsonIn(file)) {
    const tail = tailEvent.safeParse(found)
    if (tail.success) yield* tail.data.logs.flatMap(({ message }) => message.map(parse))
    else yield found
  }
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
