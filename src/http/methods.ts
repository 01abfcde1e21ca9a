import type { Handler } from 'hono'
import type { AppEnv } from './app-env.ts'
import type { Refuse } from './refuse.ts'

/**
 * Makes the handler for all methods that an address does not take: it answers OPTIONS with `Allow`, and refuses the
 * others (RFC 9110, 9.3.7 and 15.5.6). Register it after the routes of the address.
 */
export function allowMethods(refuse: Refuse): (methods: string) => Handler<AppEnv> {
  return (methods) => (c) => {
    c.header('Allow', `${methods}, OPTIONS`)
    return c.req.method === 'OPTIONS' ? c.body(null, 204) : refuse(c, 'method_not_allowed')
  }
}
