import { type Handler, Hono } from 'hono'
import type { AppEnv } from './app-env.ts'
import { giveRequestId } from './request-id.ts'

/**
 * Stands in for the app while a setting is missing or malformed. It answers every request with 503, and each request
 * writes one log line that names the setting.
 *
 * @param refusals by path, for doors whose clients do not read plain text.
 */
export function unready(reason: unknown, refusals: Record<string, Handler>) {
  const message = reason instanceof Error ? reason.message : String(reason)
  const app = new Hono<AppEnv>()
  app.use(giveRequestId)
  app.use(async (c, next) => {
    console.error(JSON.stringify({ level: 'error', message, request_id: c.var.requestId }))
    c.header('Cache-Control', 'private, no-store')
    c.header('Retry-After', '60')
    await next()
  })
  for (const [path, refuse] of Object.entries(refusals)) app.all(path, refuse)
  app.all('*', (c) =>
    c.text('This clinic isn’t fully set up yet. The server log names what is missing.\n', 503),
  )
  return app
}
