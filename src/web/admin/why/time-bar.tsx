import type { Span } from '../../../clinic/availability/explanation.ts'

/** Whole hours of a day, for all bars of a page. */
export interface Axis {
  from: number
  to: number
}

/** From seven till nine, and wider when a day begins earlier or ends later. */
export function axisOf(spans: Span[], on: string): Axis {
  const minutes = spans.flatMap((span) => minutesOf(span, on))
  return {
    from: Math.floor(Math.min(420, ...minutes) / 60),
    to: Math.ceil(Math.max(1260, ...minutes) / 60),
  }
}

export const hoursOf = ({ from, to }: Axis): string[] =>
  Array.from({ length: to - from + 1 }, (_, n) => String(from + n).padStart(2, '0'))

/** Of the day, on the wall clock; at most midnight. */
function minutesOf({ startLocal, endLocal }: Span, on: string): [number, number] {
  const minuteOf = (local: string) => {
    if (local.slice(0, 10) !== on) return local < on ? 0 : 1440
    return Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16))
  }
  return [minuteOf(startLocal), minuteOf(endLocal)]
}

interface TimeBarProps {
  axis: Axis
  on: string
  remaining: Span[]
  taken: Span[]
  label: string
}

const height = 24

/** One unit is a minute. What it shows stands in its label, too. */
export function TimeBar({ axis, on, remaining, taken, label }: TimeBarProps) {
  const width = (axis.to - axis.from) * 60
  const placed = (spans: Span[]) =>
    spans.map((span) => minutesOf(span, on).map((minute) => minute - axis.from * 60) as [number, number])
  const hours = Array.from({ length: axis.to - axis.from - 1 }, (_, n) => `M${(n + 1) * 60} 0v${height}`)
  return (
    <svg
      class="bar"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path class="grid" d={hours.join('')} />
      {placed(remaining).map(([from, to]) => (
        <rect class="open" x={from} width={to - from} height={height} />
      ))}
      {placed(taken).map(([from, to]) => (
        <>
          <rect class="gone" x={from} width={to - from} height={height} />
          <path class="gone-line" d={hatch(from, to)} />
        </>
      ))}
    </svg>
  )
}

/** Diagonals and an edge, so that it needs no colour. */
function hatch(from: number, to: number): string {
  const lines = Array.from({ length: Math.ceil((to - from) / 12) }, (_, n) => {
    const x = from + n * 12
    return `M${x} ${height}L${Math.min(x + 12, to)} 0`
  })
  return `${lines.join('')}M${from} 0h${to - from}v${height}h${from - to}z`
}
