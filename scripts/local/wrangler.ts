import { createRequire } from 'node:module'

/** The script of the pinned wrangler, to run with Node. */
export const wrangler = createRequire(import.meta.url)
  .resolve('wrangler/package.json')
  .replace('package.json', 'bin/wrangler.js')

/** Sends no metrics, asks nothing, shows no banner. */
export const quiet = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_SEND_METRICS: 'false',
}
