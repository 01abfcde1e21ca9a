import type { Database } from '../db.ts'

/** What every verb and every find is given. */
export interface ClinicContext {
  db: Database
  /** The instant at which the request is judged; injected, so that no rule reads a clock of its own. */
  now: Date
}
