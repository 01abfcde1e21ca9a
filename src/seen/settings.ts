import type { Settings } from '../env.ts'

/** How this isolate is seen; read once at start, and the same for whatever it serves. */
export const seen = {
  level: 'info' as Settings['LOG_LEVEL'],
  environment: 'local' as Settings['ENVIRONMENT'],
  release: 'unreleased',
  /** A trip to the database from so many milliseconds on is slow. */
  slowTripMs: 500,
  sentryDsn: undefined as string | undefined,
}

export function setSeen(settings: Settings): void {
  seen.level = settings.LOG_LEVEL
  seen.environment = settings.ENVIRONMENT
  seen.release = settings.RELEASE
  seen.slowTripMs = settings.SLOW_TRIP_MS
  seen.sentryDsn = settings.SENTRY_DSN
}
