/** What was asked, as it was written. */
export type WhyAsked = Record<'doctor_id' | 'visit_type_id' | 'location_id' | 'on', string>

export type WhyFaults = Partial<Record<keyof WhyAsked, string>>
