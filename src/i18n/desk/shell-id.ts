import type { Copy } from '../en.ts'

export const shell: Copy['desk']['shell'] = {
  nav: 'Resepsionis',
  mine: 'Hari saya',
  day: 'Hari',
  list: 'Daftar',
  stranded: 'Perlu ditangani',
  figures: 'Statistik',
  showNames: 'Tampilkan nama di halaman ini',
  keys: 'Pintasan papan ketik',
}
