import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { AppEnv } from '../http/app-env.ts'

/**
 * The text fields of a posted form, by name; a file, or a field that is not there, is empty.
 *
 * @throws HTTPException 400 when the body is no form at all.
 */
export async function readForm(c: Context<AppEnv>): Promise<(name: string) => string> {
  const form = await c.req.parseBody().catch(() => {
    throw new HTTPException(400)
  })
  c.set('form', form as Record<string, string>)
  return (name) => {
    const written = form[name]
    return typeof written === 'string' ? written : ''
  }
}
