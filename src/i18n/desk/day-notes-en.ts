export const dayNotes = {
  title: 'Add a note for everyone',
  text: 'Note',
  until: 'Show it',
  tonight: 'Until tonight',
  date: 'Until a date',
  untilOn: 'Last day',
  untilAt: 'Until (optional)',
  submit: 'Add note',
  notAdded: 'Not added',
  fix: 'Fix what is marked below.',
  alreadyPast: 'Choose a time that is still to come',
  backToDay: 'Back to the day',
}
