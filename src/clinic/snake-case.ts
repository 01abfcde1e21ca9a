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
