export type Answer<Appointment = { id: number }> =
  | { ok: true; appointment: Appointment }
  | { ok: false; refusal: string }

/** The appointment that a verb answers with; a refusal fails the test. */
export async function appointmentOf<Appointment>(
  answering: Promise<Answer<Appointment>>,
): Promise<Appointment> {
  const answer = await answering
  if (!answer.ok) throw new Error(answer.refusal)
  return answer.appointment
}

/** How often each key occurs. */
export function tally<Item>(items: Item[], keyOf: (item: Item) => string): Record<string, number> {
  const groups = Object.entries(Object.groupBy(items, keyOf))
  return Object.fromEntries(groups.map(([key, group]) => [key, group?.length ?? 0]))
}
