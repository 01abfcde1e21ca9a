import { visitTypeFields as shapes } from '../../../clinic/availability/define-visit-type.ts'

const number = <Shape>(shape: Shape) => ({ kind: 'number', shape }) as const
const numberOrNone = <Shape>(shape: Shape) => ({ kind: 'number', shape, isOptional: true }) as const
const onOff = <Shape>(shape: Shape) => ({ kind: 'switch', shape }) as const

/** What an admin decides about a visit type, besides whether it is withdrawn. */
export const visitTypeFields = {
  name: { kind: 'line', shape: shapes.name },
  mode: { kind: 'choice', shape: shapes.mode, values: ['in_person', 'phone', 'video'] },
  minutes: number(shapes.minutes),
  bufferBeforeMinutes: number(shapes.bufferBeforeMinutes),
  bufferAfterMinutes: number(shapes.bufferAfterMinutes),
  capacity: numberOrNone(shapes.capacity),
  bookableOnline: onOff(shapes.bookableOnline),
  noticeMinutes: number(shapes.noticeMinutes),
  cancellationNoticeMinutes: number(shapes.cancellationNoticeMinutes),
  horizonDays: number(shapes.horizonDays),
  dailyCap: numberOrNone(shapes.dailyCap),
  requiresApproval: onOff(shapes.requiresApproval),
  approvalHours: number(shapes.approvalHours),
  reminderDays: { kind: 'numbers', shape: shapes.reminderDays },
  isSilent: onOff(shapes.isSilent),
  needs: { kind: 'needs', shape: shapes.needs },
  bring: { kind: 'lines', shape: shapes.bring, isOptional: true },
  preparation: { kind: 'lines', shape: shapes.preparation, isOptional: true },
} as const

/** What most visit types have. */
export const likelyTexts = {
  mode: 'in_person',
  minutes: '30',
  bufferBeforeMinutes: '0',
  bufferAfterMinutes: '0',
  bookableOnline: 'yes',
  noticeMinutes: '0',
  cancellationNoticeMinutes: '0',
  horizonDays: '180',
  approvalHours: '48',
  reminderDays: '3, 1',
}
