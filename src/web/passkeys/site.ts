import type { Context } from 'hono'
import type { Site } from '../../clinic/accounts/passkeys/ceremony.ts'
import type { AppEnv } from '../../http/app-env.ts'

/** The site that was asked. Cloudflare passes only the hosts in wrangler.toml, so no stranger chooses it. */
export function siteOf(c: Context<AppEnv>): Site {
  const { origin, hostname } = new URL(c.req.url)
  return { origin, host: hostname }
}
