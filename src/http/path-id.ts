import type { Context } from 'hono'
import { NotFound } from '../clinic/errors.ts'
import { id } from '../clinic/shapes.ts'
import type { AppEnv } from './app-env.ts'

/** The id in the path. @throws NotFound when it is not a number: nothing has such an id. */
export function idIn(c: Context<AppEnv>, noun: NotFound['noun'], parameter = 'id'): number {
  const read = id.safeParse(c.req.param(parameter))
  if (!read.success) throw new NotFound(noun)
  return read.data
}
