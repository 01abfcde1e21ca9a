/** Letters that are written from right to left, such as Hebrew and Arabic ones. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/**
 * A name as it may stand within a sentence of plain text, where `<bdi>` is impossible: one with letters from right to
 * left stands between Unicode's isolates, so that it does not reorder the words and numbers beside it.
 */
export const isolate = (name: string): string => (rightToLeft.test(name) ? `\u2068${name}\u2069` : name)
