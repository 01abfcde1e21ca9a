import { styleText } from 'node:util'

export interface Progress {
  /** Something begins that is worth so much of the whole. */
  begin(doing: string): void
  /** So much of the whole has been done. */
  advance(worth: number): void
  /** A line that stays. */
  say(line: string): void
  end(): void
}

/** Says nothing. */
export const silent: Progress = { begin() {}, advance() {}, say() {}, end() {} }

/**
 * A bar on a terminal, and a line every ten seconds elsewhere. The remaining time is what is left, at the rate at which
 * this run has got on so far; nothing is said until that is worth something.
 *
 * @param whole all that is to be done, in seconds as they were measured once on a machine like others.
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
    return left > 0 ? `about ${duration(left)} left` : 'longer than it seemed'
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
