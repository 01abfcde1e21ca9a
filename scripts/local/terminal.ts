import { styleText } from 'node:util'

/** Says what is being done while it is done, and what it took; one line a step, coloured on a terminal. */
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
