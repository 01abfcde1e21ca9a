import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from '../http/app-env.ts'
import { setIdempotencyKey } from '../http/idempotency-key.ts'
import { isRead } from '../http/rate-limits.ts'

/** A field of every form that books or registers; its value is new each time the page is made. */
export function FormKey({ value }: { value: string }) {
  return <input type="hidden" name="form_key" value={value} />
}

export const newFormKey = () => crypto.randomUUID()

/**
 * A form sent twice, by a double tap or over a bad line, takes effect once. Another choice on the same page is another
 * request, so the key covers all fields of the form.
 */
export const readFormKey: MiddlewareHandler<AppEnv> = async (c, next) => {
  const form = isRead(c) ? {} : await c.req.parseBody().catch(() => ({}) as Record<string, string | File>)
  const { form_key: key } = form
  if (typeof key === 'string' && /^[\w-]{36}$/.test(key)) {
    const fields = Object.entries(form).filter(([, value]) => typeof value === 'string')
    setIdempotencyKey(c, [c.req.path, fields.toSorted()], (fingerprint) => `${key} ${fingerprint}`)
  }
  return next()
}
