/** The first letters of the first and the last word, such as `RA`; titles count as words. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word = '') => (Array.from(word)[0] ?? '').toUpperCase()).join('')
}
