import type { AvailabilityOfSize } from './measure-availability.ts'
import type { BookingResult } from './measure-booking.ts'
import type { ContentionResult } from './measure-contention.ts'
import type { CostResult } from './measure-cost.ts'
import type { DeskResult } from './measure-desk.ts'
import type { GrowthOfSize } from './measure-growth.ts'
import type { ObservabilityResult } from './measure-observability.ts'
import type { OutboxResult } from './measure-outbox.ts'
import type { PageResult } from './measure-page.ts'
import type { RetentionOfSize } from './measure-retention.ts'
import type { SeriesResult } from './measure-series.ts'
import type { TripsResult } from './measure-trips.ts'

/** One run's measurements, as kept in bench/results. */
export interface Results {
  /** ISO 8601, in UTC. */
  date: string
  command: string
  machine: Machine
  sizes: number[]
  rounds: number
  seconds: number
  /** How long generating each database took, in seconds, by size. */
  madeIn: Record<string, number>
  measures: {
    booking?: BookingResult
    observability?: ObservabilityResult
    outbox?: OutboxResult
    contention?: ContentionResult
    lastPlace?: ContentionResult
    series?: SeriesResult
    trips?: TripsResult
    availability?: AvailabilityOfSize[]
    page?: PageResult
    growth?: GrowthOfSize[]
    desk?: DeskResult
    retention?: RetentionOfSize[]
    cost?: CostResult
  }
}

export interface Machine {
  cores: number
  processor: string
  memoryGiB: number
  system: string
  node: string
  postgres: string
  miniflare: string
  /** The load average over the minute before we began. */
  loadBefore: number
}
