import { afterEach, beforeEach, vi } from 'vitest'

let written: string[] = []

/** The errors written since the last call. A test that expects one takes it; what is left fails the test. */
export function takeErrors(): string[] {
  const taken = written
  written = []
  return taken
}

/** Reports an error that something outside this process wrote, such as the Worker. */
export function reportError(line: string): void {
  written.push(line)
}

/** @throws Error with what was written to console.error and not expected. */
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
