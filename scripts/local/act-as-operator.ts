import { resolve } from 'node:path'
import type { ClinicContext } from '../../src/clinic/context.ts'
import { secretsOf } from '../../src/clinic/sign.ts'
import { connect } from '../../src/database/connect.ts'
import { needsBridge, startBridge } from './bridge.ts'
import { CannotStart } from './cannot-start.ts'
import { findDatabase } from './data-directory.ts'

/**
 * Runs the clinic's verbs from a terminal, on the database of DATABASE_URL or of the running stack. Anyone with access to
 * the database may do what an admin may.
 */
export async function actAsOperator(work: (ctx: ClinicContext) => Promise<void>): Promise<void> {
  const url = process.env.DATABASE_URL ?? (await findDatabase(resolve(process.env.DATA_DIR || '.data')))
  if (!url) throw new CannotStart('No stack is running. Run npm start first, or set DATABASE_URL.')
  if (!URL.canParse(url)) throw new CannotStart('DATABASE_URL is not a valid address.')
  await using bridge = await startBridge()
  await work({
    db: connect({ DATABASE_URL: url, ...(needsBridge(url) && { NEON_BRIDGE_URL: bridge.url }) }),
    actor: { kind: 'system' },
    now: new Date(),
    requestId: 'operator',
    mail: { send: () => Promise.reject(new Error('The terminal sends no mail.')) },
    // Nothing that this signs is kept.
    secrets: secretsOf('none'),
    // No listener runs in a terminal: cached pages expire by themselves.
    tell: () => {},
  })
}
