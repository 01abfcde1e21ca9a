import type { Settings } from '../env.ts'

/** Settings of the log and Sentry, set once when the isolate starts. */
export const observability = {
  level: 'info' as Settings['LOG_LEVEL'],
  environment: 'local' as Settings['ENVIRONMENT'],
  release: 'unreleased',
  /** A trip to the database that takes this many milliseconds is slow. */
  slowTripMs: 500,
  sentryDsn: undefined as string | undefined,
}

export function configureObservability(settings: Settings): void {
  observability.level = settings.LOG_LEVEL
  observability.environment = settings.ENVIRONMENT
  observability.release = settings.RELEASE
  observability.slowTripMs = settings.SLOW_TRIP_MS
  observability.sentryDsn = settings.SENTRY_DSN
}
