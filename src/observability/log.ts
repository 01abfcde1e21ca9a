import { observability } from './settings.ts'
import { currentTrace } from './trace.ts'

const levels = { info: 0, warn: 1, error: 2 }
type Level = keyof typeof levels

// Cloudflare and wrangler tell levels by these.
const write = {
  info: (line: string) => console.log(line),
  warn: (line: string) => console.warn(line),
  error: (line: string) => console.error(line),
}

/**
 * Writes one JSON line, unless `LOG_LEVEL` asks for less. With what it was done for, which release did it, and where.
 *
 * @param facts in snake_case; neither a secret nor what a person has written.
 */
export function log(level: Level, message: string, facts: Record<string, unknown>): void {
  if (levels[level] < levels[observability.level]) return
  const trace = currentTrace()
  const { release, environment } = observability
  write[level](
    JSON.stringify({
      level,
      message,
      at: new Date().toISOString(),
      request_id: trace?.requestId,
      door: trace?.door,
      ...facts,
      release,
      environment,
    }),
  )
}
