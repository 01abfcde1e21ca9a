import { readFile } from 'node:fs/promises'
import { SourceMap } from 'node:module'
import { text } from 'node:stream/consumers'

// Reads a stack from a log line, which names places in the minified Worker, and prints it with places in the source.
//   git checkout RELEASE && npm ci && npm run build && npm run --silent stack < stack.txt

const map = new SourceMap(JSON.parse(await readFile(process.argv[2] ?? 'dist/index.js.map', 'utf8')))
const stack = (await text(process.stdin)).replaceAll('\\n', '\n')

process.stdout.write(
  stack.replace(/[\w./-]*index\.js:(\d+):(\d+)/g, (written, line, column) => {
    const { fileName, lineNumber, columnNumber } = map.findOrigin(
      Number(line),
      Number(column),
    ) as Partial<Origin>
    return fileName ? `${fileName.replace(/^(\.\.\/)+/, '')}:${lineNumber}:${columnNumber}` : written
  }),
)

interface Origin {
  fileName: string
  lineNumber: number
  columnNumber: number
}
