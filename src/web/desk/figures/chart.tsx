import { isolate } from '../../../i18n/isolate.ts'

interface Bar {
  label: string
  /** As written beside it. */
  shown: string
  /** From 0 to 1. */
  share: number
}

interface ChartProps {
  id: string
  title: string
  about: string
}

const rowHeight = 28

/** Horizontal bars with their names and values as text: no figure is told by colour or length alone. */
export function Bars({ id, title, about, bars }: ChartProps & { bars: Bar[] }) {
  const height = bars.length * rowHeight + 4
  return (
    <svg
      class="chart"
      viewBox={`0 0 480 ${height}`}
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-about`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-about`}>{about}</desc>
      {bars.map(({ label, shown, share }, index) => (
        <g transform={`translate(0 ${index * rowHeight + 2})`}>
          <text x="0" y="17">
            {isolate(cut(label))}
          </text>
          <rect class="track" x="170" y="4" width="230" height="18" rx="3" />
          <rect class="fill" x="170" y="4" width={Math.round(230 * Math.min(share, 1))} height="18" rx="3" />
          <text class="value" x="408" y="17">
            {shown}
          </text>
        </g>
      ))}
    </svg>
  )
}

const longest = 22
const cut = (label: string) => (label.length > longest ? `${label.slice(0, longest - 1)}…` : label)

export interface Part {
  name: string
  /** Chooses its pattern. */
  look: 'attended' | 'missed' | 'cancelled' | 'open'
}

interface ColumnsProps extends ChartProps {
  parts: Part[]
  columns: { label: string; values: number[] }[]
}

const chartHeight = 150

/** Columns divided into parts; each part has a pattern of its own, and its number if there is room. */
export function Columns({ id, title, about, parts, columns }: ColumnsProps) {
  const most = Math.max(1, ...columns.map(({ values }) => sum(values)))
  return (
    <>
      <svg
        class="chart"
        viewBox={`0 0 480 ${chartHeight + 44}`}
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-about`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-about`}>{about}</desc>
        <Patterns />
        {columns.map(({ label, values }, index) => (
          <g transform={`translate(${index * 68 + 8} 20)`}>
            {stack(values, most).map(({ top, height, value }, part) => (
              <>
                <rect {...lookOf(parts[part])} x="0" y={top} width="52" height={height} />
                {height >= 16 && (
                  <text class="inside" x="26" y={top + height / 2 + 4}>
                    {value}
                  </text>
                )}
              </>
            ))}
            <text class="sum" x="26" y={chartHeight - scaled(sum(values), most) - 5}>
              {sum(values)}
            </text>
            <text class="name" x="26" y={chartHeight + 17}>
              {label}
            </text>
          </g>
        ))}
      </svg>
      <ul class="legend">
        {parts.map((part) => (
          <li>
            <svg class="key" viewBox="0 0 16 16" aria-hidden="true">
              <rect {...lookOf(part)} x="1" y="1" width="14" height="14" />
            </svg>
            {part.name}
          </li>
        ))}
      </ul>
    </>
  )
}

const patterns: Partial<Record<Part['look'], string>> = { missed: 'url(#dense)', cancelled: 'url(#dots)' }

const lookOf = (part: Part | undefined) => ({
  class: `part ${part?.look}`,
  ...(part && patterns[part.look] && { fill: patterns[part.look] }),
})

/** Once on each page. */
function Patterns() {
  return (
    <defs>
      <pattern id="dense" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="ground bad" width="6" height="6" />
        <rect class="line bad" width="2" height="6" />
      </pattern>
      <pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">
        <rect class="ground soft" width="6" height="6" />
        <circle class="line soft" cx="3" cy="3" r="1" />
      </pattern>
    </defs>
  )
}

const sum = (values: number[]) => values.reduce((all, one) => all + one, 0)
const scaled = (value: number, most: number) => Math.round((value / most) * chartHeight)

/** From the bottom up. */
function stack(values: number[], most: number) {
  let below = 0
  return values.map((value) => {
    const [from, until] = [scaled(below, most), scaled(below + value, most)]
    below += value
    return { top: chartHeight - until, height: until - from, value }
  })
}
