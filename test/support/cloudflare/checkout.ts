import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export interface Checkout {
  directory: string
  /** The commit checked out. */
  head(): string
  /** Changes a file and commits by default. */
  change(file: string, to: (text: string) => string, commits?: boolean): void
  /** Goes back to the commit, discarding uncommitted changes. */
  goTo(commit: string): void
  /** Runs a script of the project like `npm run`; the output is in order. */
  run(words: string[], env: Record<string, string>): Promise<{ code: number | null; said: string }>
  remove(): void
}

const parts = ['src', 'drizzle', 'migrations', 'scripts', 'wrangler.toml', 'package.json', 'tsconfig.json']

/** The project as a separate repository with one commit, which a test may change freely. */
export function makeCheckout(): Checkout {
  const directory = mkdtempSync(join(tmpdir(), 'alobooking-checkout-'))
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=Admin', '-c', 'user.email=admin@example.com', ...words], {
      cwd: directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  const commit = () => {
    git('add', '--all')
    git('commit', '--quiet', '--message', 'Change it')
  }
  for (const part of parts) cpSync(part, join(directory, part), { recursive: true })
  symlinkSync(resolve('node_modules'), join(directory, 'node_modules'))
  writeFileSync(join(directory, '.gitignore'), 'node_modules\n.wrangler/\n.dev.vars\n')
  git('init', '--quiet')
  commit()
  return {
    directory,
    head: () => git('rev-parse', 'HEAD').trim(),
    change(file, to, commits = true) {
      const path = join(directory, file)
      writeFileSync(path, to(readFileSync(path, { encoding: 'utf8', flag: 'a+' })))
      if (commits) commit()
    },
    goTo(to) {
      git('reset', '--quiet', '--hard', to)
    },
    run: (words, env) =>
      new Promise((done) => {
        const child = spawn(process.execPath, words, {
          cwd: directory,
          env: { ...process.env, ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
        })
        let said = ''
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (chunk) => {
            said += chunk
          })
        child.once('close', (code) => done({ code, said }))
      }),
    remove: () => rmSync(directory, { recursive: true }),
  }
}
