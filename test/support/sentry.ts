import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/** One item of an envelope: a header line and a payload line, as Sentry documents it. */
interface SentItem {
  type: string
  // biome-ignore lint/suspicious/noExplicitAny: any payload
  payload: any
}

/**
 * A stand-in for Sentry that keeps the envelopes it gets (newline-delimited JSON, `POST /api/PROJECT/envelope/`). It
 * can answer 500 or never, or stop. Open it at the top of the file.
 */
export async function openSentry() {
  let mood: 'well' | 'ill' | 'silent' = 'well'
  let items: SentItem[] = []
  let written = ''
  const kept: ServerResponse[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const envelope = Buffer.concat(chunks).toString('utf8')
    written += [request.method, request.url, JSON.stringify(request.headers), envelope].join('\n')
    const [, ...lines] = envelope.trim().split('\n')
    for (let at = 0; at + 1 < lines.length; at += 2)
      items.push({ type: JSON.parse(lines[at] ?? '').type, payload: JSON.parse(lines[at + 1] ?? '') })
    if (mood === 'silent') return kept.push(response)
    response.writeHead(mood === 'well' ? 200 : 500, { 'Content-Type': 'application/json' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = () => {
    server.closeAllConnections()
    server.close()
  }
  afterAll(stop)
  return {
    dsn: `http://publickey@127.0.0.1:${port}/42`,
    become(next: typeof mood) {
      mood = next
    },
    /** The number of open requests. */
    unanswered: () => kept.filter(({ writableEnded, destroyed }) => !writableEnded && !destroyed).length,
    /** The items since the last call. */
    takeItems() {
      const taken = items
      items = []
      return taken
    },
    /** Everything received so far, with headers and addresses. */
    written: () => written,
    stop,
  }
}
