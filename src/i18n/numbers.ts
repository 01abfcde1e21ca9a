/** 12345 as `12,345` in the language. */
export function formatCount(count: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(count)
}

/** A part of a whole as `6.6%`; a dash if the whole is 0. */
export function formatShare(part: number, whole: number, language: string): string {
  if (whole === 0) return '–'
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(part / whole)
}

/** Milliseconds to three digits: `0.214 ms`, `4.07 ms`, `1,240 ms`. */
export function formatMilliseconds(duration: number, language: string): string {
  const digits = { maximumSignificantDigits: 3 }
  return `${new Intl.NumberFormat(language, digits).format(duration)}\u00a0ms`
}

/** An amount with its currency: `Rp 12,400`, `€0.35`. */
export function formatMoney(amount: number, currency: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency, minimumFractionDigits: 0 }).format(
    amount,
  )
}

const units = ['kB', 'MB', 'GB', 'TB']

/** Bytes in steps of 1024, with PostgreSQL's units: `8 kB`, `3.4 GB`. */
export function formatBytes(bytes: number, language: string): string {
  const step = Math.min(units.length, Math.max(1, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  const many = new Intl.NumberFormat(language, { maximumFractionDigits: step > 1 ? 1 : 0 })
  return `${many.format(bytes / 1024 ** step)}\u00a0${units[step - 1]}`
}
