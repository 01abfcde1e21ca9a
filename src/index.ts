import { env, WorkerEntrypoint } from 'cloudflare:workers'
import { createApp } from './app.tsx'
import { createPublicApp } from './edge/public.tsx'
import { readSettings } from './env.ts'

export { Purger } from './edge/purger.ts'

const settings = readSettings(env)
const app = createApp(settings)
const publicApp = createPublicApp(settings)

/** Everything, uncached. */
export default app

/** What is the same for everyone, behind the cache; reached only from here. */
export class Public extends WorkerEntrypoint {
  override fetch(request: Request): Response | Promise<Response> {
    return publicApp.fetch(request)
  }

  /** Takes out of the cache what has one of at most 100 tags; false when Cloudflare would not. */
  async purgeTags(tags: string[]): Promise<boolean> {
    // Where nothing is cached, locally, there is nothing to take out.
    const purged = await this.ctx.cache?.purge({ tags })
    return purged?.success ?? true
  }
}
