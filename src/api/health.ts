import { Hono } from 'hono'
import type { Often } from '../clinic/health/failure-rates.ts'
import { type Health, readHealth } from '../clinic/health/read-health.ts'
import type { AppEnv } from '../http/app-env.ts'
import { observability } from '../observability/settings.ts'
import { allowOnly } from './conventions.ts'
import type { HealthJson } from './description/health.ts'

export const healthApi = new Hono<AppEnv>()

healthApi.get('/', async (c) => {
  const { clinic } = c.var
  return c.json({ health: toJson(await readHealth(clinic), clinic.now) })
})
healthApi.all('/', allowOnly('GET, HEAD'))

function toJson(health: Health, now: Date): HealthJson {
  const { rates, slowest, messages, tables, indexes, watchedSince, postgres, tzdata, migration } = health
  return {
    at: now.toISOString(),
    environment: observability.environment,
    release: observability.release,
    postgres,
    tzdata,
    migration,
    appointments: {
      done: rates.done.map((one) => ({ door: one.door, ...often(one) })),
      failed_by_door: rates.failedByDoor.map((one) => ({ door: one.door, ...often(one) })),
      failed_by_code: rates.byCode.map((one) => ({ code: one.code, ...often(one) })),
      failed_by_doctor: rates.byDoctor.map((one) => ({
        doctor_id: one.doctorId,
        name: one.name,
        ...often(one),
      })),
      failed_by_hour: rates.byHour.map(({ at, failures }) => ({ at: at.toISOString(), failures })),
    },
    messages: { ...messages, since: messages.since?.toISOString() ?? null },
    slowest_statements: {
      unknown_because: slowest.known ? null : slowest.why,
      statements: slowest.known
        ? slowest.statements.map(({ text, calls, meanMs, longestMs, totalMs }) => ({
            text,
            calls,
            mean_ms: meanMs,
            longest_ms: longestMs,
            total_ms: totalMs,
          }))
        : [],
    },
    tables: tables.map(({ indexBytes, ...table }) => ({ ...table, index_bytes: indexBytes })),
    indexes: indexes.map(({ isUnused, ...index }) => ({ ...index, is_unused: isUnused })),
    indexes_watched_since: watchedSince?.toISOString() ?? null,
  }
}

const often = ({ lastHour, lastDay }: Often) => ({ last_hour: lastHour, last_day: lastDay })
