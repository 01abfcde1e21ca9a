// Runs before every command, on whatever Node the machine has; so it is plain, old JavaScript.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const installed = `${root}node_modules/.package-lock.json`
const isAtLeast = (version, [major, minor]) => {
  const [, hasMajor, hasMinor] = /v?(\d+)\.(\d+)/.exec(version) ?? []
  return +hasMajor > major || (+hasMajor === major && +hasMinor >= minor)
}

function stop(reason) {
  console.error(`✘ ${reason}`)
  process.exit(1)
}

if (!isAtLeast(process.version, [20, 0]))
  stop(`Node ${process.version} is too old to install with; 20 or newer is needed.`)

if (!existsSync(installed)) {
  console.log('Installing what the project needs; this happens once …')
  const npm = process.env.npm_execpath
  const install = npm
    ? spawnSync(process.execPath, [npm, 'ci'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    : spawnSync('npm', ['ci'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  if (install.status !== 0) stop('npm ci failed; what it said stands above.')
}

// npm puts the project's own Node 24 first in PATH. With --ignore-scripts it has none to put there.
const version = execFileSync('node', ['--version'], { encoding: 'utf8', cwd: root }).trim()
if (!isAtLeast(version, [22, 18])) {
  stop(
    `The project's own Node 24 is not installed, and ${version} is too old. Run: npm ci --ignore-scripts=false`,
  )
}
