/** What someone typed to find a patient, as `search_patients` takes it. */
export interface PatientQuery {
  /** The parts of a name, in any order; the last may be unfinished. */
  words: string
  /** The beginnings of search keys that each other thing typed can mean. */
  keys: string[][]
  /** So little that it fits too many people. */
  isTooShort: boolean
}

const months = [
  'january januari',
  'february februari pebruari',
  'march maret',
  'april',
  'may mei',
  'june juni',
  'july juli',
  'august agustus agt',
  'september',
  'october oktober',
  'november nopember',
  'december desember',
].map((names) => names.split(' '))

const monthNames = months.flat().flatMap((name) => [name, name.slice(0, 3)])
const month = `(?:${[...new Set(monthNames)].sort((a, b) => b.length - a.length).join('|')})`
const gap = '[\\s./,-]+'
const year = '(?:\\d{4}|\\d{2})'

/** The usual ways of writing a date; the first that fits is taken out of the text. */
const dates = [
  new RegExp(`(?<!\\d)(?<y>\\d{4})${gap}(?<m>\\d{1,2})${gap}(?<d>\\d{1,2})(?!\\d)`, 'giu'),
  new RegExp(`(?<!\\d)(?<one>\\d{1,2})[./-](?<two>\\d{1,2})[./-](?<y>${year})(?!\\d)`, 'giu'),
  /(?<!\d)(?<one>\d{1,2})\s(?<two>\d{1,2})\s(?<y>\d{4})(?!\d)/giu,
  new RegExp(`(?<!\\d)(?<d>\\d{1,2})[\\s./,-]*(?<name>${month})[\\s./,-]*(?<y>${year})(?!\\d)`, 'giu'),
  new RegExp(`(?<!\\p{L})(?<name>${month})\\.?${gap}(?<d>\\d{1,2})${gap}(?<y>\\d{4})(?!\\d)`, 'giu'),
]

/** As people group the digits of a telephone number. */
const number = /(?<![\p{L}\d])\+?\d[\d\s().-]*\d(?![\p{L}\d])/gu

const issuers = {
  nik: 'nik|ktp',
  bpjs: 'bpjs|jkn|kis',
  passport: 'passport|paspor',
  record: 'record|rekam medis|rm|mrn',
}
const signs = '[\\s.:/#-]*'

/** An identifier behind its issuer's name, as in "NIK 3171…". */
const issued = new RegExp(
  `(?<![\\p{L}\\d])(?:no\\.?\\s*)?(?:${Object.entries(issuers)
    .map(([issuer, names]) => `(?<${issuer}>${names})`)
    .join(
      '|',
    )})${signs}(?:no\\.?${signs})?(?<value>[a-z]{0,3}${signs}\\d[a-z\\d.:/-]*(?:\\s\\d{3,})*)(?![\\p{L}\\d])`,
  'giu',
)

/** Letters and digits mixed, as in a passport's number. */
const mixed =
  /(?<![\p{L}\d])(?=[a-z.:/-]*\d)(?=[\d.:/-]*[a-z])[a-z\d][a-z\d.:/-]*\d[a-z\d.:/-]*(?![\p{L}\d])/giu

interface Found {
  text: string
  groups: Record<string, string | undefined>
}

/**
 * Reads a search as people type it: parts of a name in any order, a date of birth in any usual form, the last digits of a
 * telephone number, an email address or an identifier. What can mean two things means both.
 *
 * @param typed as it came from the person.
 * @param today the year in which two-digit years must lie in the past.
 */
export function readPatientQuery(typed: string, today: Date): PatientQuery {
  const keys: string[][] = []
  const take = (text: string, pattern: RegExp, read: (found: Found) => string[]) =>
    text.replace(pattern, (...match) => {
      const found = read({ text: match[0], groups: Object(match.at(-1)) })
      if (found.length > 0) keys.push(found)
      return found.length > 0 ? ' ' : match[0]
    })
  let left = typed.normalize('NFKC').slice(0, 200)
  left = take(left, /[^\s,;<>]+@[^\s,;<>]*/gu, ({ text }) => [`e:${text.toLowerCase()}`])
  left = take(left, issued, ({ text, groups }) => issuedKeys(text, groups))
  for (const date of dates) left = take(left, date, ({ groups }) => toDays(groups, today).map(dayKey))
  left = take(left, mixed, ({ text }) => mixedKeys(text))
  left = take(left, number, ({ text }) => numberKeys(text, today))
  const words = left.replace(/\d+/g, ' ').trim()
  return { words, keys, isTooShort: keys.length === 0 && !words.split(/[\s\p{P}]+/u).some(isTelling) }
}

