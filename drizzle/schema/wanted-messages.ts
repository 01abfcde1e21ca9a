/** Which messages the clinic's own people and its locations get. Each choice includes the one before. */
export const wantedMessages = ['nothing', 'approvals', 'next_24_hours', 'everything'] as const
export type WantedMessages = (typeof wantedMessages)[number]
