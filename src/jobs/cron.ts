import type { ClinicContext } from '../clinic/context.ts'
import { type Forgotten, forgetOld } from '../clinic/retention/forget.ts'

/** Jobs by the cron expression of wrangler.toml, which is in UTC. */
export const jobs: Record<string, (ctx: ClinicContext) => Promise<object>> = {
  '17 19 * * *': forgetAll,
}

/** The next night continues where this limit stops. */
const mostPortions = 100

/**
 * Runs the job for the expression and returns its outcome for the log.
 *
 * @throws Error when no job has that expression, or the job fails.
 */
export async function runJob(cron: string, ctx: ClinicContext): Promise<object> {
  const job = jobs[cron]
  if (!job) throw new Error(`No job runs at ${cron}.`)
  return job(ctx)
}

async function forgetAll(ctx: ClinicContext): Promise<object> {
  const total: Partial<Forgotten> = {}
  for (let portion = 0; portion < mostPortions; portion++) {
    const gone = await forgetOld(ctx)
    for (const kind of Object.keys(gone) as (keyof Forgotten)[]) total[kind] = (total[kind] ?? 0) + gone[kind]
    if (Object.values(gone).every((many) => many === 0)) break
  }
  return { forgotten: total }
}
