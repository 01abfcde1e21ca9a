import { styleText } from 'node:util'
import { readFlags } from './generate/flags.ts'
import { generateClinic } from './generate/generate-clinic.ts'
import { showProgress } from './generate/progress.ts'
import { report } from './generate/report.ts'
import { openTarget } from './generate/target.ts'
import { runCommand } from './local/cannot-start.ts'

// Fills a local database with a large clinic: npm run generate -- --appointments 10000000

const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort())

runCommand(async () => {
  const { directory, ...wishes } = readFlags(process.argv.slice(2))
  const started = performance.now()
  await using target = await openTarget(directory)
  try {
    console.log(
      styleText(
        'dim',
        target.isEmbedded
          ? 'While it is being filled, the database is not safe from a power cut (fsync is off); afterwards it is.'
          : 'While it is being filled, the database lacks constraints and indexes. Do not use it until this command has ended.',
      ),
    )
    const phases = await generateClinic({
      ...wishes,
      url: target.url,
      signal: interruption.signal,
      showProgress,
    })
    const seconds = (performance.now() - started) / 1000
    console.log(await report(await target.finish(), phases, seconds))
    if (target.isEmbedded) console.log(`\nTo use it: DATA_DIR=${directory} npm start\n`)
  } catch (error) {
    if (!interruption.signal.aborted) throw error
    process.exitCode = 130
    console.log('Interrupted. Run the same command to continue.')
  }
})
