import type { ClinicContext } from './clinic/context.ts'

/** What every door's handlers find in Hono's context. */
export interface AppEnv {
  Variables: { clinic: ClinicContext; requestId: string }
}
