import type { Handler, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { AppEnv } from '../door.ts'
import { problem } from './problem.ts'

/** RFC 9110, 15.5.16; it also makes a form of another site unable to write here. */
export const requireJson: MiddlewareHandler<AppEnv> = async (c, next) => {
  const mediaType = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase()
  return mediaType === 'application/json' ? next() : problem(c, 'unsupported_media_type')
}

export const limitBody: MiddlewareHandler<AppEnv> = bodyLimit({
  maxSize: 16 * 1024,
  onError: (c) => problem(c, 'too_large'),
})

/** Answers every method that the address does not know (RFC 9110, 15.5.6). */
export function allowOnly(methods: string): Handler<AppEnv> {
  return (c) => {
    c.header('Allow', methods)
    return problem(c, 'method_not_allowed')
  }
}
