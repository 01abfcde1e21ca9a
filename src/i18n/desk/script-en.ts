/** What the script of the desk pages says; `{}` is filled in. */
export const script = {
  live: 'Live',
  secondsAgo: ' · updated {} s ago',
  minutesAgo: ' · updated {} min ago',
  lost: 'Connection lost · showing {} · reconnecting',
  connection: 'Connection',
  lostHint: 'You can keep working: the server checks every change.',
  found: 'Connected again. The day is up to date.',
  paused: 'Updates are paused. Press any key to go on.',
  asking: 'Asking',
  notMoved: '{} · not moved yet',
  notSent: 'Nothing was sent, because the connection is lost. Try again in a moment.',
  notNow: 'That is not possible for this appointment now.',
  close: 'Close',
}