/** What a search says about someone who turns out not to be registered; empty where it says nothing. */
export type Newcomer = Record<'name' | 'birthDate' | 'phone' | 'email', string>

export function readNewcomer(typed: string, today: Date): Newcomer {
  const { words, keys } = readPatientQuery(typed, today)
  const keyOf = (pattern: RegExp) => {
    const fitting = keys.flat().filter((key) => pattern.test(key))
    return fitting.length === 1 ? (fitting[0] ?? '').slice(2) : ''
  }
  const telephone = [...keyOf(/^t:\d{8,}$/)].reverse().join('')
  return {
    name: words.replace(/\s+/g, ' ').slice(0, 100),
    birthDate: keyOf(/^d:\d{4}-\d\d-\d\d$/),
    phone: telephone && (typed.includes('+') ? `+${telephone}` : `0${telephone}`),
    email: keyOf(/^e:.+@.+[.]/),
  }
}

const bare = (written: string) => written.toLowerCase().replace(/[^a-z\d]/g, '')

/** The issuer may be a part of the identifier: the clinic's own number "RM-0123" is stored with it. */
function issuedKeys(text: string, groups: Found['groups']): string[] {
  const value = bare(groups.value ?? '')
  const issuer = Object.keys(issuers).find((name) => groups[name]) ?? ''
  return [`i:${issuer}:${value}`, `i:${bare(text)}`]
}

function mixedKeys(text: string): string[] {
  const value = bare(text)
  return value.replace(/\D/g, '').length < 3 ? [] : [`i:${value}`, `w:${value}`]
}

const dayKey = (day: string) => `d:${day}`

// A syllable or a character says more than a letter.
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u
const isTelling = (word: string) => [...word].length >= (dense.test(word) ? 2 : 3)

function toDays(groups: Record<string, string | undefined>, today: Date): string[] {
  const { y = '', m, d, name, one, two } = groups
  const years = y.length === 4 ? [Number(y)] : centuriesOf(Number(y), today)
  const named =
    name && months.findIndex((names) => names.some((full) => full.startsWith(name.toLowerCase()))) + 1
  const pairs =
    one && two
      ? [
          [two, one],
          [one, two],
        ]
      : [[named || m, d]]
  const days = years.flatMap((inYear) =>
    pairs.map(([inMonth, day]) => toDay(inYear, Number(inMonth), Number(day))),
  )
  return [...new Set(days)].filter((day) => day !== null)
}

/** Of two digits: this century unless that is still to come, and the one before. */
function centuriesOf(digits: number, today: Date): number[] {
  return [2000 + digits, 1900 + digits].filter((full) => full <= today.getUTCFullYear())
}

function toDay(inYear: number, inMonth: number, day: number): string | null {
  const at = new Date(Date.UTC(inYear, inMonth - 1, day))
  const isReal = inYear >= 1850 && at.getUTCMonth() === inMonth - 1 && at.getUTCDate() === day
  return isReal ? at.toISOString().slice(0, 10) : null
}

/** Digits are the end of a telephone number, part of a name, an identifier, a year of birth or a date without separators. */
function numberKeys(written: string, today: Date): string[] {
  const digits = written.replace(/\D/g, '')
  if (digits.length < 3) return []
  // In a country a number begins with 0, abroad with 00 and the country; it is stored without either.
  const telephone = digits.replace(/^0+/, '')
  const reversed = [...telephone].reverse().join('')
  const keys = [`w:${digits}`, `i:${digits}`, ...(telephone.length >= 3 ? [`t:${reversed}`] : [])]
  const isYear = digits.length === 4 && Number(digits) >= 1850 && Number(digits) <= today.getUTCFullYear()
  if (isYear) keys.push(`d:${digits}-`)
  if (digits.length === 8) keys.push(...joinedDays(digits, today).map(dayKey))
  return keys
}

function joinedDays(digits: string, today: Date): string[] {
  const part = (from: number, to: number) => digits.slice(from, to)
  const yearLast = toDays({ one: part(0, 2), two: part(2, 4), y: part(4, 8) }, today)
  return [...toDays({ y: part(0, 4), m: part(4, 6), d: part(6, 8) }, today), ...yearLast]
}
