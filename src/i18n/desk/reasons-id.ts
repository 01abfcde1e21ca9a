import type { Copy } from '../en.ts'

export const reasons: Copy['desk']['reasons'] = {
  slot_taken: 'Dokter punya janji temu lain pada waktu itu.',
  patient_busy: 'Pasien punya janji temu lain pada waktu itu.',
  resource_taken: 'Ruang, alat, atau petugas yang dibutuhkan tidak tersedia pada waktu itu.',
  outside_hours: 'Dokter tidak praktik pada waktu itu. Untuk tetap memilihnya, isi alasannya.',
  off_grid: 'Janji temu tidak bisa dimulai pada menit itu.',
  short_notice: 'Waktu itu terlalu dekat untuk jenis kunjungan ini.',
  beyond_horizon:
    'Tanggal itu terlalu jauh untuk jenis kunjungan ini. Untuk tetap memilihnya, isi alasannya.',
  day_full: 'Pada hari itu, dokter sudah penuh untuk jenis kunjungan ini.',
  not_offered: 'Dokter ini tidak melayani jenis kunjungan ini.',
  session_needed: 'Jenis kunjungan ini untuk kelompok: buka sesinya, lalu tambahkan pasien di sana.',
  session_full: 'Sesi itu sudah penuh.',
  in_the_past: 'Waktu itu sudah lewat. Pilih waktu lain.',
  not_your_patient: 'Anda tidak bisa melakukan ini untuk pasien ini.',
  too_many_appointments: 'Janji temu pasien yang masih terbuka sudah sebanyak batas klinik.',
  patient_inactive: 'Orang ini bukan pasien kita lagi. Buka datanya untuk mengubahnya.',
  phone_needed: 'Kunjungan ini lewat telepon: isi dulu nomor pasien di datanya.',
  invalid: 'Periksa isian yang ditandai.',
  too_late: 'Sudah terlambat untuk itu.',
  not_yet: 'Ini baru bisa dilakukan setelah janji temu dimulai.',
  not_today: 'Ini hanya bisa dilakukan pada hari janji temu.',
  wrong_status: 'Status saat ini tidak memungkinkannya. Lihat keadaan terbarunya di bawah.',
  stale: 'Seseorang mengubahnya setelah Anda membuka halaman ini. Lihat keadaan terbarunya, lalu coba lagi.',
  approval_needed: 'Klinik harus menyetujui jenis kunjungan ini dulu.',
}
