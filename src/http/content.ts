import type { MiddlewareHandler } from 'hono'
import { accepts } from 'hono/accepts'
import { bodyLimit } from 'hono/body-limit'
import type { AppEnv } from './app-env.ts'
import type { Refuse } from './refuse.ts'

/**
 * Answers 406 before anything is done when the client accepts none of these media types (RFC 9110, 15.5.7).
 *
 * @param offered in lower case, the preferred one first.
 */
export function requireAccept(refuse: Refuse, offered: string[]): MiddlewareHandler<AppEnv> {
  const match: Parameters<typeof accepts>[1]['match'] = (wanted) => {
    const qualityOf = (type: string) =>
      [type, `${type.split('/')[0]}/*`, '*/*'].flatMap(
        (range) => wanted.find((one) => one.type.toLowerCase() === range) ?? [],
      )[0]?.q
    return offered.find((type) => (qualityOf(type) ?? 0) > 0) ?? ''
  }
  return async (c, next) => {
    const chosen = accepts(c, { header: 'Accept', supports: offered, default: 'any', match })
    return chosen ? next() : refuse(c, 'not_acceptable')
  }
}

/** RFC 9110, 15.5.16. A form on another site cannot send JSON, so this also stops forged requests. */
export function requireContentType(refuse: Refuse, accepted: string[]): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const mediaType = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase() ?? ''
    return accepted.includes(mediaType) ? next() : refuse(c, 'unsupported_media_type')
  }
}

/** Refuses a body of more than 16 KB, or as many as the door needs. */
export function limitBody(refuse: Refuse, mostKilobytes = 16): MiddlewareHandler<AppEnv> {
  return bodyLimit({ maxSize: mostKilobytes * 1024, onError: (c) => refuse(c, 'too_large') })
}
