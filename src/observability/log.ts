import { observability } from './settings.ts'
import { currentTrace } from './trace.ts'

const levels = { info: 0, warn: 1, error: 2 }
type Level = keyof typeof levels

// Cloudflare and wrangler take the level from the console method.
const write = {
  info: (line: string) => console.log(line),
  warn: (line: string) => console.warn(line),
  error: (line: string) => console.error(line),
}

/**
 * Writes one JSON line with the request, release and environment, unless `LOG_LEVEL` asks for less.
 *
 * @param facts in snake_case; no secrets, and nothing a person wrote.
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
