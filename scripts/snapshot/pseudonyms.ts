import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'

/** An SQL expression that replaces a column's value in a copy. Null stays null. */
export type Replacement = (column: string) => string

// The copied database itself replaces everything, so that no personal data leaves it.

/**
 * Gives the transaction a key. With the same key, the same value always gets the same pseudonym. The key travels as a
 * parameter, so that it appears in no list of statements.
 */
export async function setKey(client: pg.ClientBase, key: string | undefined): Promise<void> {
  const bytes = key ? createHash('sha256').update(key).digest() : randomBytes(32)
  const padded = Buffer.concat([bytes, Buffer.alloc(32)])
  const pad = (mask: number) => Buffer.from(padded.map((byte) => byte ^ mask)).toString('hex')
  await client.query(
    "select set_config('snapshot.inner', $1, true), set_config('snapshot.outer', $2, true)",
    [pad(0x36), pad(0x5c)],
  )
}

// HMAC-SHA256 (RFC 2104), which PostgreSQL lacks. Each use yields different values.
function keyed(use: string, column: string): string {
  const pad = (name: string) => `decode(current_setting('snapshot.${name}'), 'hex')`
  const text = `convert_to('${use}:' || ${column}, 'UTF8')`
  return `sha256(${pad('outer')} || sha256(${pad('inner')} || ${text}))`
}

/** An expression over the 32 bytes `keyed.hash`, computed once. */
function from(use: string, column: string, expression: string): string {
  return `case when ${column} is not null then (select ${expression} from (select ${keyed(use, column)} as hash offset 0) keyed) end`
}

const syllables = [...'bcdhjklmnprstvwy'].flatMap((consonant) =>
  ['a', 'e', 'i', 'o'].map((vowel) => consonant + vowel),
)

/** A pronounceable word from three bytes. */
function word(firstByte: number): string {
  const list = `'{${syllables.join(',')}}'::text[]`
  const said = [0, 1, 2].map((n) => `(${list})[1 + get_byte(hash, ${firstByte + n}) % ${syllables.length}]`)
  return `(${said.join(' || ')})`
}

const hex = (bytes: number) => `left(encode(hash, 'hex'), ${bytes * 2})`

/** An invented name. A doctor's keeps the title, and an empty name stays empty. */
export const personName: Replacement = (column) =>
  from(
    'name',
    column,
    `case when ${column} ~ '\\S' then
      case when ${column} ~* '^dr\\M' then 'Dr. ' else '' end || initcap(${word(0)} || ' ' || ${word(3)})
    else '' end`,
  )

/** An address that cannot receive mail (RFC 2606). */
export const email: Replacement = (column) =>
  from('email', `lower(${column})`, `${word(8)} || '.' || ${hex(8)} || '@example.invalid'`)

export const placeName: Replacement = (column) => from('place', column, `'Clinic ' || initcap(${word(0)})`)

export const address: Replacement = (column) =>
  from(
    'address',
    column,
    `(1 + get_byte(hash, 9)) || ' ' || initcap(${word(0)} || ' Street, ' || ${word(3)})`,
  )

/** A number in no country: +999 is reserved. */
export const phone: Replacement = (column) =>
  from('phone', column, `'+999 ' || lpad((('x' || ${hex(4)})::bit(32)::bigint % 100000000)::text, 8, '0')`)

/** The same without spaces, as the numbers of patients are stored. */
export const mobile: Replacement = (column) =>
  from('mobile', column, `'+999' || lpad((('x' || ${hex(4)})::bit(32)::bigint % 100000000)::text, 8, '0')`)

export const systemName: Replacement = (column) => from('system', column, `'System ' || initcap(${word(0)})`)

/** Text of about the same length, rounded up to eight characters. */
export const freeText: Replacement = (column) =>
  from(
    'text',
    column,
    `case when ${column} = '' then '' else
      initcap(${word(0)}) || rpad('', least(ceil(length(${column}) / 8.0)::int * 8, 500) - 6, ' ' || ${word(3)})
    end`,
  )

/** As unique as the original, but useless. */
export const token: Replacement = (column) => from('token', column, hex(32))

/** Kept for comparison with the log if it is a UUID. Anything else may be a text that a client made up. */
export const requestId: Replacement = (column) =>
  `case when ${column} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ${column} else ${token(column)} end`

/** Only keys known to hold ids, times or a status. */
export const facts: Replacement = (column) =>
  `case when ${column} is not null then (
    select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(${column})
    where key in ('status', 'doctor_id', 'patient_id', 'visit_type_id', 'start_at', 'end_at', 'hold_expires_at')
  ) end`
