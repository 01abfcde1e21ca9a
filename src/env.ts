import * as z from 'zod'

/** A `[[ratelimits]]` binding. */
interface RateLimit {
  limit(options: { key: string }): Promise<{ success: boolean }>
}

/** A `[[send_email]]` binding. */
export interface SendEmail {
  send(mail: {
    from: string | { name: string; email: string }
    to: string
    subject: string
    html?: string
    text: string
    headers?: Record<string, string>
    attachments?: { filename: string; content: Uint8Array; type: string; disposition: 'attachment' }[]
  }): Promise<{ messageId?: string }>
}

/** A `[[queues.producers]]` binding. */
export interface MessageQueue {
  send(body: object, options?: { delaySeconds?: number }): Promise<unknown>
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
    /** Where the pages are, such as `https://booking.clinic.id`: messages link to them. */
    SITE_URL: z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin),
    /** The end of every calendar entry's UID. Never change it, or later changes no longer find the entry. */
    CALENDAR_DOMAIN: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/),
    /** The number that pages show when nothing else works: +, country, number. */
    CLINIC_PHONE: z.string().regex(/^\+[1-9][\d ]{5,20}$/),
    /** If bound, messages go out at once, otherwise with the cron job of every five minutes. */
    MESSAGES: binding<MessageQueue>().optional(),
    /** If bound, mail leaves through Cloudflare; otherwise through SMTP_URL, or else through Resend. */
    SEND_EMAIL: binding<SendEmail>().optional(),
    /** The clinic's own mail server: `smtps://user:password@host:465`, or `smtp://…:587` for STARTTLS. */
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    RESEND_API_KEY: z.string().min(1).optional(),
    /** Local only: the mailbox that speaks Resend's protocol. */
    RESEND_URL: z.url({ protocol: /^http$/ }).optional(),
    /** Verifies what Resend tells of mails. Without it, Resend is not heard. */
    RESEND_WEBHOOK_SECRET: z
      .string()
      .regex(/^whsec_[\w+/]+=*$/)
      .optional(),
    /** For WhatsApp's Cloud API: a system user's token, and the id of the number that sends. */
    WHATSAPP_TOKEN: z.string().min(1).optional(),
    WHATSAPP_PHONE_NUMBER_ID: z.string().regex(/^\d+$/).optional(),
    /** For its webhook: the app's secret, and a word that both sides know. */
    WHATSAPP_APP_SECRET: z.string().min(1).optional(),
    WHATSAPP_VERIFY_TOKEN: z.string().min(16).optional(),
    /** Local only: a stand-in that speaks WhatsApp's protocol. */
    WHATSAPP_URL: z.url({ protocol: /^http$/ }).optional(),
    /** For SMS through Twilio: a number in E.164, a sender name or the SID of a messaging service. */
    TWILIO_ACCOUNT_SID: z
      .string()
      .regex(/^AC\w+$/)
      .optional(),
    TWILIO_AUTH_TOKEN: z.string().min(1).optional(),
    TWILIO_FROM: z.string().min(1).optional(),
    /** Local only: a stand-in that speaks Twilio's protocol. */
    TWILIO_URL: z.url({ protocol: /^http$/ }).optional(),
    /** Under which name the key of the clinic's own mail server is: `s1` for `s1._domainkey.clinic.id`. */
    DKIM_SELECTOR: z
      .string()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i)
      .optional(),
    /** Local only: a stand-in that speaks the protocol of Cloudflare's DNS. */
    DNS_URL: z.url({ protocol: /^http$/ }).optional(),
    /** Without both there is no challenge, and the strict limits apply. */
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
    SEARCH_LIMIT: binding<RateLimit>(),
    SIGN_IN_LIMIT: binding<RateLimit>(),
    WIDER_LIMIT: binding<RateLimit>(),
  })
  .superRefine((read, ctx) => {
    for (const names of together) {
      const given = names.filter((name) => read[name] !== undefined)
      if (given.length % names.length !== 0) ctx.addIssue({ code: 'custom', path: [names.join(', ')] })
    }
  })
  .refine((read) => read.SEND_EMAIL || read.SMTP_URL || read.RESEND_API_KEY, { path: ['RESEND_API_KEY'] })

export type Settings = z.infer<typeof settings>

