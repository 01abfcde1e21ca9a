import * as z from 'zod'

const settings = z.object({
  /** Where the appointments are kept: a Neon project, or any PostgreSQL behind the local bridge. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Local only: the bridge that speaks Neon's HTTP protocol in front of a plain PostgreSQL. */
  NEON_BRIDGE_URL: z.url({ protocol: /^http$/ }).optional(),
})

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
