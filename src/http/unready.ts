import { Hono } from 'hono'
import { type RequestIdVariables, requestId } from 'hono/request-id'
import { problem } from '../api/problem.ts'

/**
 * Stands in for the app while a setting is missing or malformed: everybody is answered 503, and each request writes one
 * line to the log that names it.
 */
export function unready(reason: unknown) {
  const message = reason instanceof Error ? reason.message : String(reason)
  const app = new Hono<{ Variables: RequestIdVariables }>()
  app.use(requestId({ limitLength: 100 }))
  app.use(async (c, next) => {
    console.error(JSON.stringify({ level: 'error', message, request_id: c.var.requestId }))
    c.header('Cache-Control', 'private, no-store')
    c.header('Retry-After', '60')
    await next()
  })
  app.all('/api/*', (c) => problem(c, 'unavailable'))
  app.all('*', (c) =>
    c.text('This clinic is not set up completely yet; its log says what is missing.\n', 503),
  )
  return app
}
