// The bridge in its own process, like the database's proxy, so that the load generator's CPU time is not counted as its.
import { type Query, startBridge } from '../scripts/local/bridge.ts'

export interface Carried {
  trips: number
  statements: number
  /** Size of the answers. */
  bytes: number
  /** The statements of the last trip. */
  last: Query[]
}

const nothing = (): Carried => ({ trips: 0, statements: 0, bytes: 0, last: [] })
let carried = nothing()

const bridge = await startBridge({
  delayMs: Number(process.argv[2]),
  onTrip(queries) {
    carried.trips++
    carried.statements += queries.length
    carried.last = queries
  },
  onAnswer(bytes) {
    carried.bytes += bytes
  },
})
process.on('message', () => {
  process.send?.(carried)
  carried = nothing()
})
process.on('disconnect', () => process.exit())
// Ctrl-C reaches the whole process group, but the parent decides when to stop.
process.on('SIGINT', () => {})
process.send?.(bridge.url)
