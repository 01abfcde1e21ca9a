import * as z from 'zod'

/** A `[[ratelimits]]` binding. */
interface RateLimit {
  limit(options: { key: string }): Promise<{ success: boolean }>
}

/** A `[[send_email]]` binding. */
export interface SendEmail {
  send(mail: { from: string; to: string; subject: string; text: string }): Promise<unknown>
}

/** An `[[analytics_engine_datasets]]` binding, which returns at once. */
export interface FailurePoints {
  writeDataPoint(point: { indexes: string[]; blobs: string[]; doubles: number[] }): void
}

const binding = <T>() => z.custom<T>((bound) => typeof bound === 'object' && bound !== null)

const count = z.coerce.number().int().positive()

const settings = z
  .object({
    /** The environment of wrangler.toml. */
    ENVIRONMENT: z.enum(['local', 'staging', 'production']),
    /** The deployed commit, set by `npm run deploy`. */
    RELEASE: z.string().min(1).default('unreleased'),
    /** A Neon project, or any PostgreSQL behind the local bridge. */
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    /** Local only: the bridge that speaks Neon's HTTP protocol in front of a plain PostgreSQL. */
    NEON_BRIDGE_URL: z.url({ protocol: /^http$/ }).optional(),
    /** Time limit of a trip to the database with all its tries; src/database/connect.ts has the defaults. */
    DATABASE_TIME_LIMIT_MS: count.optional(),
    /** How many trips one isolate may have in flight; 200 by default. */
    DATABASE_MOST_TRIPS: count.optional(),
    /** Signs cookies and codes; at least 32 characters. */
    AUTH_SECRET: z.string().min(32),
    /** While AUTH_SECRET is being changed: the one before it, which still verifies. */
    AUTH_SECRET_PREVIOUS: z.string().min(32).optional(),
    MAIL_FROM: z.string().min(3),
    /** The number that pages show when nothing else works: +, country, number. */
    CLINIC_PHONE: z.string().regex(/^\+[1-9][\d ]{5,20}$/),
    /** If bound, mail leaves through Cloudflare, otherwise through Resend. */
    SEND_EMAIL: binding<SendEmail>().optional(),
    RESEND_API_KEY: z.string().min(1).optional(),
    /** Local only: the mailbox that speaks Resend's protocol. */
    RESEND_URL: z.url({ protocol: /^http$/ }).optional(),
    /** Without both, nobody is challenged and the strict limits apply. */
    TURNSTILE_SITE_KEY: z.string().min(1).optional(),
    TURNSTILE_SECRET_KEY: z.string().min(1).optional(),
    /** Local only: a stand-in that speaks Turnstile's protocol. */
    TURNSTILE_URL: z.url({ protocol: /^http$/ }).optional(),
    /** `warn` omits the line per request. */
    LOG_LEVEL: z.enum(['info', 'warn', 'error']).default('info'),
    /** A trip to the database that takes this long gets a log line of its own. */
    SLOW_TRIP_MS: z.coerce.number().int().min(0).default(500),
    /** Without it nothing is sent to Sentry. */
    SENTRY_DSN: z.url({ protocol: /^https?$/ }).optional(),
    /** Counts failed requests about appointments for longer than the database does. */
    FAILURES: binding<FailurePoints>().optional(),
    READ_LIMIT: binding<RateLimit>(),
    WRITE_LIMIT: binding<RateLimit>(),
    SIGN_IN_LIMIT: binding<RateLimit>(),
    WIDER_LIMIT: binding<RateLimit>(),
  })
  .refine((read) => !read.TURNSTILE_SITE_KEY === !read.TURNSTILE_SECRET_KEY, {
    path: ['TURNSTILE_SITE_KEY', 'TURNSTILE_SECRET_KEY'],
  })
  .refine((read) => read.SEND_EMAIL || read.RESEND_API_KEY, { path: ['RESEND_API_KEY'] })

export type Settings = z.infer<typeof settings>

/**
 * Reads the Worker's bindings, once, at start.
 *
 * @throws Error naming every missing or malformed binding, but no value.
 */
export function readSettings(bindings: unknown): Settings {
  const read = settings.safeParse(bindings)
  if (read.success) return read.data
  const names = [...new Set(read.error.issues.map((issue) => issue.path.join('.')))]
  throw new Error(`Missing or malformed settings: ${names.join(', ')}. .dev.vars.example explains each.`)
}
