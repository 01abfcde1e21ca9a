import type { Context } from 'hono'
import type { AppEnv } from './app-env.ts'

/** Why the code that all HTTP doors share turns a request away. */
export type HttpRefusal =
  | 'not_signed_in'
  | 'unknown_key'
  | 'forbidden'
  | 'malformed_json'
  | 'malformed_key'
  | 'key_reused'
  | 'still_running'
  | 'unknown_cursor'
  | 'precondition_required'
  | 'stale'
  | 'no_version'
  | 'not_found'
  | 'method_not_allowed'
  | 'not_acceptable'
  | 'too_large'
  | 'unsupported_media_type'
  | 'too_many_requests'
  | 'unavailable'
  | 'internal'

/**
 * A door's own way to refuse: problem+json, an OperationOutcome or a page. Shared middleware takes it as a parameter.
 *
 * @param about what exactly was not found or not allowed, where the error says so.
 */
export type Refuse = (c: Context<AppEnv>, code: HttpRefusal, about?: string) => Response | Promise<Response>
