import type { Context, MiddlewareHandler } from 'hono'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import type { AppEnv } from './app-env.ts'
import { exposedHeaders } from './cross-origin.ts'
import { isRead } from './rate-limits.ts'
import type { Refuse } from './refuse.ts'

/**
 * Answers 304 when `If-None-Match` has the current ETag (RFC 9110, 13.1.2). An answer without an ETag of its own gets a
 * weak one, made from its content; `If-Match` does not accept weak ones.
 */
export const conditionalGet = etag({
  weak: true,
  retainedHeaders: [
    ...RETAINED_304_HEADERS,
    'Access-Control-Allow-Origin',
    'Access-Control-Expose-Headers',
    ...exposedHeaders,
  ],
})

/** RFC 6585, 3: the client has to say which version it looked at, or `*` for any. */
export function requireIfMatch(refuse: Refuse): MiddlewareHandler<AppEnv> {
  return async (c, next) =>
    c.req.header('If-Match') === undefined ? refuse(c, 'precondition_required') : next()
}

/**
 * Refuses `If-Match` where there is no version to compare: a condition must not be ignored (RFC 9110, 13.1.1).
 *
 * @param hasVersion whether the request is about something that has versions.
 */
export function refuseIfMatchWithoutVersion(
  refuse: Refuse,
  hasVersion: (c: Context<AppEnv>) => boolean,
): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const isIgnored = !isRead(c) && !hasVersion(c)
    return isIgnored && (c.req.header('If-Match') ?? '*') !== '*' ? refuse(c, 'no_version') : next()
  }
}

/**
 * The version in `If-Match`, whatever the patient responded; undefined when any will do. An ETag that is not ours gives -1, which no version has.
 * Cloudflare makes the ETag of a compressed answer weak: it still names the same version.
 */
export function readIfMatch(c: Context<AppEnv>): number | undefined {
  const written = c.req.header('If-Match')
  if (written === undefined || written === '*') return undefined
  return Number(/^(?:W\/)?"(0|[1-9]\d{0,8})a?"$/.exec(written)?.[1] ?? -1)
}
