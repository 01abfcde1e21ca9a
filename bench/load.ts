import { performance } from 'node:perf_hooks'
import { type Dispatcher, Pool } from 'undici'

export interface Ask {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  headers?: Record<string, string>
  body?: string
}

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
  milliseconds: number
}

interface Load {
  seconds: number
  requests: number
  perSecond: number
  /** Of each answer, in order of arrival. */
  milliseconds: number[]
  /** Counts by status and refusal code: `201`, `409 slot_taken`. */
  answers: Record<string, number>
}

export interface LoadClient {
  send(ask: Ask): Promise<Answer>
  /** Runs clients that each send the next request after an answer, until the time is up or `next` returns nothing. */
  run(options: { clients: number; seconds: number; next: () => Ask | undefined }): Promise<Load>
  close(): Promise<void>
}

/** Opens keep-alive connections to one origin. */
export function openClient(origin: string, connections: number): LoadClient {
  const pool = new Pool(origin, { connections, pipelining: 1, keepAliveTimeout: 60_000 })
  const send = (ask: Ask) => new Promise<Answer>((resolve, reject) => dispatch(pool, ask, resolve, reject))
  return {
    send,
    close: () => pool.close(),
    async run({ clients, seconds, next }) {
      const milliseconds: number[] = []
      const answers: Record<string, number> = {}
      const begun = performance.now()
      const until = begun + seconds * 1000
      const ask = async () => {
        while (performance.now() < until) {
          const wish = next()
          if (!wish) return
          const answer = await send(wish)
          milliseconds.push(answer.milliseconds)
          const said = describe(answer)
          answers[said] = (answers[said] ?? 0) + 1
        }
      }
      await Promise.all(Array.from({ length: clients }, ask))
      const took = (performance.now() - begun) / 1000
      const requests = milliseconds.length
      return { seconds: took, requests, perSecond: requests / took, milliseconds, answers }
    },
  }
}

// Bypasses the streams of undici's convenient API, which cost as much as everything else.
function dispatch(
  pool: Dispatcher,
  { method, path, headers = {}, body }: Ask,
  resolve: (answer: Answer) => void,
  reject: (error: Error) => void,
): void {
  const begun = performance.now()
  const chunks: Buffer[] = []
  const answer: Answer = { status: 0, headers: {}, body: '', milliseconds: 0 }
  pool.dispatch(
    { method, path, headers, body: body ?? null },
    {
      onRequestStart() {},
      onResponseStart(_, status, received) {
        answer.status = status
        answer.headers = received as Answer['headers']
      },
      onResponseData(_, chunk) {
        chunks.push(chunk)
      },
      onResponseEnd() {
        answer.milliseconds = performance.now() - begun
        answer.body = (chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString()
        resolve(answer)
      },
      onResponseError: (_, error) => reject(error),
    },
  )
}

export function describe({ status, body }: Pick<Answer, 'status' | 'body'>): string {
  const code = status >= 400 ? /"code":\s*"(\w+)"/.exec(body)?.[1] : undefined
  return code ? `${status} ${code}` : String(status)
}

/** The answers other than the expected status. */
export function unlike(status: number, answers: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(answers).filter(([said]) => said !== String(status)))
}
