import type { Copy } from '../en.ts'

export const script: Copy['desk']['script'] = {
  live: 'Langsung',
  secondsAgo: ' · diperbarui {} dtk lalu',
  minutesAgo: ' · diperbarui {} mnt lalu',
  lost: 'Koneksi terputus · menampilkan {} · menyambung kembali',
  connection: 'Koneksi',
  lostHint: 'Anda bisa terus bekerja: server memeriksa setiap perubahan.',
  found: 'Tersambung kembali. Jadwal sudah terbaru.',
  paused: 'Pembaruan dijeda. Tekan tombol apa saja untuk melanjutkan.',
  asking: 'Menanyakan',
  notMoved: '{} · belum dipindahkan',
  notSent: 'Belum terkirim karena koneksi terputus. Coba lagi sebentar lagi.',
  notNow: 'Saat ini tidak bisa dilakukan untuk janji temu ini.',
  close: 'Tutup',
}