/** Settings of which all are given or none. */
const together = [
  ['TURNSTILE_SITE_KEY', 'TURNSTILE_SECRET_KEY'],
  ['WHATSAPP_TOKEN', 'WHATSAPP_PHONE_NUMBER_ID'],
  ['WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN'],
  ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'],
] as const

/**
 * Reads the Worker's bindings, once, at start.
 *
 * @throws Error naming every missing or malformed binding, or those that only suit a local Worker; it shows no value.
 */
export function readSettings(bindings: unknown): Settings {
  const read = settings.safeParse(bindings)
  if (read.success) {
    const unsafe = read.data.ENVIRONMENT === 'local' ? [] : findUnsafe(bindings as Record<string, unknown>)
    if (unsafe.length > 0)
      throw new Error(`Unsafe settings for ${read.data.ENVIRONMENT}: ${unsafe.join('; ')}.`)
    return read.data
  }
  const names = [...new Set(read.error.issues.map((issue) => issue.path.join('.')))]
  throw new Error(`Missing or malformed settings: ${names.join(', ')}. .dev.vars.example explains each.`)
}

const onlyLocal = 'is only for local use, remove it'
const strong = 'can be guessed, make one with `openssl rand -hex 32`'

/** Addresses of stand-ins. */
export const standIns = [
  'NEON_BRIDGE_URL',
  'RESEND_URL',
  'WHATSAPP_URL',
  'TWILIO_URL',
  'DNS_URL',
  'TURNSTILE_URL',
]

/** What a deployed Worker refuses: a setting, when, and what is wrong with it. */
const unsafeSettings: [string, (value: string, all: Record<string, unknown>) => boolean, string][] = [
  ...standIns.map((name): (typeof unsafeSettings)[number] => [name, () => true, onlyLocal]),
  ['DATABASE_TIME_LIMIT_MS', (limit) => Number(limit) > 10_000, 'keeps visitors waiting, use at most 10000'],
  ['AUTH_SECRET', isWeak, strong],
  ['AUTH_SECRET_PREVIOUS', isWeak, strong],
  [
    'AUTH_SECRET_PREVIOUS',
    (previous, { AUTH_SECRET }) => previous === AUTH_SECRET,
    'is AUTH_SECRET, remove it',
  ],
  ['RESEND_API_KEY', (key) => !key.startsWith('re_'), 'is no key of Resend'],
  ['SMTP_URL', (url) => /^(localhost|127\..*|\[::1\])$/.test(new URL(url).hostname), onlyLocal],
  ['SMTP_URL', (url) => new URL(url).port === '25', 'has port 25, which Cloudflare blocks, use 465 or 587'],
  ['SENTRY_DSN', (dsn) => !dsn.startsWith('https:'), 'is not encrypted, use https'],
  ['MAIL_FROM', isExample, 'is an example, use an address of the clinic'],
  ['SITE_URL', (url) => isExample(new URL(url).hostname), 'is an example, use the address of your pages'],
  ['SITE_URL', (url) => !url.startsWith('https:'), 'is not encrypted, use https'],
  ['CALENDAR_DOMAIN', isExample, 'is an example, use a domain of the clinic'],
  [
    'CLINIC_PHONE',
    (phone) => /^622155501234$/.test(phone.replace(/\D/g, '')),
    'is an example, use the clinic’s number',
  ],
]

/** Says what is wrong with the settings of a deployed Worker, without their values. Skips what is not among them. */
export function findUnsafe(bindings: Record<string, unknown>): string[] {
  return unsafeSettings
    .filter(([name, isUnsafe]) => {
      const value = bindings[name]
      return value !== undefined && isUnsafe(String(value), bindings)
    })
    .map(([name, , fault]) => `${name} ${fault}`)
}

/** Few different characters, a repetition, or words: not what a generator of random numbers makes. */
function isWeak(secret: string): boolean {
  return (
    secret.length < 32 ||
    new Set(secret).size < 12 ||
    `${secret}${secret}`.indexOf(secret, 1) < secret.length ||
    /\s|secret|passw|change.?me|example|alobooking/i.test(secret)
  )
}

/** The domains that RFC 2606 reserves. */
function isExample(mailbox: string): boolean {
  return /(^|[@.])(example\.(com|net|org)|example|test|invalid|localhost)>?$/i.test(mailbox.trim())
}
