/** `startAt` as JSON, forms and columns write it: `start_at`. */
export type Snake<Name> = Name extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${Snake<Tail>}`
  : Name

export type SnakeKeys<T> = { [Name in keyof T as Snake<Name>]: T[Name] }

export function snakeCase<Name extends string>(name: Name): Snake<Name> {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) as Snake<Name>
}

/** The same object with its names in snake_case. */
export function snakeKeys<T extends object>(named: T): SnakeKeys<T> {
  const entries = Object.entries(named).map(([name, value]) => [snakeCase(name), value])
  return Object.fromEntries(entries) as SnakeKeys<T>
}

const camelNames = new Map<string, string>()

/** What a SQL function wrote as JSON, with its names in camelCase, however deep. */
export function camelKeys(read: unknown): unknown {
  if (Array.isArray(read)) return read.map(camelKeys)
  if (read === null || typeof read !== 'object') return read
  const named: Record<string, unknown> = {}
  for (const name in read) named[camelName(name)] = camelKeys(read[name as keyof typeof read])
  return named
}

function camelName(name: string): string {
  const known = camelNames.get(name)
  if (known !== undefined) return known
  const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  // Other objects are keyed by ids, of which there is no end.
  if (/^[a-z_]+$/.test(name)) camelNames.set(name, camel)
  return camel
}
