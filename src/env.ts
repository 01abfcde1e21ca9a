import * as z from 'zod'

/** What a `[[ratelimits]]` binding does. */
export interface RateLimit {
  limit(options: { key: string }): Promise<{ success: boolean }>
}

/** What a `[[send_email]]` binding does. */
export interface SendEmail {
  send(mail: { from: string; to: string; subject: string; text: string }): Promise<unknown>
}

/** What an `[[analytics_engine_datasets]]` binding does; it does not wait, and answers nothing. */
export interface FailurePoints {
  writeDataPoint(point: { indexes: string[]; blobs: string[]; doubles: number[] }): void
}

const binding = <T>() => z.custom<T>((bound) => typeof bound === 'object' && bound !== null)

const count = z.coerce.number().int().positive()

const settings = z
  .object({
    /** Which of wrangler.toml's environments this is. */
    ENVIRONMENT: z.enum(['local', 'staging', 'production']),
    /** The commit that was deployed, given by `npm run deploy`. */
    RELEASE: z.string().min(1).default('unreleased'),
    /** Where the appointments are kept: a Neon project, or any PostgreSQL behind the local bridge. */
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    /** Local only: the bridge that speaks Neon's HTTP protocol in front of a plain PostgreSQL. */
    NEON_BRIDGE_URL: z.url({ protocol: /^http$/ }).optional(),
    /** How long a trip to the database may take, with all its tries; see src/database/connect.ts for what it is otherwise. */
    DATABASE_TIME_LIMIT_MS: count.optional(),
    /** How many trips of one isolate may be under way at once; 200 unless told otherwise. */
    DATABASE_MOST_TRIPS: count.optional(),
    /** Signs cookies and codes; at least 32 characters. */
    AUTH_SECRET: z.string().min(32),
    MAIL_FROM: z.string().min(3),
    /** For whoever cannot go on by themselves, also when nothing else answers: +, country, number. */
    CLINIC_PHONE: z.string().regex(/^\+[1-9][\d ]{5,20}$/),
    /** Mail leaves through Cloudflare when this is bound, else through Resend. */
    SEND_EMAIL: binding<SendEmail>().optional(),
    RESEND_API_KEY: z.string().min(1).optional(),
    /** Local only: the mailbox that speaks Resend's protocol. */
    RESEND_URL: z.url({ protocol: /^http$/ }).optional(),
    /** `warn` leaves out the line that each request gets. */
    LOG_LEVEL: z.enum(['info', 'warn', 'error']).default('info'),
    /** From so many milliseconds on a trip to the database gets a line of its own. */
    SLOW_TRIP_MS: z.coerce.number().int().min(0).default(500),
    /** Without it nothing is sent to Sentry. */
    SENTRY_DSN: z.url({ protocol: /^https?$/ }).optional(),
    /** Where appointments that came to nothing are counted for longer than in the database. */
    FAILURES: binding<FailurePoints>().optional(),
    READ_LIMIT: binding<RateLimit>(),
    WRITE_LIMIT: binding<RateLimit>(),
    SIGN_IN_LIMIT: binding<RateLimit>(),
  })
  .refine((read) => read.SEND_EMAIL || read.RESEND_API_KEY, { path: ['RESEND_API_KEY'] })

export type Settings = z.infer<typeof settings>

/**
 * Reads the Worker's bindings, once, at start.
 *
 * @throws Error that names every missing or malformed binding, and never a value.
 */
export function readSettings(bindings: unknown): Settings {
  const read = settings.safeParse(bindings)
  if (read.success) return read.data
  const names = [...new Set(read.error.issues.map((issue) => issue.path.join('.')))]
  throw new Error(`Missing or malformed settings: ${names.join(', ')}. .dev.vars.example explains each.`)
}
