import type { AvailabilityOfSize } from './measure-availability.ts'
import type { BookingResult } from './measure-booking.ts'
import type { ContentionResult } from './measure-contention.ts'
import type { CostResult } from './measure-cost.ts'
import type { GrowthOfSize } from './measure-growth.ts'
import type { PageResult } from './measure-page.ts'
import type { RetentionOfSize } from './measure-retention.ts'
import type { SeenResult } from './measure-seen.ts'
import type { TripsResult } from './measure-trips.ts'

/** All that one run has measured, as it is kept in bench/results. */
export interface Results {
  /** ISO 8601, in UTC. */
  date: string
  command: string
  machine: Machine
  sizes: number[]
  rounds: number
  seconds: number
  /** How long the databases took to make, in seconds, by size. */
  madeIn: Record<string, number>
  measures: {
    booking?: BookingResult
    seen?: SeenResult
    contention?: ContentionResult
    trips?: TripsResult
    availability?: AvailabilityOfSize[]
    page?: PageResult
    growth?: GrowthOfSize[]
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
  /** How busy it was before we began: the average over a minute of who wanted a processor. */
  loadBefore: number
}
