export const shell = {
  nav: 'Front desk',
  mine: 'My day',
  day: 'Day',
  list: 'List',
  stranded: 'To work through',
  figures: 'Figures',
  showNames: 'Show names on this page',
  keys: 'Keyboard keys',
}
