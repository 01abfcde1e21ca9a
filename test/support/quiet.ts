import { afterEach, beforeEach, vi } from 'vitest'

let written: string[] = []

/** The errors since the last call. A test takes those it expects; any left fails it. */
export function takeErrors(): string[] {
  const taken = written
  written = []
  return taken
}

/** Reports an error from outside this process, such as the Worker's. */
export function reportError(line: string): void {
  written.push(line)
}

/** @throws Error with every unexpected line of console.error. */
export function assertQuiet(): void {
  const unexpected = takeErrors()
  if (unexpected.length > 0)
    throw new Error(`Unexpectedly written to console.error:\n${unexpected.join('\n')}`)
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation((...words: unknown[]) =>
    reportError(words.map(String).join(' ')),
  )
})
afterEach(assertQuiet)
