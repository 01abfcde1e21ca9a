import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { CannotStart } from '../local/cannot-start.ts'
import type { About, Counts } from './write.ts'

export interface Section {
  table: string
  columns: string[]
  /** In COPY's text format. Read them to the end before asking for the next section. */
  rows: AsyncIterable<Buffer>
}

/** An open copy; `await using` closes its file. */
export interface Snapshot extends AsyncDisposable {
  about: About
  sections: AsyncIterable<Section>
  /** Rows per table, known once all sections are read. */
  counts: Counts
}

/**
 * Opens a copy made by `writeSnapshot`, and streams it.
 *
 * @throws CannotStart when the file is not a copy; also while reading, when it is cut off.
 */
export async function openSnapshot(file: string): Promise<Snapshot> {
  const source = createReadStream(file)
  const unpacked = createGunzip()
  source.on('error', (error) => unpacked.destroy(error)).pipe(unpacked)
  await using opening = new AsyncDisposableStack()
  opening.defer(() => void source.destroy())
  const lines = new Lines(unpacked, file)
  const about = (await lines.comment()) as About
  const opened = opening.move()
  const close = () => opened.disposeAsync()
  const snapshot = { about, counts: {}, sections: sections(), [Symbol.asyncDispose]: close }
  async function* sections() {
    for (let head = await lines.head(); head; head = await lines.head())
      yield { ...head, rows: lines.untilEnd() }
    snapshot.counts = (await lines.comment()) as Counts
  }
  return snapshot
}

/** Reads our own lines one by one, and rows in chunks. */
class Lines {
  #source: AsyncIterator<Buffer>
  #ahead = Buffer.alloc(0)
  #file: string

  constructor(source: AsyncIterable<Buffer>, file: string) {
    this.#source = source[Symbol.asyncIterator]()
    this.#file = file
  }

  /** The JSON after `-- ` on the next line. */
  async comment(): Promise<unknown> {
    const line = await this.#next()
    if (!/^-- [{].*[}]$/.test(line)) throw this.#unreadable('it has another format')
    return JSON.parse(line.slice(3))
  }

  /** The head of the next section; null if there is none and a comment follows. */
  async head(): Promise<{ table: string; columns: string[] } | null> {
    await this.#next()
    while (this.#ahead.length < 3) await this.#more()
    if (this.#ahead.toString('utf8', 0, 3) === '-- ') return null
    const [, table, columns] = /^COPY public\.(\w+) \("(.+)"\) FROM stdin;$/.exec(await this.#next()) ?? []
    if (!table || !columns) throw this.#unreadable('it is damaged')
    return { table, columns: columns.split('", "') }
  }

  /** The rows up to the end marker. COPY doubles backslashes, so no row can look like it. */
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
    return new CannotStart(`${this.#file} is not a copy that can be opened: ${why}.`)
  }
}
