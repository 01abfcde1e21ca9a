import { styleText } from 'node:util'

export interface Progress {
  /** Announces the next piece of work. */
  begin(doing: string): void
  /** Adds to what has been done, in the unit of `whole`. */
  advance(worth: number): void
  /** Prints a line that stays. */
  say(line: string): void
  end(): void
}

/** Shows nothing. */
export const silent: Progress = { begin() {}, advance() {}, say() {}, end() {} }

/**
 * Shows a bar on a terminal, and a line every ten seconds elsewhere. Estimates the remaining time from this run's speed so
 * far, once that means something.
 *
 * @param whole all the work, in seconds as measured once on an ordinary machine.
 */
export function showProgress(whole: number, out: NodeJS.WriteStream = process.stdout): Progress {
  const started = performance.now()
  let done = 0
  let doing = ''
  let lastLine = started
  let lastAdvance = started
  const remaining = () => {
    if (lastAdvance - started < 3000 || done < whole * 0.01) return ''
    const rate = (lastAdvance - started) / done
    const left = (rate * Math.max(0, whole - done) - (performance.now() - lastAdvance)) / 1000
    return left > 0 ? `about ${duration(left)} left` : 'longer than estimated'
  }
  const draw = () => {
    const part = Math.min(1, done / whole)
    if (out.isTTY) {
      const filled = Math.round(part * 24)
      const bar = `${'█'.repeat(filled)}${'░'.repeat(24 - filled)}`
      out.write(`\r\u001b[2K${bar} ${Math.floor(part * 100)} % ${doing} ${styleText('dim', remaining())}`)
    } else if (performance.now() - lastLine > 10_000) {
      lastLine = performance.now()
      out.write(`… ${Math.floor(part * 100)} % ${doing} ${remaining()}\n`)
    }
  }
  const ticking = setInterval(draw, out.isTTY ? 250 : 1_000)
  return {
    begin(what) {
      doing = what
      draw()
    },
    advance(worth) {
      done += worth
      lastAdvance = performance.now()
      draw()
    },
    say(line) {
      if (out.isTTY) out.write('\r\u001b[2K')
      out.write(`${line}\n`)
    },
    end() {
      clearInterval(ticking)
      if (out.isTTY) out.write('\r\u001b[2K')
    },
  }
}

export function duration(seconds: number): string {
  if (seconds < 90) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}
