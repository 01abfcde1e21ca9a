import { resolve } from 'node:path'
import type { ClinicContext } from '../../src/clinic/context.ts'
import { connect } from '../../src/database/connect.ts'
import { needsBridge, startBridge } from './bridge.ts'
import { CannotStart } from './cannot-start.ts'
import { findDatabase } from './data-directory.ts'

/**
 * Runs the clinic's own verbs from a terminal, on the database of DATABASE_URL or of the stack that runs here.
 * Whoever can reach the database itself may do what an admin may.
 */
export async function actAsOperator(work: (ctx: ClinicContext) => Promise<void>): Promise<void> {
  const url = process.env.DATABASE_URL ?? (await findDatabase(resolve(process.env.DATA_DIR || '.data')))
  if (!url) throw new CannotStart('No stack runs here. Run npm start first, or set DATABASE_URL.')
  const bridge = await startBridge()
  const db = connect({ DATABASE_URL: url, ...(needsBridge(url) && { NEON_BRIDGE_URL: bridge.url }) })
  const mail = { send: () => Promise.reject(new Error('The terminal sends no mail.')) }
  try {
    await work({
      db,
      actor: { kind: 'system' },
      now: new Date(),
      requestId: 'operator',
      mail,
      authSecret: '',
      // No listener runs in a terminal: cached pages expire by themselves.
      tell: () => {},
    })
  } finally {
    await bridge.stop()
  }
}
