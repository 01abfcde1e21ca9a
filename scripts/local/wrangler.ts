import { createRequire } from 'node:module'

/** The pinned wrangler's script, to be run by Node itself. */
export const wrangler = createRequire(import.meta.url)
  .resolve('wrangler/package.json')
  .replace('package.json', 'bin/wrangler.js')

/** Nothing is sent anywhere that was not asked for, nothing is asked, nothing is advertised. */
export const quiet = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_SEND_METRICS: 'false',
}
