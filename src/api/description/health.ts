import * as z from 'zod'
import { doorNames } from '../../http/doors.ts'
import type { Section } from './operation.ts'

const instant = z.string().meta({ format: 'date-time', description: 'In UTC' })
const many = z.int().min(0)
const often = {
  last_hour: many.describe('In the last 60 to 65 minutes'),
  last_day: many.describe('In the last 24 hours'),
}
const door = z.string().meta({
  enum: doorNames,
  description: 'The API, the web pages, or where providers tell what became of messages',
})
const bytes = z.number().min(0)
const milliseconds = z.number().min(0).describe('In milliseconds')
const name = z.string()

const health = z
  .object({
    at: instant,
    environment: z.enum(['local', 'staging', 'production']),
    release: z.string().describe('The deployed commit'),
    postgres: z.string(),
    tzdata: z.string().describe('The version of PostgreSQL’s time zone data'),
    migration: z.object({
      last: z
        .string()
        .nullable()
        .describe('The last migration that ran; null if this release does not know it'),
      expected: z.string().describe('The last migration of this release'),
    }),
    appointments: z
      .object({
        done: z.array(z.object({ door, ...often })),
        failed_by_door: z.array(z.object({ door, ...often })),
        failed_by_code: z.array(z.object({ code: z.string().describe('The problem code'), ...often })),
        failed_by_doctor: z
          .array(z.object({ doctor_id: z.int().min(1).nullable(), name: name.nullable(), ...often }))
          .describe('The five doctors with the most failures; null stands for requests that named no doctor'),
        failed_by_hour: z
          .array(z.object({ at: instant.describe('The start of the hour'), failures: many }))
          .describe('The last 24 clock hours, including the current one'),
      })
      .describe('Requests to hold, book, reschedule, cancel or otherwise change an appointment'),
    messages: z
      .object({
        overdue: many,
        since: instant.nullable().describe('When the first of them was due'),
        untold: many.describe(
          'Of these: changes that no one has been told of, because nothing plans messages',
        ),
        limited: many.describe('Of these: messages above the day’s limit'),
        tried: many.describe('Of these: messages that a provider has not taken yet'),
      })
      .describe('Messages that should have gone out more than five minutes ago'),
    slowest_statements: z.object({
      unknown_because: z
        .enum(['not_installed', 'not_loaded', 'not_permitted'])
        .nullable()
        .describe('Why `pg_stat_statements` has no figures; null if it has'),
      statements: z
        .array(
          z.object({
            text: z.string(),
            calls: many,
            mean_ms: milliseconds,
            longest_ms: milliseconds,
            total_ms: milliseconds,
          }),
        )
        .describe('Slowest mean first'),
    }),
    tables: z.array(z.object({ name, rows: z.number().describe('An estimate'), bytes, index_bytes: bytes })),
    indexes: z.array(
      z.object({
        name,
        table: name,
        bytes,
        scans: z.number(),
        is_unused: z.boolean().describe('Never scanned, and not needed by a constraint'),
      }),
    ),
    indexes_watched_since: instant
      .nullable()
      .describe('When PostgreSQL last reset its counts; null if never'),
  })
  .meta({ id: 'Health', description: 'Failures, slow statements, table sizes and versions' })

export type HealthJson = z.output<typeof health>

const example: HealthJson = {
  at: '2026-11-23T03:00:00.000Z',
  environment: 'production',
  release: '8d87e6adc2b44f7c9d6c3ad5f0a8ce1e6f0a7c55',
  postgres: '18.4',
  tzdata: '2026b',
  migration: { last: '0018_appointment_failures', expected: '0018_appointment_failures' },
  appointments: {
    done: [{ door: 'web', last_hour: 120, last_day: 1480 }],
    failed_by_door: [{ door: 'web', last_hour: 9, last_day: 96 }],
    failed_by_code: [{ code: 'slot_taken', last_hour: 9, last_day: 96 }],
    failed_by_doctor: [{ doctor_id: 7, name: 'Dr. Strange', last_hour: 9, last_day: 96 }],
    failed_by_hour: [{ at: '2026-11-23T02:00:00.000Z', failures: 9 }],
  },
  messages: { overdue: 0, since: null, untold: 0, limited: 0, tried: 0 },
  slowest_statements: {
    unknown_because: null,
    statements: [
      { text: 'select open_slots($1)', calls: 4711, mean_ms: 2.3, longest_ms: 41, total_ms: 10835 },
    ],
  },
  tables: [{ name: 'appointments', rows: 10_000_000, bytes: 2_147_483_648, index_bytes: 1_610_612_736 }],
  indexes: [{ name: 'events_by_time', table: 'events', bytes: 157_286_400, scans: 12, is_unused: false }],
  indexes_watched_since: '2026-10-01T00:00:00.000Z',
}

export const healthSection: Section = {
  name: 'Health',
  description: 'Monitoring for admins.',
  operations: {
    'GET /health': {
      operationId: 'readHealth',
      summary: 'Get failures, slow statements and sizes',
      description: 'Live figures, the same as on the page `/admin/health`.',
      right: 'see health',
      answer: {
        status: 200,
        summary: 'The health report',
        body: z.object({ health }),
        example: { health: example },
      },
    },
  },
}
