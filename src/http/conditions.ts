import type { Context, MiddlewareHandler } from 'hono'
import { every } from 'hono/combine'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import type { AppEnv } from './app-env.ts'
import { exposedHeaders } from './cross-origin.ts'
import { isRead } from './rate-limits.ts'
import type { Refuse } from './refuse.ts'

/**
 * Answers 304 when `If-None-Match` has the current ETag (RFC 9110, 13.1.2). A version says nothing of what else an answer
 * shows, such as the name of a doctor or the clock of a location, so the ETag of a version gets a digest of the answer:
 * `"7"` becomes `"7-5d41402a"`. An answer without a version gets a weak one, made from its content; `If-Match` does not
 * accept weak ones.
 */
export const conditionalGet: MiddlewareHandler<AppEnv> = every(
  etag({
    weak: true,
    retainedHeaders: [
      ...RETAINED_304_HEADERS,
      'Access-Control-Allow-Origin',
      'Access-Control-Expose-Headers',
      ...exposedHeaders,
    ],
  }),
  async (c, next) => {
    await next()
    const version = /^"(\w+)"$/.exec(c.res.headers.get('ETag') ?? '')?.[1]
    if (version) c.res.headers.set('ETag', `"${version}-${await digestOf(c.res)}"`)
  },
)

/** Eight hexadecimal digits: enough to tell two answers of one version apart. */
async function digestOf(response: Response): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer())
  return [...new Uint8Array(digest, 0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

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
 * The version in `If-Match`, whatever else the answer showed; undefined when any will do. An ETag that is not ours gives -1,
 * which no version has.
 * Cloudflare makes the ETag of a compressed answer weak: it still names the same version.
 */
export function readIfMatch(c: Context<AppEnv>): number | undefined {
  const written = c.req.header('If-Match')
  if (written === undefined || written === '*') return undefined
  return Number(/^(?:W\/)?"(0|[1-9]\d{0,8})(?:-[0-9a-f]{8})?"$/.exec(written)?.[1] ?? -1)
}
