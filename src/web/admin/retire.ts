import type { Context } from 'hono'
import { Stale } from '../../clinic/errors.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { readForm } from '../read-form.ts'

/** Retires something of the version that the page showed; answers false when it has changed since. */
export async function retireAsSeen(
  c: Context<AppEnv>,
  retire: (version: number) => Promise<unknown>,
): Promise<boolean> {
  const version = Number((await readForm(c))('version'))
  try {
    await retire(Number.isInteger(version) ? version : 0)
    return true
  } catch (error) {
    if (!(error instanceof Stale)) throw error
    c.set('refusal', 'stale')
    return false
  }
}
