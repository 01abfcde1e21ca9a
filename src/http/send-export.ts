import type { Context } from 'hono'
import type { AppEnv } from './app-env.ts'

/**
 * Answers with a file to keep. Its name says which record it is about, and no person's name.
 *
 * @param type the media type, of which `text/html` becomes `.html`.
 */
export function sendExport(
  c: Context<AppEnv>,
  patientId: number,
  type: 'application/json' | 'text/html',
  content: string,
): Response {
  const name = `patient-${patientId}-${c.var.clinic.now.toISOString().slice(0, 10)}.${type.split('/')[1]}`
  return c.body(content, 200, {
    'Content-Type': type === 'text/html' ? 'text/html; charset=utf-8' : type,
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'private, no-store',
  })
}
