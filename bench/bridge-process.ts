// The bridge in a process of its own, as the database's proxy would be: what the load generator costs is not its.
import { type Query, startBridge } from '../scripts/local/bridge.ts'

export interface Carried {
  trips: number
  statements: number
  /** Of the answers. */
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
// Ctrl-C reaches the whole group; whoever started us says when it is over.
process.on('SIGINT', () => {})
process.send?.(bridge.url)
