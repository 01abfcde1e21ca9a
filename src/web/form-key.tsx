import type { MiddlewareHandler } from 'hono'
import { hashKey } from '../clinic/accounts/hash-key.ts'
import type { AppEnv } from '../http/app-env.ts'
import { isRead } from '../http/rate-limits.ts'

/** In every form that books or registers: another each time a page is made. */
export function FormKey({ value }: { value: string }) {
  return <input type="hidden" name="form_key" value={value} />
}

export const newFormKey = () => crypto.randomUUID()

/**
 * A form that is sent twice, by a double tap or over a bad line, is done once. What else is chosen on the same page is
 * another request, so the key is of all that the form says.
 */
export const readFormKey: MiddlewareHandler<AppEnv> = async (c, next) => {
  const form = isRead(c) ? {} : await c.req.parseBody().catch(() => ({}) as Record<string, string | File>)
  const { form_key: key } = form
  if (typeof key === 'string' && /^[\w-]{36}$/.test(key)) {
    const fields = Object.entries(form).filter(([, value]) => typeof value === 'string')
    const fingerprint = hashKey(JSON.stringify([c.req.path, fields.toSorted()]))
    c.set('clinic', { ...c.var.clinic, idempotency: { key: `${key} ${fingerprint}`, fingerprint } })
  }
  return next()
}
