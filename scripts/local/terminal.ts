import { styleText } from 'node:util'

/** Shows what is being done, then how long it took: one line per step, coloured on a terminal. */
export async function step<T>(doing: string, work: () => Promise<T>): Promise<T> {
  const isTerminal = process.stdout.isTTY
  const started = performance.now()
  if (isTerminal) process.stdout.write(styleText('dim', `… ${doing}`))
  try {
    const result = await work()
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    if (isTerminal) process.stdout.write('\r\u001b[2K')
    console.log(`${styleText('green', '✔')} ${doing} ${styleText('dim', `${seconds} s`)}`)
    return result
  } catch (error) {
    if (isTerminal) process.stdout.write('\r\u001b[2K')
    throw error
  }
}
