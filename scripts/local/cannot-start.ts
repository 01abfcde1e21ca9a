/** A reason to stop a command, in one line for the person who typed it. */
export class CannotStart extends Error {}

/**
 * Runs a command's main function. If it fails, the process ends with code 1 as soon as nothing is left open: whatever a
 * command opens, it declares with `await using`. A `CannotStart` is printed as one line, any other error with its stack.
 */
export function runCommand(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    process.exitCode = 1
    console.error(error instanceof CannotStart ? `✘ ${error.message}` : error)
  })
}
