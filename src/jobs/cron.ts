import type { ClinicContext } from '../clinic/context.ts'
import { forgetOld } from '../clinic/retention/forget.ts'

/** What is done by the clock, by the cron expression of wrangler.toml (UTC). */
export const jobs: Record<string, (ctx: ClinicContext) => Promise<object>> = {
  '17 19 * * *': forgetAll,
}

/** So many portions a night; what is left is forgotten the night after. */
const mostPortions = 100

/**
 * Does what is due, and says what came of it.
 *
 * @throws Error of what failed, and for an expression that nothing is done by.
 */
export async function runJob(cron: string, ctx: ClinicContext): Promise<object> {
  const job = jobs[cron]
  if (!job) throw new Error(`Nothing is done at ${cron}.`)
  return job(ctx)
}

async function forgetAll(ctx: ClinicContext): Promise<object> {
  const total = { holds: 0, keys: 0, sessions: 0, codes: 0, failures: 0 }
  for (let portion = 0; portion < mostPortions; portion++) {
    const gone = await forgetOld(ctx)
    for (const kind of Object.keys(total) as (keyof typeof total)[]) total[kind] += gone[kind]
    if (Object.values(gone).every((many) => many === 0)) break
  }
  return { forgotten: total }
}
