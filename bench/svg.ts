export interface Line {
  name: string
  points: { x: number; y: number }[]
}

export interface Bar {
  name: string
  value: number
  /** Where to draw the mark. */
  goal?: number
}

const width = 640
// Colours that people with red-green colour blindness can distinguish, on white and on black.
const style = `
  text { font: 12px system-ui, sans-serif; fill: #333 }
  .axis { stroke: #ccc }
  .goal { stroke: #333; stroke-dasharray: 3 2 }
  .c0 { --c: #0072b2 } .c1 { --c: #d55e00 } .c2 { --c: #009e73 } .c3 { --c: #aa4499 } .c4 { --c: #8a6d00 }
  path { fill: none; stroke: var(--c); stroke-width: 2 }
  circle, rect, text.name { fill: var(--c) }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd }
    .axis { stroke: #444 }
    .goal { stroke: #ddd }
    .c0 { --c: #56b4e9 } .c1 { --c: #f0a050 } .c2 { --c: #4fd0a5 } .c3 { --c: #dd88cc } .c4 { --c: #e0c050 }
  }`

function svg(title: string, description: string, height: number, content: string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">
<title id="title">${inXml(title)}</title>
<desc id="description">${inXml(description)}</desc>
<style>${style}
</style>
<text x="8" y="18">${inXml(title)}</text>
${content.join('\n')}
</svg>
`
}

/** Lines over a logarithmic number of appointments, from zero up, with the name at the end of each. */
export function drawLines(title: string, lines: Line[]): string {
  const [left, right, top, bottom] = [48, 440, 40, 300]
  const all = lines.flatMap(({ points }) => points)
  const [least, most] = [Math.min(...all.map(({ x }) => x)), Math.max(...all.map(({ x }) => x))]
  const highest = roundUp(Math.max(...all.map(({ y }) => y)))
  const across = (x: number) => left + (Math.log(x / least) / Math.log(most / least)) * (right - left)
  const up = (y: number) => bottom - (y / highest) * (bottom - top)
  const heights = [0, 0.25, 0.5, 0.75, 1].map((part) => part * highest)
  const rules = heights.map(
    (y) => `<line class="axis" x1="${left}" x2="${right}" y1="${n(up(y))}" y2="${n(up(y))}"/>
<text x="${left - 6}" y="${n(up(y) + 4)}" text-anchor="end">${n(y)}</text>`,
  )
  const sizes = [...new Set(all.map(({ x }) => x))].map(
    (x) =>
      `<text x="${n(across(x))}" y="${bottom + 20}" text-anchor="${x === most ? 'end' : 'middle'}">${x.toLocaleString('en')}</text>`,
  )
  const names = apart(lines.map(({ points }) => up(points.at(-1)?.y ?? 0)))
  const drawn = lines.map(({ name, points }, index) => {
    const path = points.map(({ x, y }) => `${n(across(x))} ${n(up(y))}`).join('L')
    const dots = points.map(({ x, y }) => `<circle cx="${n(across(x))}" cy="${n(up(y))}" r="3"/>`).join('')
    const label = `${name}: ${n(points.at(-1)?.y ?? 0)}`
    return `<g class="c${index % 5}"><path d="M${path}"/>${dots}
<text class="name" x="${right + 12}" y="${n((names[index] ?? 0) + 4)}">${inXml(label)}</text></g>`
  })
  const described = lines.map(
    ({ name, points }) => `${name}: ${points.map(({ x, y }) => `${n(y)} at ${x}`).join(', ')}`,
  )
  return svg(title, described.join('; '), bottom + 36, [...rules, ...sizes, ...drawn])
}

/** Bars from the left, with a mark at the goal. */
export function drawBars(title: string, bars: Bar[]): string {
  const [left, right, top, step] = [270, 570, 36, 22]
  const most = Math.max(1, ...bars.map(({ value, goal = 0 }) => Math.max(value, goal)))
  const across = (value: number) => left + (value / most) * (right - left)
  const bottom = top + bars.length * step
  const drawn = bars.map(({ name, value, goal }, index) => {
    const y = top + index * step
    const mark = goal
      ? `<line class="goal" x1="${n(across(goal))}" x2="${n(across(goal))}" y1="${y}" y2="${y + 18}"/>`
      : ''
    return `<text x="${left - 8}" y="${y + 13}" text-anchor="end">${inXml(name)}</text>
<g class="c0"><rect x="${left}" y="${y + 2}" width="${n(across(value) - left)}" height="14"/></g>${mark}
<text x="${n(across(Math.max(value, goal ?? 0)) + 6)}" y="${y + 13}">${value.toFixed(2)}</text>`
  })
  const one = `<line class="axis" x1="${n(across(1))}" x2="${n(across(1))}" y1="${top - 4}" y2="${bottom}"/>`
  const described = bars.map(
    ({ name, value, goal }) => `${name} ${value.toFixed(2)}${goal ? `, goal ${goal}` : ''}`,
  )
  return svg(title, described.join('; '), bottom + 12, [one, ...drawn])
}

const n = (number: number) => String(Math.round(number * 10) / 10)

function roundUp(number: number): number {
  const power = 10 ** Math.floor(Math.log10(number))
  return ([1, 2, 4, 5, 8].find((step) => step * power >= number) ?? 10) * power
}

/** The same heights, moved down where two names would overlap. */
function apart(heights: number[]): number[] {
  const moved: number[] = []
  let last = Number.NEGATIVE_INFINITY
  for (const { y, index } of heights
    .map((y, index) => ({ y, index }))
    .sort((one, other) => one.y - other.y)) {
    last = Math.max(y, last + 15)
    moved[index] = last
  }
  return moved
}

function inXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
