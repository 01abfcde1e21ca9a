import type { Copy } from '../../i18n/en.ts'

type KeyWords = Copy['desk']['keys']

export interface KeyGroup {
  name: keyof KeyWords['groups']
  /** Keys beside one another do the same, or the one and the other of what is said. */
  keys: { press: string[]; does: keyof KeyWords['keys'] }[]
}

/** What `client/keys.client.js` listens to, in the order of the page. */
export const keyGroups: KeyGroup[] = [
  {
    name: 'moving',
    keys: [
      { press: ['↑', '↓'], does: 'upDown' },
      { press: ['←', '→'], does: 'leftRight' },
      { press: ['Home', 'End'], does: 'edges' },
      { press: ['Ctrl+Home', 'Ctrl+End'], does: 'outer' },
      { press: ['Enter'], does: 'enter' },
      { press: ['N'], does: 'next' },
      { press: ['.'], does: 'now' },
      { press: ['Q'], does: 'waiting' },
      { press: ['F6'], does: 'regions' },
    ],
  },
  {
    name: 'views',
    keys: [
      { press: ['T'], does: 'today' },
      { press: ['[', ']'], does: 'days' },
      { press: ['G'], does: 'goTo' },
      { press: ['1', '3', '7'], does: 'spans' },
      { press: ['V'], does: 'view' },
      { press: ['H'], does: 'hide' },
    ],
  },
  {
    name: 'appointment',
    keys: [
      { press: ['A'], does: 'arrived' },
      { press: ['S'], does: 'start' },
      { press: ['D'], does: 'done' },
      { press: ['X'], does: 'noShow' },
      { press: ['Z'], does: 'undo' },
      { press: ['M'], does: 'move' },
      { press: ['C'], does: 'cancel' },
      { press: ['R'], does: 'message' },
      { press: ['P'], does: 'card' },
      { press: ['Shift+P'], does: 'label' },
    ],
  },
  {
    name: 'moveMode',
    keys: [
      { press: ['↑', '↓', '←', '→'], does: 'place' },
      { press: ['Enter'], does: 'confirm' },
      { press: ['N'], does: 'nextDay' },
      { press: ['Esc'], does: 'keep' },
    ],
  },
  {
    name: 'everything',
    keys: [
      { press: ['/'], does: 'find' },
      { press: ['W'], does: 'walkIn' },
      { press: ['?'], does: 'help' },
      { press: ['Esc'], does: 'close' },
    ],
  },
]
