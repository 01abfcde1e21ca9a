import type { Copy } from '../en.ts'

export const dayNotes: Copy['desk']['dayNotes'] = {
  title: 'Tambah catatan untuk semua',
  text: 'Catatan',
  untilOn: 'Tampilkan sampai akhir tanggal (opsional)',
  untilAt: 'Atau sampai pukul (opsional)',
  untilHint: 'Jika dikosongkan, catatan tampil sampai malam ini.',
  submit: 'Tambah catatan',
  notAdded: 'Belum ditambahkan',
  fix: 'Perbaiki yang ditandai di bawah.',
  alreadyPast: 'Pilih waktu yang belum lewat',
  backToDay: 'Kembali ke jadwal hari ini',
}
