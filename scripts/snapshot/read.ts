import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { CannotStart } from '../local/cannot-start.ts'
import type { About, Counts } from './write.ts'

export interface Section {
  table: string
  columns: string[]
  /** As COPY writes and reads them; to be read to their end before the next section is asked for. */
  rows: AsyncIterable<Buffer>
}

export interface Snapshot {
  about: About
  sections: AsyncIterable<Section>
  /** How many rows of each table there are, once all sections are read. */
  counts: Counts
  close(): void
}

/**
 * Opens a copy that `writeSnapshot` has made; nothing of it is gathered in memory.
 *
 * @throws CannotStart when it is no such file; while it is read also when it is cut off.
 */
export async function openSnapshot(file: string): Promise<Snapshot> {
  const source = createReadStream(file)
  const unpacked = createGunzip()
  source.on('error', (error) => unpacked.destroy(error)).pipe(unpacked)
  const lines = new Lines(unpacked, file)
  const about = (await lines.comment()) as About
  const snapshot = { about, counts: {}, sections: sections(), close: () => void source.destroy() }
  async function* sections() {
    for (let head = await lines.head(); head; head = await lines.head())
      yield { ...head, rows: lines.untilEnd() }
    snapshot.counts = (await lines.comment()) as Counts
  }
  return snapshot
}

/** Lines, one by one where they are ours, and as they come where they are rows. */
class Lines {
  #source: AsyncIterator<Buffer>
  #ahead = Buffer.alloc(0)
  #file: string

  constructor(source: AsyncIterable<Buffer>, file: string) {
    this.#source = source[Symbol.asyncIterator]()
    this.#file = file
  }

  /** What the next line says in JSON, behind `-- `. */
  async comment(): Promise<unknown> {
    const line = await this.#next()
    if (!/^-- [{].*[}]$/.test(line)) throw this.#unreadable('it is of another kind')
    return JSON.parse(line.slice(3))
  }

  /** What the next section is of; null when there is none, and a comment follows. */
  async head(): Promise<{ table: string; columns: string[] } | null> {
    await this.#next()
    while (this.#ahead.length < 3) await this.#more()
    if (this.#ahead.toString('utf8', 0, 3) === '-- ') return null
    const [, table, columns] = /^COPY public\.(\w+) \("(.+)"\) FROM stdin;$/.exec(await this.#next()) ?? []
    if (!table || !columns) throw this.#unreadable('it is damaged')
    return { table, columns: columns.split('", "') }
  }

  /** Rows until the line that ends them; COPY doubles backslashes, so that no row can be that line. */
  async *untilEnd(): AsyncGenerator<Buffer> {
    for (;;) {
      if (this.#ahead.toString('utf8', 0, 3) === '\\.\n') {
        this.#ahead = this.#ahead.subarray(3)
        return
      }
      const end = this.#ahead.indexOf('\n\\.\n')
      const rows = this.#ahead.subarray(0, (end < 0 ? this.#ahead.lastIndexOf('\n') : end) + 1)
      this.#ahead = this.#ahead.subarray(rows.length)
      if (rows.length > 0) yield rows
      if (end < 0) await this.#more()
    }
  }

  async #next(): Promise<string> {
    let end = this.#ahead.indexOf('\n')
    while (end < 0) {
      await this.#more()
      end = this.#ahead.indexOf('\n')
    }
    const line = this.#ahead.toString('utf8', 0, end)
    this.#ahead = this.#ahead.subarray(end + 1)
    return line
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#source.next().catch((error) => {
      throw this.#unreadable(error.code)
    })
    if (done) throw this.#unreadable('it is cut off')
    this.#ahead = Buffer.concat([this.#ahead, value])
  }

  #unreadable(why: string): CannotStart {
    return new CannotStart(`${this.#file} is no copy that can be opened: ${why}.`)
  }
}
