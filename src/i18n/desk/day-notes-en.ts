export const dayNotes = {
  title: 'Add a note for everyone',
  text: 'Note',
  untilOn: 'Show until the end of (optional)',
  untilAt: 'Or until (optional)',
  untilHint: 'Left empty, it is shown until tonight.',
  submit: 'Add note',
  notAdded: 'Not added',
  fix: 'Fix what is marked below.',
  alreadyPast: 'Choose a time that is still to come',
  backToDay: 'Back to the day',
}
