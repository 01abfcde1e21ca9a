import type { BlocksContent, InTheWay } from '../../../clinic/availability/read-blocks-page.ts'
import type { Frame } from '../../frame.ts'
import type { BlockProblems, BlockValues } from './values.ts'

export interface BlocksPageProps {
  frame: Frame
  content: BlocksContent
  values: BlockValues
  problems?: BlockProblems
  returnTo: string
  formKey: string
  /** What the entry in the form affects; null until it was asked for. */
  preview?: InTheWay[] | null
  refused?: { title: string; reason: string } | undefined
  /** What was removed a moment ago. */
  removed?: BlockValues | null
  /** Of extra hours: who is booked in them. */
  nowOutside?: InTheWay[]
  /** What was just saved: where it stands on the page. */
  saved?: string
}
