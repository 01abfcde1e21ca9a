import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a provider does to us. After `accepted, then dropped`, and after `slow`, it has the message and we do not know. */
export type Fault = 'down' | 'slow' | 'throttling' | 'accepted, then dropped'

export interface Asked {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
}

export interface Answered {
  status?: number
  body: unknown
  headers?: Record<string, string>
}

export interface StandInOptions {
  /** Which fault to inject into this request. */
  fault?: ((asked: Asked) => Fault | undefined) | undefined
}

/** What throttling asks for. */
const retryAfterSeconds = 30

/** An HTTP server that stands in for a provider's API. */
export async function startStandIn(
  answer: (asked: Asked) => Answered | Promise<Answered>,
  { fault }: StandInOptions = {},
) {
  const server = createServer(async (request, response) => {
    const hungUp = new Promise((resolve) => response.once('close', resolve))
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url = '', headers } = request
    const asked = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') }
    const wrong = fault?.(asked)
    if (wrong === 'down') return write(response, { status: 503, body: { message: 'Service unavailable' } })
    if (wrong === 'throttling') return write(response, throttled)
    const answered = await answer(asked)
    if (wrong === 'accepted, then dropped') return request.socket.destroy()
    if (wrong === 'slow') await hungUp
    write(response, answered)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = async () => {
    server.closeAllConnections()
    server.close()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

const throttled = {
  status: 429,
  body: { name: 'rate_limit_exceeded', code: 20429, error: { code: 130429 } },
  headers: { 'Retry-After': String(retryAfterSeconds) },
}

function write(response: ServerResponse, { status = 200, body, headers }: Answered): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body))
}
