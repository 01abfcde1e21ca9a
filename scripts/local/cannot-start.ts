/** What stops a command, in one line for the person who typed it. */
export class CannotStart extends Error {}

/** Runs a command's main function; a `CannotStart` is printed as its one line, and ends with code 1. */
export function runCommand(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    process.exitCode = 1
    console.error(error instanceof CannotStart ? `✘ ${error.message}` : error)
  })
}
